import type { SightName } from '../observe/sight'
import type { Name } from '../oracle/answer'
import type { Plan } from '../world/plan'
import { DAY, HOUR, MINUTE } from '../world/time'
import { ALL_SIGHTS, type FaultRow, plan, spoil, toWorld, type World } from './case'

const SIGHTS: readonly SightName[] = [...ALL_SIGHTS, 'files forbidden', 'files unproven']
const SLOW: Partial<Plan> = { pricingMs: 20 * MINUTE, traffic: { perHour: 0, longestMs: MINUTE } }
const PRICED: Partial<Plan> = { people: { approve: 3 * HOUR, start: 2 * HOUR } }
const LOST: readonly Name[] = ['FP-02 lost', 'FP-02 lost-priced', 'FP-11 file']
const DAMAGED: readonly Name[] = ['FP-02 damaged', 'FP-02 damaged-priced', 'FP-11 file']

const other = (at: number) => ({ at, size: 21_000_000, etag: 'f'.repeat(32) })
const torn = (at: number) => ({ at, size: 4_096, etag: 'e'.repeat(32) })

const ROWS: readonly FaultRow[] = [
  {
    name: 'upload failed',
    rule: 'FP-02',
    plan: { earlyKey: true },
    faults: () => ({ upload: 'error' }),
    truths: ['FP-02 upload-failed'],
    minutes: [-5, 30, 200],
  },
  {
    name: 'upload failed, and no record names a file',
    rule: 'FP-02',
    plan: {},
    faults: () => ({ upload: 'error' }),
    truths: ['FP-02 upload-failed'],
    minutes: [-5, 30, 200],
  },
  {
    name: 'file lost before the price',
    rule: 'FP-02',
    plan: SLOW,
    faults: (at) => ({ file: { lostAt: at + MINUTE } }),
    truths: LOST,
    minutes: [4, 12],
  },
  {
    name: 'file lost after the price',
    rule: 'FP-02',
    plan: PRICED,
    faults: (at) => ({ file: { lostAt: at + HOUR } }),
    truths: LOST,
    minutes: [90, 240, 600],
  },
  {
    name: 'file torn off while it was stored',
    rule: 'FP-02',
    plan: SLOW,
    faults: (at) => ({ file: { stored: torn(at - 10 * MINUTE + 3_000) } }),
    truths: DAMAGED,
    minutes: [4, 12],
  },
  {
    name: 'file torn off, priced all the same',
    rule: 'FP-02',
    plan: PRICED,
    faults: (at) => ({ file: { stored: torn(at - 10 * MINUTE + 3_000) } }),
    truths: DAMAGED,
    minutes: [60, 400],
  },
  {
    name: 'file replaced after the order was placed',
    rule: 'FP-11',
    plan: PRICED,
    faults: (at) => ({ file: { stored: other(at + 30 * MINUTE) } }),
    truths: ['FP-11 replaced'],
    minutes: [60, 400],
  },
  {
    name: 'file replaced while it is priced',
    rule: 'FP-11',
    plan: SLOW,
    faults: (at) => ({ file: { stored: other(at + 2 * MINUTE) } }),
    truths: ['FP-11 replaced'],
    minutes: [5, 12],
  },
  {
    name: 'file that cannot be read',
    rule: 'FP-02',
    plan: { traffic: { perHour: 1, longestMs: MINUTE } },
    faults: () => ({ pricing: { kind: 'unreadable' } }),
    truths: ['FP-02 unreadable', 'FP-06 failed', 'FP-06 no-price-yet'],
    minutes: [20, 50],
  },
]

const HEALTHY: readonly Omit<FaultRow, 'truths'>[] = [
  {
    name: 'uploaded at the second try',
    rule: 'FP-02',
    plan: { earlyKey: true },
    faults: () => ({ upload: 'error-then-ok' }),
    minutes: [-5, 60],
  },
  {
    name: 'ready-made, without a file',
    rule: 'FP-02',
    plan: { ...PRICED, hasFile: false },
    faults: () => ({}),
    minutes: [2, 60, 400],
  },
  {
    name: 'file thrown away once it was made',
    rule: 'FP-02',
    plan: { people: { approve: HOUR, start: HOUR, complete: DAY } },
    faults: (at) => ({ file: { lostAt: at + 27 * HOUR } }),
    minutes: [28 * 60, 30 * 60],
  },
  {
    name: 'file stored twice, the same',
    rule: 'FP-11',
    plan: PRICED,
    faults: () => ({}),
    minutes: [60, 400],
  },
]

/** Orders whose files are not what they should be, or only look so. */
export function fileWorlds(): readonly World[] {
  const toWorlds = (row: Omit<FaultRow, 'truths'>, truths: readonly Name[], seed: number) =>
    [0, 1].map((variant) => {
      const healthy = plan(seed + variant, row.plan)
      return toWorld({
        ...{ name: row.name, rule: row.rule, healthy: truths.length === 0, truths },
        plan: spoil(healthy, row.faults(healthy.placedAt)),
        anchor: healthy.placedAt,
        minutes: row.minutes,
        sights: SIGHTS,
      })
    })
  return [
    ...ROWS.flatMap((row, index) => toWorlds(row, row.truths, 3_000 + index * 10)),
    ...HEALTHY.flatMap((row, index) => toWorlds(row, [], 3_500 + index * 10)),
  ]
}

import type { Name } from '../oracle/answer'
import { MINUTE } from '../world/time'
import { ALL_SIGHTS, type FaultRow, plan, spoil, toWorld, type World } from './case'

const NOT_SAVED: readonly Name[] = ['FP-01 not-saved', 'FP-01 only-traces']

/** Orders that are not placed, or are placed and not taken. */
const ROWS: readonly FaultRow[] = [
  {
    name: 'not created',
    rule: 'FP-01',
    plan: {},
    faults: () => ({ create: 'error' }),
    truths: NOT_SAVED,
    minutes: [-25, 5, 90],
  },
  {
    name: 'not submitted',
    rule: 'FP-01',
    plan: {},
    faults: () => ({ submit: 'error' }),
    truths: NOT_SAVED,
    minutes: [3, 40, 180],
  },
  {
    name: 'not submitted, ready-made',
    rule: 'FP-01',
    plan: { hasFile: false },
    faults: () => ({ submit: 'error' }),
    truths: NOT_SAVED,
    minutes: [3, 40],
  },
  {
    name: 'not created by a partner',
    rule: 'FP-01',
    plan: { channel: 'partner' },
    faults: () => ({ create: 'error' }),
    truths: NOT_SAVED,
    minutes: [3, 40, 180],
  },
  {
    name: 'poller stopped',
    rule: 'FP-03',
    plan: {},
    faults: (at) => ({ poller: { stops: at - 4 * MINUTE } }),
    truths: ['FP-03 not-taken'],
    minutes: [3, 8, 14, 45],
  },
  {
    name: 'poller passes it by',
    rule: 'FP-03',
    plan: {},
    faults: () => ({ take: 'skips' }),
    truths: ['FP-03 not-taken'],
    minutes: [3, 8, 14, 45],
  },
  {
    name: 'taking it fails',
    rule: 'FP-03',
    plan: {},
    faults: () => ({ take: 'fails' }),
    truths: ['FP-03 taking-failed', 'FP-03 not-taken'],
    minutes: [3, 8, 14, 45],
  },
]

export const intakeWorlds = (): readonly World[] =>
  ROWS.flatMap((row, index) =>
    [0, 1].map((variant) => {
      const seed = 2_000 + index * 10 + variant
      const healthy = plan(seed, { ...row.plan, traffic: { perHour: 8, longestMs: 2 * MINUTE } })
      return toWorld({
        name: row.name,
        rule: row.rule,
        healthy: false,
        plan: spoil(healthy, row.faults(healthy.placedAt)),
        anchor: healthy.placedAt,
        minutes: row.minutes,
        sights: ALL_SIGHTS,
        truths: row.truths,
      })
    }),
  )

import type { Name } from '../oracle/answer'
import type { Faults, Plan } from '../world/plan'
import { MINUTE } from '../world/time'
import { ALL_SIGHTS, plan, spoil, toWorld, type World } from './case'

type Row = {
  readonly name: string
  readonly plan: Partial<Plan>
  readonly faults: Faults
  readonly truths: readonly Name[]
  readonly minutes: readonly number[]
  readonly rule?: string
}

const OPEN: readonly Name[] = [
  'FP-06 longer',
  'FP-06 hung',
  'FP-06 slow-or-hung',
  'FP-06 late-start',
]
const QUIET = { traffic: { perHour: 1, longestMs: MINUTE } }
const WHO = ['shop', 'partner'] as const

const ROWS: readonly Row[] = [
  {
    name: 'pricing takes 55 minutes',
    plan: { pricingMs: 55 * MINUTE, ...QUIET },
    faults: {},
    truths: OPEN,
    minutes: [10, 33, 41, 50],
  },
  {
    name: 'pricing hangs',
    plan: QUIET,
    faults: { pricing: { kind: 'hangs' } },
    truths: OPEN,
    minutes: [10, 37, 60, 100],
  },
  {
    name: 'pricing failed',
    plan: QUIET,
    faults: { pricing: { kind: 'error' } },
    truths: ['FP-06 failed', 'FP-06 no-price-yet'],
    minutes: [3, 14, 45],
  },
  {
    name: 'price not saved',
    plan: QUIET,
    faults: { pricing: { kind: 'unsaved' } },
    truths: ['FP-06 ended-unsaved', 'FP-06 no-price-yet'],
    minutes: [4, 16, 45],
  },
  {
    name: 'pricing not begun',
    plan: QUIET,
    faults: { pricing: { kind: 'not-begun' } },
    truths: ['FP-06 not-begun', 'FP-06 no-price-yet'],
    minutes: [5, 20, 45],
  },
  {
    name: 'pricing cut off by a restart',
    plan: { ...QUIET, pricingMs: 12 * MINUTE },
    faults: { pricing: { kind: 'cut', afterMs: 4 * MINUTE, becomes: 'lost' } },
    truths: ['FP-06 interrupted', 'FP-06 no-price-yet', ...OPEN],
    minutes: [6, 20, 45],
  },
  {
    name: 'pricing taken away after half an hour, again and again',
    plan: { ...QUIET, pricingMs: 50 * MINUTE },
    faults: { pricing: { kind: 'times-out' } },
    truths: ['FP-05 loop', ...OPEN],
    minutes: [20, 40, 70, 110],
    rule: 'FP-05',
  },
]

const HEALTHY: readonly Omit<Row, 'truths'>[] = [
  {
    name: 'pricing takes 29 minutes',
    plan: { pricingMs: 29 * MINUTE, ...QUIET },
    faults: {},
    minutes: [5, 15, 27],
  },
  {
    name: 'pricing cut off and begun again',
    plan: { ...QUIET, pricingMs: 8 * MINUTE },
    faults: { pricing: { kind: 'cut', afterMs: 4 * MINUTE, becomes: 'again' } },
    minutes: [6, 9, 30],
  },
]

/** Calculations that go wrong, and long ones that do not. */
export function pricingWorlds(): readonly World[] {
  const toWorlds = (row: Omit<Row, 'truths'>, truths: readonly Name[], seed: number) =>
    WHO.filter((channel) => channel === 'shop' || !isOfMessages(row.faults)).flatMap(
      (channel, at) =>
        [0, 1].map((variant) => {
          const healthy = plan(seed + at * 2 + variant, { ...row.plan, channel })
          return toWorld({
            ...{ name: `${channel}: ${row.name}`, rule: row.rule ?? 'FP-06', truths },
            healthy: truths.length === 0,
            plan: spoil(healthy, row.faults),
            anchor: healthy.placedAt,
            minutes: row.minutes,
            sights: ALL_SIGHTS,
          })
        }),
    )
  return [
    ...ROWS.flatMap((row, index) => toWorlds(row, row.truths, 4_000 + index * 10)),
    ...HEALTHY.flatMap((row, index) => toWorlds(row, [], 4_500 + index * 10)),
  ]
}

/** What the broker does with a message happens to no order that came without one. */
const isOfMessages = ({ pricing }: Faults) =>
  pricing?.kind === 'times-out' || pricing?.kind === 'cut'

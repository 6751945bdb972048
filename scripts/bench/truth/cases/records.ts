import type { Name } from '../oracle/answer'
import type { Faults, People, Plan } from '../world/plan'
import { DAY, HOUR, MINUTE } from '../world/time'
import { ALL_SIGHTS, plan, reached, spoil, toWorld, type World } from './case'

const STARTED: People = { approve: HOUR, start: HOUR }
const MADE: People = { ...STARTED, complete: 20 * HOUR }
const RELEASED: People = { ...STARTED, release: 3 * HOUR }

type Row = {
  readonly name: string
  readonly rule: string
  readonly people: People
  /** What the moments count from. */
  readonly from: readonly ['crm' | 'mes', string]
  readonly minutes: readonly number[]
  readonly faults?: (at: number) => Faults
  readonly rest?: (at: number) => Partial<Plan>
  readonly truths: readonly Name[]
  readonly healthy?: boolean
}

const ROWS: readonly Row[] = [
  {
    name: 'an older message set CRM back',
    rule: 'FP-10',
    people: MADE,
    from: ['crm', 'MANUFACTURING_COMPLETED'],
    faults: (at) => ({ again: { system: 'crm', status: 'MANUFACTURING_STARTED', at: at + HOUR } }),
    minutes: [30, 90, 200],
    truths: ['FP-10 set-back', 'FP-11 transition'],
  },
  {
    name: 'the price came again and set CRM back',
    rule: 'FP-10',
    people: STARTED,
    from: ['crm', 'MANUFACTURING_STARTED'],
    faults: (at) => ({ again: { system: 'crm', status: 'PRICE_CALCULATED', at: at + HOUR } }),
    minutes: [30, 90, 200],
    truths: ['FP-10 set-back', 'FP-11 transition'],
  },
  {
    name: 'released, and not told',
    rule: 'FP-10',
    people: RELEASED,
    from: ['mes', 'MANUFACTURING_APPROVED'],
    faults: () => ({ sending: { 'mes MANUFACTURING_APPROVED': 'skipped' } }),
    minutes: [3, 20, 90],
    truths: ['FP-10 released'],
  },
  {
    name: 'released, and told',
    rule: 'FP-10',
    people: RELEASED,
    from: ['crm', 'MANUFACTURING_APPROVED'],
    minutes: [3, 20, 90],
    truths: [],
    healthy: true,
  },
  {
    name: 'released, and started again',
    rule: 'FP-10',
    people: { ...RELEASED, startAgain: HOUR },
    from: ['crm', 'MANUFACTURING_STARTED'],
    minutes: [3, 20, 90],
    truths: [],
    healthy: true,
  },
  {
    name: 'production went back by hand',
    rule: 'FP-11',
    people: MADE,
    from: ['mes', 'MANUFACTURING_COMPLETED'],
    faults: (at) => ({
      byHand: [{ system: 'mes', status: 'MANUFACTURING_APPROVED', at: at + HOUR }],
    }),
    minutes: [30, 70, 200],
    truths: ['FP-11 transition', 'FP-11 copy-ahead', 'FP-10 released', 'FP-10 not-replicated'],
  },
  {
    name: 'production skipped a step',
    rule: 'FP-11',
    people: STARTED,
    from: ['mes', 'MANUFACTURING_STARTED'],
    faults: (at) => ({
      byHand: [
        { system: 'mes', status: 'PACKAGING', at: at + HOUR },
        { system: 'crm', status: 'PACKAGING', at: at + HOUR + 2_000 },
      ],
    }),
    minutes: [30, 70, 200],
    truths: ['FP-11 transition'],
  },
  {
    name: 'CRM shows what production never did',
    rule: 'FP-11',
    people: STARTED,
    from: ['crm', 'MANUFACTURING_STARTED'],
    faults: (at) => ({
      byHand: [{ system: 'crm', status: 'MANUFACTURING_COMPLETED', at: at + HOUR }],
    }),
    minutes: [30, 70, 200],
    truths: ['FP-11 copy-ahead'],
  },
  {
    name: 'sent twice by its partner',
    rule: 'FP-13',
    people: { approve: 30 * HOUR },
    from: ['crm', 'PRICE_CALCULATED'],
    rest: () => ({
      channel: 'partner',
      twins: [{ after: 2 * MINUTE, status: 'PRICE_CALCULATED' }],
    }),
    minutes: [10, 120],
    truths: ['FP-13 duplicates'],
  },
  {
    name: 'sent three times by its partner',
    rule: 'FP-13',
    people: { approve: 30 * HOUR },
    from: ['crm', 'PRICE_CALCULATED'],
    rest: () => ({
      channel: 'partner',
      twins: [
        { after: MINUTE, status: 'SUBMITTED' },
        { after: 8 * MINUTE, status: 'PRICE_CALCULATED' },
      ],
    }),
    minutes: [15, 120],
    truths: ['FP-13 duplicates'],
  },
  {
    name: 'the number of another year',
    rule: 'FP-13',
    people: { approve: 30 * HOUR },
    from: ['crm', 'PRICE_CALCULATED'],
    rest: () => ({ channel: 'partner', twins: [{ after: -30 * DAY, status: 'SHIPPED' }] }),
    minutes: [10, 120],
    truths: [],
    healthy: true,
  },
  {
    name: 'closed, and production stays at shipped',
    rule: 'FP-10',
    people: { ...MADE, pack: HOUR, ship: HOUR, close: 2 * DAY },
    from: ['crm', 'CLOSED'],
    minutes: [10, 600, 3_000],
    truths: [],
    healthy: true,
  },
  {
    name: 'cancelled, which the pipeline does not know',
    rule: 'FP-11',
    people: STARTED,
    from: ['crm', 'MANUFACTURING_STARTED'],
    rest: (at) => ({ cancelAt: at + HOUR }),
    minutes: [70, 300],
    truths: [],
    healthy: true,
  },
]

/** Records that contradict each other, or only seem to. */
export const recordWorlds = (): readonly World[] =>
  ROWS.flatMap((row, index) =>
    [0, 1].map((variant) => {
      const channel = variant === 0 ? 'shop' : 'partner'
      const quiet = { perHour: 0, longestMs: MINUTE }
      const first = plan(6_000 + index * 10 + variant, {
        channel,
        people: row.people,
        traffic: quiet,
      })
      const [system, status] = row.from
      const shared = { ...first, ...row.rest?.(0), until: first.placedAt + 6 * DAY }
      const anchor = reached({ ...shared, cancelAt: shared.until }, system, status)
      const busy = { perHour: 4, longestMs: 2 * MINUTE, from: anchor - 100 * MINUTE }
      return toWorld({
        ...{ name: row.name, rule: row.rule, healthy: row.healthy ?? false, truths: row.truths },
        plan: spoil(
          { ...shared, ...row.rest?.(anchor), traffic: busy },
          row.faults?.(anchor) ?? {},
        ),
        anchor,
        minutes: row.minutes,
        sights: ALL_SIGHTS,
      })
    }),
  )

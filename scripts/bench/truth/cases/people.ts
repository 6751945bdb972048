import type { Name } from '../oracle/answer'
import type { Faults, People } from '../world/plan'
import { DAY, HOUR, MINUTE } from '../world/time'
import { ALL_SIGHTS, plan, reached, spoil, toWorld, type World } from './case'

type Row = {
  readonly name: string
  readonly status: string
  readonly system: 'crm' | 'mes'
  readonly people: People
  readonly hours: readonly number[]
  readonly truths: readonly Name[]
  readonly faults?: Faults
  readonly rule?: string
}

const APPROVED: People = { approve: HOUR }
const STARTED: People = { ...APPROVED, start: HOUR }
const MADE: People = { ...STARTED, complete: DAY }
const PACKED: People = { ...MADE, pack: HOUR }
const SHIPPED: People = { ...PACKED, ship: HOUR }

/** Nobody does what is next: at first that is a plan, then it is late. */
const ROWS: readonly Row[] = [
  {
    name: 'seller',
    status: 'PRICE_CALCULATED',
    system: 'crm',
    people: {},
    hours: [2, 20, 50, 100],
    truths: ['FP-09 seller'],
  },
  {
    name: 'operator, not taken',
    status: 'MANUFACTURING_APPROVED',
    system: 'mes',
    people: APPROVED,
    hours: [2, 20, 50, 100],
    truths: ['FP-09 operator'],
  },
  {
    name: 'operator, started',
    status: 'MANUFACTURING_STARTED',
    system: 'mes',
    people: STARTED,
    hours: [20, 200, 245, 400],
    truths: ['FP-09 operator-in-work'],
  },
  {
    name: 'operator, made',
    status: 'MANUFACTURING_COMPLETED',
    system: 'mes',
    people: MADE,
    hours: [2, 20, 80],
    truths: ['FP-09 operator-in-work'],
  },
  {
    name: 'operator, packing',
    status: 'PACKAGING',
    system: 'mes',
    people: PACKED,
    hours: [2, 20, 80],
    truths: ['FP-09 operator-in-work'],
  },
  {
    name: 'carrier',
    status: 'SHIPPED',
    system: 'mes',
    people: SHIPPED,
    hours: [20, 160, 190, 400],
    truths: ['FP-09 carrier', 'FP-10 never-closed'],
  },
  {
    name: 'carrier called, and it was not closed',
    status: 'SHIPPED',
    system: 'mes',
    people: { ...SHIPPED, close: 2 * DAY },
    hours: [20, 49, 60],
    truths: ['FP-10 closing-failed'],
    faults: { closing: 'unsaved' },
    rule: 'FP-10',
  },
]

const CHANNELS = ['shop', 'partner'] as const

/** Orders that wait for somebody. */
export const peopleWorlds = (): readonly World[] =>
  ROWS.flatMap((row, index) =>
    CHANNELS.map((channel, at) => {
      const seed = 5_000 + index * 10 + at
      const bare = plan(seed, {
        channel,
        people: row.people,
        traffic: { perHour: 0, longestMs: MINUTE },
      })
      const anchor = reached({ ...bare, until: bare.placedAt + 5 * DAY }, row.system, row.status)
      return toWorld({
        name: `${channel} waits: ${row.name}`,
        rule: row.rule ?? 'FP-09',
        healthy: row.rule === undefined,
        plan: spoil(bare, row.faults ?? {}),
        anchor,
        minutes: row.hours.map((hours) => hours * 60),
        sights: ALL_SIGHTS,
        truths: row.truths,
      })
    }),
  )

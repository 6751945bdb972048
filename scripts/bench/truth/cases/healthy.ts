import type { People, Plan } from '../world/plan'
import { DAY, HOUR, MINUTE, when } from '../world/time'
import { ALL_SIGHTS, plan, spoil, toWorld, type World } from './case'

const STARTED: People = { approve: HOUR, start: HOUR }
const ALL: People = { ...STARTED, complete: DAY, pack: HOUR, ship: HOUR, close: 3 * DAY }

type Row = {
  readonly name: string
  readonly rule: string
  readonly plan: Partial<Plan>
  readonly minutes: readonly number[]
}

const WEEKEND = {
  placedAt: when('2026-11-20T16:40+03:00'),
  traffic: { perHour: 1, longestMs: MINUTE },
}
const handled = (key: string) => ({
  faults: { handling: { [key]: { fails: 1, becomes: 'ok' as const } } },
})
const busy = { perHour: 12, longestMs: 3 * MINUTE }

/** Orders with which nothing is wrong, though they look odd. */
const ROWS: readonly Row[] = [
  {
    name: 'a quiet life',
    rule: 'FP-06',
    plan: { people: ALL },
    minutes: [-20, -5, 2, 6, 40, 70, 130, 1_600, 3_000],
  },
  {
    name: 'a busy day',
    rule: 'FP-04',
    plan: { people: STARTED, traffic: busy },
    minutes: [-20, 2, 8, 30, 70, 150, 300],
  },
  {
    name: 'a clock that is behind',
    rule: 'FP-07',
    plan: { people: STARTED, skew: { mes: -1_500, 'mes-api': -1_500 } },
    minutes: [2, 8, 40, 70, 150],
  },
  {
    name: 'a clock that is ahead',
    rule: 'FP-08',
    plan: { people: STARTED, skew: { shop: 1_400, 'crm-api': 1_400 } },
    minutes: [2, 8, 40, 70, 150],
  },
  {
    name: 'a clock far off in the traces alone',
    rule: 'FP-06',
    plan: { people: STARTED, skew: { 'mes-api': 900 } },
    minutes: [2, 8, 40, 70, 150],
  },
  {
    name: 'a weekend before the approval',
    rule: 'FP-09',
    plan: { ...WEEKEND, people: {} },
    minutes: [60, 20 * 60, 50 * 60, 62 * 60],
  },
  {
    name: 'a weekend before it is taken',
    rule: 'FP-09',
    plan: { ...WEEKEND, people: { approve: HOUR } },
    minutes: [120, 20 * 60, 50 * 60, 62 * 60],
  },
  {
    name: 'a weekend while it is packed',
    rule: 'FP-09',
    plan: {
      ...WEEKEND,
      placedAt: when('2026-11-19T12:40+03:00'),
      people: { approve: MINUTE, start: MINUTE, complete: 25 * HOUR, pack: HOUR },
    },
    minutes: [28 * 60, 50 * 60, 70 * 60],
  },
  {
    name: 'a price that came at the second try',
    rule: 'FP-07',
    plan: { people: STARTED, ...handled('crm PRICE_CALCULATED') },
    minutes: [12, 20, 40],
  },
  {
    name: 'an approval that came at the second try',
    rule: 'FP-08',
    plan: { people: STARTED, ...handled('mes MANUFACTURING_APPROVED') },
    minutes: [70, 80, 110],
  },
  {
    name: 'news that came at the second try',
    rule: 'FP-10',
    plan: { people: STARTED, ...handled('crm MANUFACTURING_STARTED') },
    minutes: [130, 145, 200],
  },
  {
    name: 'an order that came at the second try',
    rule: 'FP-05',
    plan: { people: STARTED, ...handled('mes SUBMITTED') },
    minutes: [3, 12, 40],
  },
  {
    name: 'behind a long pricing',
    rule: 'FP-04',
    plan: {
      people: STARTED,
      ahead: [25 * MINUTE],
      behind: [2 * MINUTE, 2 * MINUTE],
      traffic: { perHour: 0, longestMs: MINUTE },
    },
    minutes: [4, 9, 14, 22],
  },
  {
    name: 'refused, for it is not complete',
    rule: 'FP-01',
    plan: { faults: { submit: 'refused' } },
    minutes: [3, 60],
  },
  {
    name: 'refused from the beginning',
    rule: 'FP-01',
    plan: { faults: { create: 'refused' } },
    minutes: [-25, 60],
  },
  {
    name: 'placed at the second try',
    rule: 'FP-01',
    plan: { faults: { submit: 'error-then-ok' } },
    minutes: [3, 40],
  },
  {
    name: 'still in the cart',
    rule: 'FP-01',
    plan: { placedAt: when('2026-11-18T23:40+03:00') },
    minutes: [-25, -15, -8],
  },
  {
    name: 'a consumer that came back',
    rule: 'FP-04',
    plan: { people: STARTED },
    minutes: [12, 30, 70],
  },
]

const CHANNELS = ['shop', 'partner'] as const

/** Whoever was down is up again. */
const comeBack = (healthy: Plan): Plan =>
  spoil(healthy, {
    consumers: [{ queue: 'mes_to_crm', down: healthy.placedAt, up: healthy.placedAt + 9 * MINUTE }],
  })

export const healthyWorlds = (): readonly World[] =>
  ROWS.flatMap((row, index) =>
    CHANNELS.filter((channel) => channel === 'shop' || !row.plan.faults?.submit).flatMap(
      (channel, at) =>
        [0, 1, 2, 3].map((variant) => {
          const made = plan(7_000 + index * 10 + at * 4 + variant, { ...row.plan, channel })
          return toWorld({
            name: `${channel}: ${row.name}`,
            rule: row.rule,
            healthy: true,
            plan: row.name === 'a consumer that came back' ? comeBack(made) : made,
            anchor: made.placedAt,
            minutes: row.minutes,
            sights: ALL_SIGHTS,
            truths: ['FP-09 seller', 'FP-09 operator', 'FP-09 operator-in-work', 'FP-09 carrier'],
          })
        }),
    ),
  )

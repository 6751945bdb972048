import { expect, it } from 'vitest'
import { rowsAt } from '@/demo/databases/rows'
import { spansBetween } from '@/demo/spans/spans-between'
import { findArrival, variantsOf } from './find-arrival'
import { FAILURES } from './order'
import { createPlanner, planInjected, planOrders } from './plan-orders'
import { DAY, HOUR } from './time'
import { truthAt } from './truth'

const NOW = Date.UTC(2026, 10, 20, 11, 30)
const SEED = 'a company'
const week = planOrders({ seed: SEED, now: NOW, days: 7 })
const month = planOrders({ seed: SEED, now: NOW, days: 30 })

it('is the same for the same arguments, and another for another seed', () => {
  const again = planOrders({ seed: SEED, now: NOW, days: 7 })
  expect(JSON.stringify(again)).toBe(JSON.stringify(week))
  expect(JSON.stringify(planOrders({ seed: 'other', now: NOW, days: 7 }))).not.toBe(
    JSON.stringify(week),
  )
})

it('numbers orders as they come: about fifty a day, a third from eight partners', () => {
  const { orders } = month
  expect(orders.map(({ id }) => id).slice(0, 2)).toEqual(['ORD-000001', 'ORD-000002'])
  expect(new Set(orders.map(({ id }) => id)).size).toBe(orders.length)
  expect(
    orders.every((order, at) => at === 0 || order.createdAt >= (orders[at - 1]?.createdAt ?? 0)),
  ).toBe(true)
  expect(orders.length / 30.5).toBeGreaterThan(44)
  expect(orders.length / 30.5).toBeLessThan(60)
  const partners = orders.filter(({ channel }) => channel === 'partner')
  expect(partners.length / orders.length).toBeCloseTo(0.3, 1)
  expect(new Set(partners.map(({ partner }) => partner?.id)).size).toBe(8)
})

it('has orders in every status of a life of three weeks', () => {
  const { mes, shop } = rowsAt(month.orders, NOW)
  const statuses = [
    ...(mes['mes.orders'] ?? []),
    ...(shop['shop.orders'] ?? []),
    ...(shop['crm.order_cards'] ?? []),
  ]
  expect(new Set(statuses.map(({ status }) => status))).toEqual(
    new Set([
      'INITIATED',
      'FILE_UPLOADED',
      'SUBMITTED',
      'PRICE_CALCULATED',
      'MANUFACTURING_APPROVED',
      'MANUFACTURING_STARTED',
      'MANUFACTURING_COMPLETED',
      'PACKAGING',
      'SHIPPED',
      'CLOSED',
    ]),
  )
})

it('writes nothing of the future', () => {
  const { mes, shop } = rowsAt(month.orders, NOW)
  const times = Object.values({ ...mes, ...shop })
    .flat()
    .flatMap((row) =>
      Object.entries(row)
        .filter(([key, value]) => key.endsWith('_at') && typeof value === 'string')
        .map(([, value]) => Date.parse(String(value))),
    )
  expect(times.length).toBeGreaterThan(10_000)
  expect(Math.max(...times.slice(0, 50_000))).toBeLessThanOrEqual(NOW)
  expect(times.every((at) => at > NOW - 32 * DAY)).toBe(true)
})

const PATH = [
  'INITIATED',
  'FILE_UPLOADED',
  'SUBMITTED',
  'PRICE_CALCULATED',
  'MANUFACTURING_APPROVED',
  'MANUFACTURING_STARTED',
  'MANUFACTURING_COMPLETED',
  'PACKAGING',
  'SHIPPED',
  'CLOSED',
]

it('lets a healthy order take allowed steps only, in each record', () => {
  const healthy = month.orders.filter(({ failures }) => failures.length === 0)
  expect(healthy.length).toBeGreaterThan(1_000)
  for (const order of healthy)
    for (const system of ['shop', 'crm', 'mes'] as const) {
      const ranks = order.changes
        .filter((change) => change.system === system)
        .map(({ status }) => PATH.indexOf(status))
      for (const [at, rank] of ranks.entries()) {
        const before = ranks[at - 1]
        if (before === undefined) continue
        const isRelease = before === 5 && rank === 4
        const skipsFile = before === 0 && rank === 2
        // CRM closes what MES has shipped: each record has only its own part of the path.
        expect(
          rank === before + 1 || isRelease || skipsFile,
          `${order.id} ${system} ${ranks}`,
        ).toBe(true)
      }
    }
})

it('lets one order in ten fail, each failure somewhere', () => {
  const truth = truthAt(month, NOW)
  const failed = new Set(truth.map(({ orderId }) => orderId)).size
  expect(failed / month.orders.length).toBeGreaterThan(0.08)
  expect(failed / month.orders.length).toBeLessThan(0.12)
  expect([...new Set(truth.map(({ id }) => id))].sort()).toEqual([...FAILURES])
  expect(truth.every(({ from, until }) => from <= NOW && (until === null || until <= NOW))).toBe(
    true,
  )
})

it('takes at most fifty orders in one poll, and sometimes many', () => {
  const inPoll = new Map<number, number>()
  for (const { tick } of month.orders.flatMap(({ acts }) => acts))
    if (tick !== undefined) inPoll.set(tick, (inPoll.get(tick) ?? 0) + 1)
  expect(Math.max(...inPoll.values())).toBeLessThanOrEqual(50)
  expect(Math.max(...inPoll.values())).toBeGreaterThan(15)
})

it('goes on where it was left: the steps together are the whole', () => {
  const origin = NOW - 2 * DAY
  const from = origin - 1
  const middle = NOW - 5 * HOUR
  const plan = createPlanner({ seed: SEED, origin, incidents: [], slow: [], injected: [] })
  const idsOf = (since: number, until: number) =>
    [...spansBetween(plan(until), since, until)]
      .flat()
      .map(({ span }) => `${span.traceId}/${span.spanId}`)
  const inSteps = [...idsOf(from, middle), ...idsOf(middle, NOW)]
  const atOnce = idsOf(from, NOW)
  expect(new Set(inSteps).size).toBe(inSteps.length)
  expect(inSteps.toSorted()).toEqual(atOnce.toSorted())
})

const CASES = FAILURES.flatMap((id) =>
  (['shop', 'partner'] as const).flatMap((channel) =>
    variantsOf(id, channel).map((variant) => ({ id, channel, variant })),
  ),
)

it.each(CASES)(
  '$id $variant of a $channel order can be made to show now',
  ({ id, channel, variant }) => {
    const injected = findArrival(week.world, 800_001, NOW, { id, channel, variant })
    expect(injected).not.toBeNull()
    const order = injected && planInjected(week.world, injected)[0]
    const failure = order?.failures.find((one) => one.id === id)
    expect(failure?.variant).toBe(variant)
    expect(failure?.from).toBeLessThan(NOW)
  },
)

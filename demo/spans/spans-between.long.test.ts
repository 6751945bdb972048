// Long, because each failure is held against the spans it must leave.
import { expect, it } from 'vitest'
import { findArrival } from '@/demo/company/find-arrival'
import type { FailureId, Order } from '@/demo/company/order'
import { planInjected, planOrders } from '@/demo/company/plan-orders'
import { rowsAt } from '@/demo/databases/rows'
import type { Emitted } from './emit'
import { orderSpans } from './order-spans'
import { spansBetween } from './spans-between'

const NOW = Date.UTC(2026, 10, 20, 11, 30)
const company = planOrders({ seed: 'a company', now: NOW, days: 12 })
const all = [...spansBetween(company, company.world.origin - 1, NOW)].flat()
const named = (name: string) => all.filter(({ span }) => span.name === name)
const attributeOf = ({ span }: Emitted, key: string) =>
  span.attributes.find((one) => one.key === key)?.value

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one])
  return groups
}

it('stays within a quarter of a million spans for thirty days, each with an id of its own', () => {
  expect(all.length * (30 / 12)).toBeLessThan(250_000)
  expect(all.length).toBeGreaterThan(15_000)
  expect(new Set(all.map(({ span }) => `${span.traceId}/${span.spanId}`)).size).toBe(all.length)
})

it('sends only what has ended, and nothing ends before it begins', () => {
  const now = BigInt(NOW) * 1_000_000n
  for (const { span } of all) {
    expect(BigInt(span.endTimeUnixNano) <= now).toBe(true)
    expect(BigInt(span.startTimeUnixNano) <= BigInt(span.endTimeUnixNano)).toBe(true)
  }
})

it('links as RabbitMQ.Client 7.0 did, and is child and link as 7.2 is', () => {
  const old = named('order.new process').filter(({ span }) => span.links)
  const current = named('deliver order.approved').filter(({ span }) => span.links)
  expect(old.length).toBeGreaterThan(20)
  expect(current.length).toBeGreaterThan(5)
  for (const { span } of old) {
    expect(span.parentSpanId).toBeUndefined()
    expect(span.links?.[0]?.traceId).not.toBe(span.traceId)
  }
  for (const { span } of current)
    expect(span.links).toEqual([{ traceId: span.traceId, spanId: span.parentSpanId }])
})

it('loses the context now and then', () => {
  const lost = [...named('order.new process'), ...named('deliver order.new')].filter(
    ({ span }) => !span.parentSpanId && !span.links,
  )
  expect(lost.length).toBeGreaterThan(0)
  expect(lost.length).toBeLessThan(40)
})

it('writes two consumer spans for one message to Spring, both children of the producer', () => {
  const twins = groupBy(
    [
      ...named('mes_to_crm process'),
      ...named('price.calculated process').filter(({ scope }) => scope === 'spring'),
    ],
    ({ span }) => span.parentSpanId ?? '',
  )
  const pairs = [...twins].filter(
    ([parent, spans]) =>
      parent && spans.length === 2 && spans.some(({ scope }) => scope === 'spring'),
  )
  expect(pairs.length).toBeGreaterThan(100)
  expect(
    attributeOf(named('mes_to_crm process')[0] as Emitted, 'messaging.header.x_order_id'),
  ).toMatchObject({
    arrayValue: { values: [{ stringValue: expect.stringMatching(/^ORD-/) }] },
  })
})

it('takes many orders in one poll trace, whose root names none', () => {
  const polls = groupBy(named('order.take'), ({ span }) => span.traceId)
  const [traceId, takes] = [...polls].toSorted((a, b) => b[1].length - a[1].length)[0] ?? ['', []]
  expect(takes.length).toBeGreaterThan(15)
  expect(takes.length).toBeLessThanOrEqual(50)
  const root = all.find(({ span }) => span.traceId === traceId && span.name === 'OrderPoller.run')
  expect(root && attributeOf(root, 'order.id')).toBeUndefined()
  expect(root?.span.spanId).toBe(takes[0]?.span.parentSpanId)
})

it('is careless with what must not be shown', () => {
  const text = JSON.stringify(all.map(({ span }) => span.attributes))
  expect(text).toContain('@mail.example')
  expect(text).toContain('Bearer ')
  expect(text).toMatch(/insert into crm.order_cards .* values \('ORD-\d+', '[А-я]/)
})

/** What an order of that failure has left behind by now. */
function left(id: FailureId, variant: string, channel: 'shop' | 'partner' = 'shop') {
  const injected = findArrival(company.world, 800_001, NOW, { id, channel, variant })
  const order = injected && planInjected(company.world, injected)[0]
  if (!order) throw new Error(`No ${id} ${variant}`)
  const { shop, mes } = rowsAt([order], NOW)
  const spans = orderSpans(company.world, order).filter(({ end }) => end <= NOW)
  return {
    order,
    shop: shop['shop.orders']?.[0],
    card: shop['crm.order_cards']?.[0],
    outbox: shop['crm.outbox'] ?? [],
    mes: mes['mes.orders']?.[0],
    mesRows: mes['mes.orders'] ?? [],
    mesEvents: mes['mes.order_events'] ?? [],
    cardHistory: shop['crm.card_history'] ?? [],
    deadLetters: mes['mes.failed_messages'] ?? [],
    names: spans.map(({ span }) => span.name),
    failed: spans.filter(({ span }) => span.status?.code === 2).map(({ span }) => span.name),
  }
}

it('FP-01 leaves a failed submit and a row that did not move', () => {
  const { shop, failed } = left('FP-01', 'submit')
  expect(failed).toEqual(expect.arrayContaining(['POST /orders/{id}/submit', 'UPDATE shop.orders']))
  expect(['INITIATED', 'FILE_UPLOADED']).toContain(shop?.status)
  expect(left('FP-01', 'create').shop).toBeUndefined()
  const partner = left('FP-01', 'partner', 'partner')
  expect([partner.failed, partner.mes]).toEqual([
    expect.arrayContaining(['POST /partner/orders']),
    undefined,
  ])
})

it('FP-02 leaves a failed upload, or a calculation that could not read the file', () => {
  expect(left('FP-02', 'upload')).toMatchObject({
    failed: expect.arrayContaining(['S3.PutObject']),
    shop: { status: 'INITIATED' },
  })
  expect(left('FP-02', 'lost')).toMatchObject({
    failed: expect.arrayContaining(['S3.GetObject']),
    mes: { price: null },
  })
  expect(left('FP-02', 'unreadable').failed).toContain('CalculatePrice')
})

it('FP-03 leaves no card, a failed pick-up, or a message that was not sent', () => {
  expect(left('FP-03', 'not-taken')).toMatchObject({
    shop: { status: 'SUBMITTED' },
    card: undefined,
  })
  expect(left('FP-03', 'crm-failed')).toMatchObject({
    card: undefined,
    failed: ['order.take', 'order.take', 'order.take'],
  })
  const unsent = left('FP-03', 'not-sent')
  expect(unsent).toMatchObject({
    card: { status: 'SUBMITTED' },
    outbox: [{ sent_at: null }],
    mes: undefined,
  })
  expect(unsent.names).not.toContain('orders publish')
})

it('FP-04 leaves a message sent and not taken', () => {
  const waiting = left('FP-04', 'crm_to_mes')
  expect(waiting).toMatchObject({ outbox: [{ sent_at: expect.any(String) }], mes: undefined })
  expect(waiting.names).toContain('orders publish')
  expect(waiting.names.join()).not.toMatch(/order.new process|deliver order.new/)
})

it('FP-05 leaves failed attempts and a dead letter, attempts half an hour apart, or nothing at all', () => {
  const dead = left('FP-05', 'dead-lettered')
  expect(dead.deadLetters).toMatchObject([{ queue: 'crm_to_mes', death_count: 3 }])
  expect(dead.failed.filter((name) => /order.new/.test(name))).toHaveLength(3)
  const { order } = left('FP-05', 'loop')
  const [first, second] = order.pricingStarts
  expect(((second ?? 0) - (first ?? 0)) / 60_000).toBeCloseTo(30.2, 0)
  expect(left('FP-05', 'unroutable')).toMatchObject({ deadLetters: [], mes: undefined })
})

it('FP-06 leaves a start without an end, an error, an end without a price, or no start', () => {
  const hung = left('FP-06', 'hung')
  expect(hung.mes).toMatchObject({ pricing_started_at: expect.any(String), price: null })
  expect(hung.names).toContain('S3.GetObject')
  expect(hung.names).not.toContain('CalculatePrice')
  expect(left('FP-06', 'failed').failed).toContain('CalculatePrice')
  expect(left('FP-06', 'ended')).toMatchObject({
    names: expect.arrayContaining(['CalculatePrice']),
    mes: { price: null },
  })
  expect(left('FP-06', 'not-begun').mes).toMatchObject({ pricing_started_at: null })
})

it.each([
  ['FP-07', 'not-sent', 'shop'],
  ['FP-07', 'not-saved', 'shop'],
  ['FP-07', 'crm-failed', 'shop'],
] as const)('%s %s leaves a price in MES that CRM has not', (id, variant, channel) => {
  expect(left(id, variant, channel)).toMatchObject({
    mes: { status: 'PRICE_CALCULATED' },
    card: { status: 'SUBMITTED' },
  })
})

it('FP-08 leaves an approval in CRM that MES has not', () => {
  for (const variant of ['not-sent', 'mes-failed', 'unroutable'])
    expect(left('FP-08', variant)).toMatchObject({
      card: { status: 'MANUFACTURING_APPROVED' },
      mes: { status: 'PRICE_CALCULATED' },
    })
})

it('FP-09 leaves both rows alike, for longer than the limit', () => {
  for (const [variant, status] of [
    ['seller', 'PRICE_CALCULATED'],
    ['operator', 'MANUFACTURING_APPROVED'],
    ['carrier', 'SHIPPED'],
  ] as const)
    expect(left('FP-09', variant)).toMatchObject({ card: { status }, mes: { status } })
})

it('FP-10 leaves CRM behind, set back, or open after the carrier has called', () => {
  expect(left('FP-10', 'not-sent')).toMatchObject({
    mes: { status: 'SHIPPED' },
    card: { status: 'PACKAGING' },
  })
  expect(left('FP-10', 'released')).toMatchObject({
    mes: { status: 'MANUFACTURING_APPROVED' },
    card: { status: 'MANUFACTURING_STARTED' },
  })
  const back = left('FP-10', 'set-back')
  expect(back.card?.status).toBe('MANUFACTURING_STARTED')
  const ids = back.cardHistory
    .filter(({ status }) => status === 'MANUFACTURING_STARTED')
    .map((row) => row.message_id)
  expect(ids.at(-1)).toBe(ids.at(-2))
  const open = left('FP-10', 'close-failed')
  expect(open).toMatchObject({
    card: { status: 'SHIPPED' },
    names: expect.arrayContaining(['POST /carrier/callback']),
  })
})

it('FP-11 leaves a step that is not allowed', () => {
  const statuses = left('FP-11', 'backward').mesEvents.map(({ status }) => status)
  expect(statuses.slice(-2)).toEqual(['PACKAGING', 'MANUFACTURING_STARTED'])
  expect(left('FP-11', 'copy-ahead')).toMatchObject({
    card: { status: 'SHIPPED' },
    mes: { status: 'PACKAGING' },
  })
})

it('FP-13 leaves a priced partner order without a card, or two of one', () => {
  expect(left('FP-13', 'crm-failed', 'partner')).toMatchObject({
    mes: { status: 'PRICE_CALCULATED' },
    card: undefined,
  })
  const [one, other] = left('FP-13', 'duplicate', 'partner').mesRows
  expect(one?.partner_order_no).toBe(other?.partner_order_no)
  expect(one?.order_no).not.toBe(other?.order_no)
})

it('FP-14 leaves consumers without parent, link or order', () => {
  const { order } = left('FP-14', 'no-context')
  const consumer = orderSpans(company.world, order as Order).find(
    ({ span }) => /order.new/.test(span.name) && span.kind === 5,
  )
  expect(consumer?.span).not.toHaveProperty('links')
  expect(consumer?.span).not.toHaveProperty('parentSpanId')
  expect(consumer && attributeOf(consumer, 'order.id')).toBeUndefined()
})

it('FP-12 and FP-15 leave slow requests', () => {
  const slow = all
    .filter(
      ({ span }) => BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano) > 2_000_000_000n,
    )
    .map(({ span }) => span.name)
  expect(slow).toEqual(expect.arrayContaining(['GET /orders']))
  expect(left('FP-15', 'editor').names).toContain('POST /editor/models')
})

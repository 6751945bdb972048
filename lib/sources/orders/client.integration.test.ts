import { describe, expect, test } from 'vitest'
import { permitted } from '@/lib/access/fixtures/permitted'
import { file, freshDatabase, sourceOf } from './fixtures/order-database'

const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'

async function twoDatabases() {
  const shop = await freshDatabase(
    file('fixtures/typical-shop.sql'),
    file('views/shop.sql'),
    `insert into orders (number, channel, status, created_at, updated_at, status_changed_at, customer_id,
       customer_name, email, phone, file_bucket, file_key, file_size, price, currency, traceparent)
     values ('ORD-1', 'shop', 'SUBMITTED', '2026-01-01 10:00:00.123456Z', '2026-01-01 11:00Z', '2026-01-01 11:00Z', 42,
       'Jane Doe', 'jane@example.com', '+79991234567', 'models', 'in/2026/part-12345678.stl', 1000, 12.50, 'RUB',
       '${TRACE}');
     insert into crm_orders values (1, 'SUBMITTED', '2026-01-01 11:05Z', '2026-01-01 11:05Z', '2026-01-01 11:05Z',
       null, null, 7, '2026-01-01 11:05Z', null);
     insert into order_status_history (order_id, system, status, changed_at)
     values (1, 'shop', 'INITIATED', '2026-01-01 10:00Z'), (1, 'shop', 'SUBMITTED', '2026-01-01 11:00Z')`,
  )
  const mes = await freshDatabase(
    file('fixtures/typical-mes.sql'),
    file('views/mes.sql'),
    `insert into work_orders (order_number, channel, status, created_at, updated_at, status_changed_at)
     values ('ORD-1', 'shop', 'PRICE_CALCULATED', '2026-01-01 11:06Z', '2026-01-01 11:30Z', '2026-01-01 11:30Z');
     insert into work_order_changes (work_order_id, status, changed_at)
     values (1, 'PRICE_CALCULATED', '2026-01-01 11:30Z')`,
  )
  await shop.grant()
  await mes.grant()
  return { shop, mes }
}

describe('the order databases', () => {
  test('say together what they know of one order', async () => {
    const { shop, mes } = await twoDatabases()
    const source = sourceOf(
      { name: 'shop', url: shop.readerUrl },
      { name: 'mes', url: mes.readerUrl },
    )
    const { facts, reports, traceIds } = await source.read(await permitted('ORD-1'))

    expect(facts.map(({ id }) => id.replace(/:\d+$/, ''))).toEqual([
      'row:shop:crm',
      'row:shop:shop',
      'change:shop:shop:2:SUBMITTED',
      'change:shop:shop:1:INITIATED',
      'row:mes:mes',
      'change:mes:mes:1:PRICE_CALCULATED',
    ])
    expect(facts[1]).toMatchObject({
      source: 'orders:shop',
      system: 'shop',
      at: Date.parse('2026-01-01T11:00:00Z'),
      createdAt: Date.parse('2026-01-01T10:00:00Z') + 123.456,
      takenAt: null,
      pricingStartedAt: undefined,
      approximate: false,
    })
    expect(facts[1]?.attributes).toEqual({
      customer_id: { value: '42', class: 'HC' },
      file_bucket: { value: 'models', class: 'B' },
      file_key: { value: 'in/2026/part-12345678.stl', shown: '5678.stl', class: 'B' },
      file_size: { value: '1000', class: 'A' },
      price: { value: '12.50', class: 'M' },
      currency: { value: 'RUB', class: 'M' },
      traceparent: { value: TRACE, class: 'R' },
    })
    expect(facts[0]).toMatchObject({ takenAt: Date.parse('2026-01-01T11:05:00Z') })
    expect(traceIds).toEqual(['4bf92f3577b34da6a3ce929d0e0e4736'])
    expect(reports).toMatchObject([
      {
        source: 'orders:shop',
        state: 'ok',
        reason: null,
        systems: ['shop', 'crm'],
        keepsHistory: true,
      },
      { source: 'orders:mes', state: 'ok', systems: ['mes'] },
    ])
    expect(reports[0]?.asOf).toBe(reports[0]?.askedAt)
    expect(reports[0]?.notKept).toContain('orders.pricing_started_at')
    expect(JSON.stringify({ facts, reports })).not.toMatch(/jane|9991234567/i)
  })

  test('are seen by the gate', async () => {
    const { shop, mes } = await twoDatabases()
    const source = sourceOf(
      { name: 'shop', url: shop.readerUrl },
      { name: 'mes', url: mes.readerUrl },
    )
    expect(await source.sight('ORD-1', {})).toEqual({ seen: true, silent: [], answered: true })
    expect(await source.sight('ORD-2', {})).toEqual({ seen: false, silent: [], answered: true })
    expect((await source.sightMany(['ORD-2', 'ORD-1', 'ORD-1'], {})).found).toEqual(['ORD-1'])
  })
})

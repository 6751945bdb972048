import { describe, expect, test } from 'vitest'
import { permitted, permittedNumber, viewer } from '@/lib/access/fixtures/permitted'
import { epochMs } from '@/lib/journey/types'
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

  test('name files of the newest orders, and nothing else of them', async () => {
    const { shop, mes } = await twoDatabases()
    const source = sourceOf(
      { name: 'shop', url: shop.readerUrl },
      { name: 'mes', url: mes.readerUrl },
    )
    const file = { bucket: 'models', key: 'in/2026/part-12345678.stl' }
    // Two records of one order name it.
    expect(new Set((await source.recentFiles('models')).map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify(file)]),
    )
    expect((await source.recentFiles(null))[0]).toEqual(file)
    expect(await source.recentFiles('others')).toEqual([])
    expect(await source.recentFiles('\0')).toEqual([])
  })
})

describe('a partner’s number', () => {
  async function partnersOrders() {
    const mes = await freshDatabase(
      file('fixtures/typical-mes.sql'),
      file('views/mes.sql'),
      `insert into work_orders (order_number, channel, status, partner_id, partner_order_no,
         model_hash, created_at, updated_at, status_changed_at)
       values ('ORD-1', 'partner', 'SUBMITTED', 7, 'NO-17', 'h', '2026-01-01 10:00Z', '2026-01-01 10:00Z', '2026-01-01 10:00Z'),
              ('ORD-2', 'partner', 'SUBMITTED', 7, 'NO-17', 'h', '2026-01-01 10:03Z', '2026-01-01 10:03Z', '2026-01-01 10:03Z'),
              ('ORD-3', 'partner', 'SUBMITTED', 8, 'NO-17', 'h', '2026-01-01 10:04Z', '2026-01-01 10:04Z', '2026-01-01 10:04Z'),
              ('ORD-4', 'partner', 'SUBMITTED', 7, 'NO-18', null, '2026-01-01 10:05Z', '2026-01-01 10:05Z', '2026-01-01 10:05Z')`,
    )
    await mes.grant()
    const { shop } = await twoDatabases()
    return { mes, shop }
  }
  const inBoth = ({ mes, shop }: Awaited<ReturnType<typeof partnersOrders>>) =>
    sourceOf({ name: 'mes', url: mes.readerUrl }, { name: 'shop', url: shop.readerUrl })

  test('names the orders that bear it, as far as the scope goes', async () => {
    const source = inBoth(await partnersOrders())
    const idsFor = async (number: string, scope = {}) => {
      const permit = await permittedNumber(number, viewer(['support'], scope))
      return (await source.readNumber(permit)).orders.map(({ orderId }) => orderId).sort()
    }
    expect(await idsFor('NO-17')).toEqual(['ORD-1', 'ORD-2', 'ORD-3'])
    expect(await idsFor('NO-17', { partner: '8' })).toEqual(['ORD-3'])
    expect(await idsFor('NO-17', { partner: '9' })).toEqual([])
    expect(await idsFor('NO-1')).toEqual([])

    expect(await source.sightNumber('NO-17', { partner: '9' })).toEqual({
      ...{ seen: false, silent: [], answered: true },
    })
    expect((await source.sightNumber('NO-17', {})).seen).toBe(true)
  })

  test('leads to the same partner’s other orders, and not to itself', async () => {
    const source = inBoth(await partnersOrders())
    const sent = { partner: '7', number: 'NO-17' }
    const found = await source.readSameNumber(await permitted('ORD-1'), sent)
    expect(found.silent).toEqual([])
    expect(found.orders).toMatchObject([
      { orderId: 'ORD-2', facts: [{ kind: 'row', system: 'mes', status: 'SUBMITTED' }] },
    ])
    const foreign = await permitted('ORD-1', viewer(['support'], { partner: '8' }))
    expect((await source.readSameNumber(foreign, sent)).orders).toEqual([])
  })

  test('is not needed where the model tells: of that partner, and of that time', async () => {
    const source = inBoth(await partnersOrders())
    const at = (text: string) => epochMs(Date.parse(`2026-01-01T${text}Z`))
    const made = { from: at('09:50'), until: at('10:10') }
    const of = { partner: '7', model: 'h', made }
    const found = await source.readSameModel(await permitted('ORD-1'), of)
    expect(found.orders.map(({ orderId }) => orderId)).toEqual(['ORD-2'])
    const earlier = { ...of, made: { from: at('09:50'), until: at('10:02') } }
    expect((await source.readSameModel(await permitted('ORD-1'), earlier)).orders).toEqual([])
  })

  test('of a database that is silent says so, and the others answer', async () => {
    const { mes } = await partnersOrders()
    const source = sourceOf(
      { name: 'mes', url: mes.readerUrl },
      { name: 'shop', url: 'postgresql://nobody@127.0.0.1:9/none' },
    )
    const { orders, silent } = await source.readNumber(await permittedNumber('NO-18'))
    expect(silent).toEqual(['orders:shop'])
    expect(orders.map(({ orderId }) => orderId)).toEqual(['ORD-4'])
    expect(orders[0]?.reports.map(({ source: name, state }) => `${name} ${state}`)).toEqual([
      'orders:mes ok',
      'orders:shop missing',
    ])
  })
})

import { describe, expect, test } from 'vitest'
import { permitted, viewer } from '@/lib/access/fixtures/permitted'
import { freshDatabase, row, sourceOf, tables } from './fixtures/order-database'

const partner = viewer(['partner'], { partner: 'P-1' })

describe('a database whose views differ', () => {
  test('keeps less: what it lacks is undefined, and named', async () => {
    const { url, owner } = await freshDatabase(`create schema order_journey;
      create view order_journey.orders as select 'ORD-1'::varchar(20) as order_id, 'shop'::text as system,
        'shop'::text as channel, 'SUBMITTED'::text as status, now() as created_at,
        '2026-01-02Z'::timestamptz as updated_at, null::timestamptz as taken_at`)
    const { facts, reports } = await sourceOf({ name: 'shop', url }).read(await permitted('ORD-1'))

    expect(facts).toEqual([
      expect.objectContaining({
        kind: 'row',
        at: Date.parse('2026-01-02Z'),
        approximate: true,
        takenAt: null,
        pricingStartedAt: undefined,
        attributes: {},
      }),
    ])
    expect(reports[0]).toMatchObject({ state: 'ok', keepsHistory: false })
    expect(reports[0]?.notKept).toEqual(
      expect.arrayContaining([
        'orders.status_changed_at',
        'orders.price',
        'status_changes',
        'dead_letters',
      ]),
    )
    expect(reports[0]?.notKept).not.toContain('orders.taken_at')
    await owner.query('drop view order_journey.orders')
  })

  test('breaks the contract: it says so, and nothing is read of it', async () => {
    const { url, owner } = await freshDatabase(`create schema order_journey;
      create view order_journey.orders as select 'ORD-1'::text as order_id, 'shop'::text as system`)
    const source = sourceOf({ name: 'shop', url })
    const { facts, reports } = await source.read(await permitted('ORD-1'))
    expect(facts).toEqual([])
    expect(reports[0]).toMatchObject({ state: 'missing', reason: 'contract', asOf: null })
    expect(reports[0]?.notKept).toContain('orders.status')
    expect(await source.sight('ORD-1', {})).toEqual({
      seen: false,
      silent: ['orders:shop'],
      answered: false,
    })

    await owner.query(
      `drop view order_journey.orders; drop schema order_journey; ${tables}; ${row('ORD-1')}`,
    )
    expect((await source.read(await permitted('ORD-1'))).facts).toHaveLength(1)
  })

  test('has types of its own, or a time without a zone', async () => {
    const { url } = await freshDatabase(`create schema order_journey;
      create domain public.order_number as varchar(20);
      create type public.order_status as enum ('SUBMITTED');
      create view order_journey.orders as select 'ORD-1'::public.order_number as order_id, 'shop'::text as system,
        'shop'::text as channel, 'SUBMITTED'::public.order_status as status, now() as created_at,
        now()::timestamptz(3) as updated_at, now()::timestamp as taken_at`)
    const { facts, reports } = await sourceOf({ name: 'shop', url }).read(await permitted('ORD-1'))
    expect(facts).toMatchObject([{ status: 'SUBMITTED', takenAt: undefined }])
    expect(reports[0]?.notKept).toContain('orders.taken_at')
  })

  test('loses a column while we run: it is discovered again', async () => {
    const { url, owner } = await freshDatabase(tables, row('ORD-1', 'SUBMITTED', 'shop', "'P-1'"))
    const source = sourceOf({ name: 'shop', url })
    const before = await source.read(await permitted('ORD-1'))
    expect(before.facts[0]?.attributes.partner_id).toEqual({ value: 'P-1', class: 'A' })

    await owner.query('alter table order_journey.orders drop column partner_id')
    const after = await source.read(await permitted('ORD-1'))
    expect(after.reports[0]).toMatchObject({ state: 'ok' })
    expect(after.reports[0]?.notKept).toContain('orders.partner_id')
  })

  test('holds rows that cannot be: they are dropped and noted, the others stand', async () => {
    const { url } = await freshDatabase(
      tables,
      row('ORD-1', 'IN_A_DRAWER', 'shop'),
      row('ORD-1', 'SUBMITTED', 'crm'),
      row('ORD-1', 'SUBMITTED', 'moon'),
      `update order_journey.orders set updated_at = '2026-01-01T12:00Z' where system = 'moon';
       update order_journey.orders set created_at = null, updated_at = '2026-01-01Z' where system = 'crm';
       insert into order_journey.status_changes values ('ORD-1', 'shop', 'INITIATED', null, 1),
         ('ORD-1', 'shop', 'SUBMITTED', 'infinity', 2), ('ORD-1', 'shop', 'jane@example.com', now(), 3),
         ('ORD-1', 'shop', repeat('X', 100000), now(), 4), ('ORD-1', 'shop', 'В работе', '2026-01-02Z', 5)`,
    )
    const { facts, reports } = await sourceOf({ name: 'shop', url }).read(await permitted('ORD-1'))

    expect(facts).toMatchObject([
      { kind: 'row', system: 'shop', status: 'IN_A_DRAWER' },
      { kind: 'change', status: 'В работе' },
    ])
    expect(reports[0]).toMatchObject({ state: 'partial' })
    expect(reports[0]?.notes).toEqual([
      { code: 'row-rejected', values: { view: 'orders', column: 'system', rows: 1 } },
      { code: 'row-rejected', values: { view: 'orders', column: 'created_at', rows: 1 } },
      { code: 'row-rejected', values: { view: 'status_changes', column: 'changed_at', rows: 2 } },
      { code: 'row-rejected', values: { view: 'status_changes', column: 'status', rows: 2 } },
    ])
  })

  test('holds more changes than are read: the newest are, and it says so', async () => {
    const { url } = await freshDatabase(
      tables,
      row('ORD-1'),
      `insert into order_journey.status_changes
       select 'ORD-1', 'shop', 'S', timestamptz '2026-01-01Z' + n * interval '1 s', n from generate_series(1, 2001) n`,
    )
    const { facts, reports } = await sourceOf({ name: 'shop', url }).read(await permitted('ORD-1'))
    expect(facts.flatMap((fact) => (fact.kind === 'change' ? fact.seq : [])).at(-1)).toBe(2)
    expect(facts).toHaveLength(2_001)
    expect(reports[0]?.notes).toEqual([{ code: 'possibly-cut', values: { shown: 2_000 } }])
  })

  test('holds messages that were set aside', async () => {
    const { url } = await freshDatabase(
      tables,
      row('ORD-1'),
      `create table order_journey.dead_letters (order_id text, queue text, reason text, count int,
         died_at timestamptz, message_id text, routing_keys text[]);
       insert into order_journey.dead_letters values
         ('ORD-1', 'crm_to_mes', 'rejected', 3, '2026-01-03Z', 'm-1', '{order.submitted,retry}')`,
    )
    const { facts } = await sourceOf({ name: 'shop', url }).read(await permitted('ORD-1'))
    expect(facts[1]).toEqual({
      kind: 'dead-letter',
      id: `dead:shop:crm_to_mes:m-1:${Date.parse('2026-01-03Z')}`,
      source: 'orders:shop',
      system: 'rabbitmq',
      at: Date.parse('2026-01-03Z'),
      queue: 'crm_to_mes',
      reason: 'rejected',
      count: 3,
      attributes: {
        message_id: { value: 'm-1', class: 'B' },
        routing_keys: { value: 'order.submitted,retry', class: 'B' },
      },
    })
  })

  test('never has a personal column read: reading one would fail here', async () => {
    const trap = (name: string) =>
      `(1 / (length(o.order_id) - length(o.order_id)))::text as ${name}`
    const { url } = await freshDatabase(
      tables,
      row('ORD-1'),
      `alter table order_journey.orders set schema public;
       create view order_journey.orders as
         select o.*, ${['name', 'email', 'phone', 'contacts', 'address'].map(trap).join(', ')} from public.orders o;
       create view order_journey.contacts as select ${trap('order_id')} from public.orders o`,
    )
    const source = sourceOf({ name: 'shop', url })
    const { facts, reports } = await source.read(await permitted('ORD-1'))
    expect(reports[0]).toMatchObject({ state: 'ok' })
    expect(facts).toHaveLength(1)
    expect((await source.sight('ORD-1', { channel: 'shop' })).seen).toBe(true)
  })
})

describe('a scope', () => {
  test('is in the WHERE of everything that is read', async () => {
    const { url } = await freshDatabase(
      tables,
      row('ORD-1', 'SUBMITTED', 'shop', "'P-1'"),
      row('ORD-2', 'SUBMITTED', 'shop', "'P-2'"),
      row('ORD-3'),
      `insert into order_journey.status_changes
         select order_id, 'shop', 'SUBMITTED', '2026-01-02Z', 1 from order_journey.orders;
       create table order_journey.dead_letters as select order_id, 'q'::text as queue, 'rejected'::text as reason,
         1 as count, updated_at as died_at from order_journey.orders`,
    )
    const source = sourceOf({ name: 'shop', url })
    const ids = ['ORD-1', 'ORD-2', 'ORD-3']
    expect((await source.sightMany(ids, {})).found.toSorted()).toEqual(ids)
    expect((await source.sightMany(ids, { partner: 'P-1' })).found).toEqual(['ORD-1'])
    expect((await source.sightMany(ids, { partner: 'P-1', channel: 'partner' })).found).toEqual([])

    const kinds = async (id: string) =>
      (await source.read(await permitted(id, partner))).facts.map(({ kind }) => kind)
    expect(await kinds('ORD-1')).toEqual(['row', 'change', 'dead-letter'])
    expect(await kinds('ORD-2')).toEqual([])
    expect(await kinds('ORD-3')).toEqual([])
  })

  test('that a database cannot check is one in which it has nothing', async () => {
    const { url } = await freshDatabase(
      tables,
      row('ORD-1', 'SUBMITTED', 'shop', "'P-1'"),
      'alter table order_journey.orders drop column partner_id',
    )
    const source = sourceOf({ name: 'shop', url })
    const { facts, reports } = await source.read(await permitted('ORD-1', partner))
    expect(facts).toEqual([])
    expect(reports[0]).toMatchObject({ state: 'missing', reason: 'contract' })
    expect(await source.sight('ORD-1', { partner: 'P-1' })).toMatchObject({
      seen: false,
      answered: false,
    })
    expect(await source.sight('ORD-1', {})).toMatchObject({ seen: true })
  })

  test.each([
    "ORD-1' or '1'='1",
    "'; drop table order_journey.orders; --",
    'ORD-%',
    '$1',
    'ORD-1\0',
    '\\',
    '',
  ])('and an id that is SQL are data: %j', async (id) => {
    const { url } = await freshDatabase(tables, row('ORD-1'))
    const source = sourceOf({ name: 'shop', url })
    expect(await source.sight(id, {})).toEqual({ seen: false, silent: [], answered: true })
    expect(await source.sight('ORD-1', { partner: id })).toMatchObject({ seen: false })
    expect(await source.sight('ORD-1', {})).toMatchObject({ seen: true })
  })
})

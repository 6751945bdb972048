import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { permitted } from '@/lib/access/fixtures/permitted'
import { epochMs } from '@/lib/journey/types'
import { createGuard } from '../create-guard'
import { createConnections } from './connections'
import { freshDatabase, row, sourceOf, tables } from './fixtures/order-database'
import { beginReading } from './queries'

const LOCK = 'begin; lock table order_journey.orders in access exclusive mode'
const TERMINATE = `select pg_terminate_backend(pid) from pg_stat_activity
  where application_name = 'order-journey' and datname = current_database()`

const connect = async (connectionString: string) => {
  const client = new pg.Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

async function until(condition: () => Promise<boolean>) {
  for (let i = 0; i < 100; i++) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('It never came to that')
}

const waiting = (owner: pg.Client) => async () => {
  const { rows } = await owner.query(`select 1 from pg_stat_activity where wait_event_type = 'Lock'
    and application_name = 'order-journey' and datname = current_database()`)
  return rows.length > 0
}

describe('a database that fails', () => {
  test('leaves the others standing, and is named', async () => {
    const { url } = await freshDatabase(tables, row('ORD-1'))
    const closed = 'postgresql://nobody@127.0.0.1:9/none'
    const source = sourceOf({ name: 'shop', url }, { name: 'mes', url: closed })
    const { facts, reports } = await source.read(await permitted('ORD-1'))
    expect(facts).toHaveLength(1)
    expect(reports).toMatchObject([
      { source: 'orders:shop', state: 'ok' },
      {
        source: 'orders:mes',
        state: 'missing',
        reason: 'unreachable',
        asOf: null,
        systems: ['mes'],
      },
    ])
    expect(await source.sight('ORD-1', {})).toEqual({
      seen: true,
      silent: ['orders:mes'],
      answered: true,
    })
  })

  test('says nothing at all: nobody answered', async () => {
    const source = sourceOf({ name: 'mes', url: 'postgresql://nobody@127.0.0.1:9/none' })
    expect(await source.sight('ORD-1', {})).toEqual({
      seen: false,
      silent: ['orders:mes'],
      answered: false,
    })
  })

  test('refuses our password: rejected', async () => {
    const { url } = await freshDatabase(tables)
    const wrong = new URL(url)
    wrong.password = 'wrong'
    const { reports } = await sourceOf({ name: 'shop', url: wrong.href }).read(
      await permitted('ORD-1'),
    )
    expect(reports[0]).toMatchObject({ state: 'missing', reason: 'rejected' })
  })

  test('is locked: an answer comes within 2.6 s, and the next one when it is free, without restart', async () => {
    const { url } = await freshDatabase(tables, row('ORD-1'))
    const source = sourceOf({ name: 'shop', url })
    const other = await connect(url)
    await other.query(LOCK)

    const started = performance.now()
    const { reports } = await source.read(await permitted('ORD-1'))
    expect(performance.now() - started).toBeLessThan(2_600)
    expect(reports[0]).toMatchObject({ state: 'missing', reason: 'timeout' })

    await other.query('rollback')
    expect((await source.read(await permitted('ORD-1'))).facts).toHaveLength(1)
  })

  test('drops the connection under a question: it is asked once more', async () => {
    const { url, owner } = await freshDatabase(tables, row('ORD-1'))
    const source = sourceOf({ name: 'shop', url })
    const other = await connect(url)
    await other.query(LOCK)
    const answer = source.read(await permitted('ORD-1'))
    await until(waiting(owner))
    await owner.query(TERMINATE)
    await other.query('rollback')

    const { facts, reports } = await answer
    expect(reports[0]).toMatchObject({ state: 'ok' })
    expect(facts).toHaveLength(1)
  })

  test('drops every idle connection: the next question does not notice', async () => {
    const { url, owner } = await freshDatabase(tables, row('ORD-1'))
    const source = sourceOf({ name: 'shop', url })
    const permit = await permitted('ORD-1')
    await Promise.all(Array.from({ length: 8 }, () => source.read(permit)))
    await owner.query(TERMINATE)
    const answers = await Promise.all(Array.from({ length: 8 }, () => source.read(permit)))
    expect(answers.map(({ reports }) => reports[0]?.state)).toEqual(Array(8).fill('ok'))
  })

  test('opens the breaker, and closes it when it is back', async () => {
    const { url, name, owner } = await freshDatabase(tables, row('ORD-1'))
    let clock = epochMs(1_000_000)
    const guard = createGuard({ source: 'orders:shop', now: () => clock, shareMs: 0 })
    const source = sourceOf({ name: 'shop', url, guard })
    const permit = await permitted('ORD-1')
    await owner.query(`alter schema order_journey rename to away`)
    expect((await source.read(permit)).reports[0]).toMatchObject({ reason: 'contract' })

    const admin = await connect(url.replace(name, 'postgres'))
    await admin.query(`alter database ${name} with allow_connections false`)
    await owner.query(TERMINATE)
    for (let i = 0; i < 6; i++) await source.read(permit)
    expect((await source.read(permit)).reports[0]).toMatchObject({
      state: 'missing',
      reason: 'open',
    })

    await admin.query(`alter database ${name} with allow_connections true`)
    await owner.query(`alter schema away rename to order_journey`)
    clock = epochMs(clock + 10_001)
    expect((await source.read(permit)).facts).toHaveLength(1)
  })

  test('is never written to', async () => {
    const { url } = await freshDatabase(
      tables,
      `create sequence public.counter;
       create view order_journey.heartbeat as select now() + nextval('public.counter') * interval '0' as at`,
      row('ORD-1'),
    )
    // A view that writes when it is read: PostgreSQL refuses, and the copy's age stays unknown.
    const { facts, reports } = await sourceOf({ name: 'shop', url, copy: true }).read(
      await permitted('ORD-1'),
    )
    expect(facts).toHaveLength(1)
    expect(reports[0]).toMatchObject({ state: 'ok', asOf: null })

    const connections = createConnections({
      source: 'orders:shop',
      url,
      connectTimeoutMs: 500,
      statementTimeoutMs: 2_000,
      poolMax: 1,
    })
    onTestFinished(() => connections.close())
    const write = connections.run(async (ask) => {
      await ask({ text: beginReading(2_000), values: [] })
      return ask({ text: 'delete from order_journey.orders', values: [] })
    })
    await expect(write).rejects.toMatchObject({ fault: 'rejected', cause: { code: '25006' } })
  })
})

describe('a copy', () => {
  test.each([
    ['its heartbeat', "interval '10 s'", 'ok', 10_000],
    ['an old heartbeat', "interval '2 h'", 'stale', 7_200_000],
  ])('is as old as %s', async (_, age, state, ms) => {
    const { url } = await freshDatabase(
      tables,
      row('ORD-1'),
      `create table order_journey.heartbeat as select now() - ${age} as at`,
    )
    const { reports } = await sourceOf({ name: 'shop', url, copy: true }).read(
      await permitted('ORD-1'),
    )
    expect(reports[0]).toMatchObject({ state })
    expect(Math.abs((reports[0]?.askedAt ?? 0) - (reports[0]?.asOf ?? 0) - ms)).toBeLessThan(5_000)
  })

  test('without a heartbeat is as old as the newest write of any order', async () => {
    const { url } = await freshDatabase(
      tables,
      row('ORD-1'),
      row('ORD-2'),
      "update order_journey.orders set updated_at = '2026-03-01Z' where order_id = 'ORD-2'",
    )
    const { reports } = await sourceOf({ name: 'shop', url, copy: true }).read(
      await permitted('ORD-1'),
    )
    expect(reports[0]).toMatchObject({ state: 'stale', asOf: Date.parse('2026-03-01Z') })
  })
})

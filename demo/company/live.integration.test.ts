import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import {
  MES_DATABASE,
  onDatabase,
  provisionOrderDatabases,
  READER,
  SHOP_DATABASE,
} from '@/demo/databases/provision'
import type { RunningTraces } from '@/demo/traces/start-traces'
import { startTraces } from '@/demo/traces/start-traces'
import { findArrival } from './find-arrival'
import { startCompany } from './live'
import { makeWish, readMemory } from './memory'
import { HOUR } from './time'
import { world } from './world'

const NOW = Date.UTC(2026, 10, 20, 11, 30)
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'order-journey-live-'))
const url = (database: string) =>
  Object.assign(new URL(inject('postgresUrl')), { pathname: `/${database}` }).href
const options = {
  shopUrl: url(SHOP_DATABASE),
  mesUrl: url(MES_DATABASE),
  dataDir,
  seed: 'a company',
  days: 3,
}
let traces: RunningTraces

beforeAll(async () => {
  traces = await startTraces({ port: 0, mode: 'v2.20' })
  await provisionOrderDatabases(url, 'reader')
})
afterAll(async () => {
  await traces.stop()
  fs.rmSync(dataDir, { recursive: true })
})

const reader = (database: string) => {
  const address = new URL(url(database))
  address.username = READER
  address.password = 'reader'
  return address.href
}
const ask = <Row extends pg.QueryResultRow>(database: string, text: string) =>
  onDatabase(reader(database), async (client) => (await client.query<Row>(text)).rows)

it('loads its history, is left, catches up, and grants a wish', async () => {
  const otlpUrl = `http://127.0.0.1:${traces.port}`
  const first = await startCompany({ ...options, otlpUrl, now: () => NOW - 6 * HOUR })
  await first.stop()
  expect(first.orders).toBeGreaterThan(100)
  expect(first.spans).toBeGreaterThan(3_000)
  const before = await ask<{ n: number }>(
    MES_DATABASE,
    'select count(*)::int n from order_journey.status_changes',
  )

  const second = await startCompany({ ...options, otlpUrl, now: () => NOW })
  const after = await ask<{ n: number }>(
    MES_DATABASE,
    'select count(*)::int n from order_journey.status_changes',
  )
  expect(after[0]?.n).toBeGreaterThan(before[0]?.n ?? 0)
  expect(second.spans).toBeLessThan(first.spans)

  const memory = readMemory(dataDir)
  if (!memory) throw new Error('Nothing remembered')
  const order = findArrival(world(memory.seed, memory.origin, memory), 800_001, NOW, {
    id: 'FP-07',
    channel: 'shop',
  })
  if (!order) throw new Error('No such order')
  makeWish(dataDir, { kind: 'order', order, slow: [] })
  await expect.poll(() => readMemory(dataDir)?.granted, { timeout: 15_000 }).toBe(1)
  await second.stop()
  const rows = await ask<{ status: string }>(
    MES_DATABASE,
    `select status from order_journey.orders where order_id = 'ORD-${order.arrival.number}'`,
  )
  expect(rows).toEqual([{ status: 'PRICE_CALCULATED' }])

  const found = await fetch(
    `${otlpUrl}/api/v3/traces?${new URLSearchParams({
      'query.attributes': JSON.stringify({ 'order.id': `ORD-${order.arrival.number}` }),
      'query.start_time_min': '2026-11-01T00:00:00Z',
      'query.start_time_max': '2026-11-30T00:00:00Z',
      'query.num_traces': '20',
    })}`,
  )
  expect([found.status, await found.text()]).toEqual([
    200,
    expect.stringContaining('CalculatePrice'),
  ])
  expect(fs.readFileSync(path.join(dataDir, 'truth.jsonl'), 'utf8')).toContain('"FP-')
}, 60_000)

it('shows the reader the contract and nothing else', async () => {
  const columns = await ask<{ column_name: string }>(
    SHOP_DATABASE,
    `select distinct column_name from information_schema.columns where table_schema = 'order_journey' and table_name <> 'contacts'`,
  )
  expect(columns.map((row) => row.column_name).join()).not.toMatch(/phone|email|name|address/)
  await expect(ask(SHOP_DATABASE, 'select * from shop.customers')).rejects.toThrow(
    /permission denied/,
  )
  await expect(ask(MES_DATABASE, 'select * from mes.orders')).rejects.toThrow(/permission denied/)
  const systems = await ask<{ system: string }>(
    SHOP_DATABASE,
    'select distinct system from order_journey.orders order by 1',
  )
  expect(systems.map((row) => row.system)).toEqual(['crm', 'shop'])
  const future = await ask<{ n: number }>(
    MES_DATABASE,
    `select count(*)::int n from order_journey.status_changes where greatest(changed_at, sent_at, received_at) > to_timestamp(${NOW / 1_000})`,
  )
  expect(future[0]?.n).toBe(0)
})

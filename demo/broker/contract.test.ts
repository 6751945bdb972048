import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findArrival } from '@/demo/company/find-arrival'
import { planOrders } from '@/demo/company/plan-orders'
import { DAY, HOUR } from '@/demo/company/time'
import { world } from '@/demo/company/world'
import { brokerSeries } from '@/demo/metrics/broker-series'
import { epochMs } from '@/lib/journey/types'
import { loadPipeline } from '@/lib/pipeline/load-pipeline'
import { createGuard } from '@/lib/sources/create-guard'
import { createRabbitSource } from '@/lib/sources/rabbitmq/client'
import recording from '@/lib/sources/rabbitmq/fixtures/recorded-3.10.8.json' with { type: 'json' }
import { createFetch } from '@/lib/sources/tls-fetch'
import { startBroker } from './start-broker'

const NOW = Date.UTC(2026, 10, 21, 12)
const LOGIN = 'order_journey:secret'
const incidents = [{ queue: 'crm_to_mes', from: NOW - HOUR, until: null }] as const
const shared = world('alexandrite', NOW - 3 * DAY, { incidents, slow: [] })
const stopped = findArrival(shared, 800_001, NOW, { id: 'FP-04', channel: 'shop' })
const company = planOrders({
  seed: 'alexandrite',
  now: NOW,
  days: 3,
  incidents,
  injected: stopped ? [stopped] : [],
})
const series = brokerSeries(company)
let broker: Awaited<ReturnType<typeof startBroker>>
let baseUrl = new URL('http://127.0.0.1')

beforeAll(async () => {
  broker = await startBroker({
    port: 0,
    login: LOGIN,
    series: () => series,
    now: () => NOW,
    startedAt: NOW - DAY,
  })
  baseUrl = new URL(`http://127.0.0.1:${broker.port}`)
})
afterAll(() => broker.stop())

async function ask(path: string, login: string | null = LOGIN, method = 'GET') {
  const authorization = `Basic ${Buffer.from(login ?? '').toString('base64')}`
  const response = await fetch(new URL(path, baseUrl), {
    method,
    headers: login === null ? {} : { authorization },
  })
  const text = await response.text()
  const json: unknown = text ? JSON.parse(text) : null
  return { status: response.status, type: response.headers.get('content-type') ?? '', json }
}

/** The recorded things under the names of the demo's. */
const retell = (path: string) =>
  path
    .replace('/orders/mes.orders.dead', '/%2F/crm_to_mes.dlq')
    .replace('/orders/mes.orders', '/%2F/crm_to_mes')
    .replace('/orders/crm.notify.dead', '/%2F/mes_to_crm.dlq')
    .replace('/orders/crm.notify', '/%2F/mes_to_crm')
    .replace('/orders/no-such', '/%2F/no-such')

type Shape = ReadonlyMap<string, string>

/** Every place of a value with its type; elements of a list share one. Null and a number may stand for each other. */
function toShape(value: unknown, at = ''): Shape {
  if (Array.isArray(value)) {
    return new Map(value.slice(0, 1).flatMap((one) => [...toShape(one, `${at}[]`)]))
  }
  if (typeof value === 'object' && value !== null)
    return new Map(Object.entries(value).flatMap(([key, one]) => [...toShape(one, `${at}.${key}`)]))
  return new Map([[at, value === null ? 'number' : typeof value]])
}

/** What differs from server to server, and from day to day. */
const VARIES =
  /^\.arguments|^\[\]\.cluster_state|^\.effective_policy|^\[\]\.message_stats|^\[\].*(recv|send|messages)/
/** A quorum queue, as one of the recorded is, has no head. */
const QUORUM_LACKS = '.head_message_timestamp'
/** Statistics come with the first movement of their kind: recorded were those of the queue that had them all. */
const STATISTIC = /^\.message_stats/

const recorded = recording.answers.filter(({ user }) => user === 'monitor')
const asked = (text: string) => recorded.filter(({ path }) => path.includes(text))

describe('the stand-in', () => {
  const statistics = new Set(
    recorded.flatMap((one) =>
      'json' in one ? [...toShape(one.json).keys()].filter((key) => STATISTIC.test(key)) : [],
    ),
  )

  test.each(
    [...asked('columns=name'), ...asked('/overview?columns')]
      .filter(({ status }) => status === 200)
      .map((one) => [one.path, one.json] as const),
  )('answers %s in the shape of the recorded one', async (path, json) => {
    const answer = await ask(retell(path))
    expect(answer).toMatchObject({ status: 200, type: 'application/json' })
    const [ours, theirs] = [toShape(answer.json), toShape(json)]
    const plain = (shape: Shape) =>
      [...shape]
        .filter(([key]) => !VARIES.test(key) && !STATISTIC.test(key))
        .filter(([key]) => key !== QUORUM_LACKS || theirs.has(key))
        .sort()
    expect(plain(ours)).toEqual(plain(theirs))
    for (const key of ours.keys()) if (STATISTIC.test(key)) expect(statistics).toContain(key)
  })

  test.each(['/api/vhosts', '/api/whoami'])('answers %s as the recorded one', async (path) => {
    const [question] = recorded.filter((one) => one.path === path)
    const plain = (json: unknown) => [...toShape(json)].filter(([key]) => !VARIES.test(key)).sort()
    expect(plain((await ask(path)).json)).toEqual(plain(question?.json))
  })

  test.each(
    recorded
      .filter(({ status, path }) => status >= 400 && !/hidden/.test(path))
      .filter(({ path }) => path !== '/api/overview')
      .map((one) => [one.path, one.status, one.json] as const),
  )('refuses %s with %i as the recorded one', async (path, status, json) => {
    expect(await ask(retell(path))).toEqual({ status, type: 'application/json', json })
  })

  test('wants to know who asks, and shows nobody a message', async () => {
    const refused = recording.answers.filter(
      ({ path, status }) => path === '/api/overview' && status === 401,
    )
    const wrong = refused.find(({ user }) => user === 'monitor')
    expect(await ask('/api/overview', 'order_journey:wrong')).toMatchObject({
      status: 401,
      json: wrong?.json,
    })
    expect(await ask('/api/overview', null)).toEqual({ status: 401, type: '', json: null })
    expect((await ask('/api/queues/%2F/crm_to_mes/get', LOGIN, 'POST')).status).toBe(401)
  })

  test('samples as the real one: newest first, running totals that never fall, on the clock', async () => {
    const { json } = await ask('/api/queues/%2F/crm_to_mes?lengths_age=3600&lengths_incr=60')
    const { samples } = Object(json).message_stats.publish_details
    expect(samples).toHaveLength(61)
    for (const [index, { sample, timestamp }] of samples.entries()) {
      expect(timestamp % 60_000).toBe(0)
      const newer = samples[index - 1]
      if (newer) expect(newer.timestamp - timestamp).toBe(60_000)
      if (newer) expect(newer.sample).toBeGreaterThanOrEqual(sample)
    }
  })

  test('says nothing of its queues before the company lives', async () => {
    const fresh = await startBroker({ port: 0, login: LOGIN, series: () => [], startedAt: NOW })
    const { json } = await ask(`http://127.0.0.1:${fresh.port}/api/queues/%2F/crm_to_mes`)
    expect(json).toMatchObject({ name: 'crm_to_mes' })
    expect(Object.keys(Object(json))).not.toContain('messages_ready')
    await fresh.stop()
  })

  test('is understood by the adapter, in full', async () => {
    const now = () => epochMs(NOW)
    const source = createRabbitSource(
      {
        baseUrl,
        vhost: '/',
        timeoutMs: 5_000,
        maxBytes: 1_000_000,
        fetch: createFetch({ baseUrl, basic: LOGIN, allowInsecure: true }),
        guard: createGuard({ source: 'rabbitmq', now }),
        now,
      },
      loadPipeline('lib/pipeline/alexandrite.yaml'),
    )
    const { facts, report } = await source.read()
    expect(report).toMatchObject({ state: 'ok', notes: [] })
    const queues = facts.flatMap((fact) => (fact.kind === 'queue' ? [fact] : []))
    expect(queues.map(({ queue }) => queue).sort()).toEqual([
      'crm_to_mes',
      'crm_to_mes.dlq',
      'mes_to_crm',
      'mes_to_crm.dlq',
    ])
    for (const { history } of queues) expect(history.length).toBeGreaterThan(50)
    const waiting = queues.find(({ queue }) => queue === 'crm_to_mes')
    expect(waiting).toMatchObject({ consumers: 0, unacked: 0 })
    expect(waiting?.ready).toBeGreaterThan(0)
    expect(NOW - (waiting?.headAt ?? NOW)).toBeGreaterThan(10 * 60_000)
    expect(queues.find(({ queue }) => queue === 'mes_to_crm')?.consumers).toBe(2)
    expect(await source.describe()).toMatchObject({ kind: 'seen', missing: [], mayLook: true })
  })
})

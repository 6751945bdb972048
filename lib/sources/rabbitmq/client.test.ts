// Long because every way in which an answer can be wrong stands beside the others.
import { describe, expect, test } from 'vitest'
import type { QueueFact } from '@/lib/journey/fact'
import { type EpochMs, epochMs } from '@/lib/journey/types'
import { createGuard } from '../create-guard'
import { createRabbitSource, type RabbitConfig } from './client'
import { findQueues } from './find-queues'
import { queuePipeline } from './fixtures/queue-pipeline'
import { findRecorded, RECORDED_AT, recordedBroker, type Twist } from './fixtures/recorded-broker'

const PIPELINE = queuePipeline({
  'crm->mes': { queues: ['mes.orders'], dlq: ['mes.orders.dead'] },
  'mes->crm': { queues: ['crm.notify'], dlq: ['crm.notify.dead'] },
})

function source(fetch: typeof globalThis.fetch, change: Partial<RabbitConfig> = {}) {
  const now = change.now ?? (() => RECORDED_AT)
  return createRabbitSource(
    {
      baseUrl: new URL('http://broker.test/'),
      vhost: 'orders',
      timeoutMs: 1_000,
      maxBytes: 1_000_000,
      fetch,
      guard: createGuard({ source: 'rabbitmq', now }),
      now,
      ...change,
    },
    PIPELINE,
  )
}

const read = (twist?: Twist) => source(recordedBroker(twist).fetch).read()

const queueIn = ({ facts }: Awaited<ReturnType<typeof read>>, name: string) =>
  facts.find((fact): fact is QueueFact => fact.kind === 'queue' && fact.queue === name)

const codes = ({ report }: Awaited<ReturnType<typeof read>>) =>
  (report.notes ?? []).map(({ code }) => code)

/** Changes what is said of one queue now. */
const twistQueue =
  (name: string, change: Readonly<Record<string, unknown>>): Twist =>
  (path, json) =>
    path.includes(`/${name}?`) && !path.includes('lengths_age')
      ? { ...Object(json), ...change }
      : json

describe('a recorded RabbitMQ 3.10.8', () => {
  test('gives every queue of the hand-offs', async () => {
    const { facts, report, alarms } = await read()
    expect(report).toMatchObject({ source: 'rabbitmq', state: 'ok', reason: null, notes: [] })
    expect(alarms).toEqual([])
    const queues = facts.filter((fact): fact is QueueFact => fact.kind === 'queue')
    expect(
      queues.map(({ queue, use, ready, unacked, consumers, published, acked }) => [
        queue,
        use,
        ready,
        unacked,
        consumers,
        published,
        acked,
      ]),
    ).toEqual([
      ['mes.orders.dead', 'set-aside', 0, 0, 0, null, null],
      ['crm.notify.dead', 'set-aside', 4, 0, 0, null, null],
      ['mes.orders', 'work', 5, 0, 0, 5, null],
      ['crm.notify', 'work', 0, 0, 0, 3, null],
    ])
    expect(queues.every(({ at, source: from }) => at === RECORDED_AT && from === 'rabbitmq')).toBe(
      true,
    )
  })

  test('has a history at the first look, of ten minutes closely', async () => {
    const history = queueIn(await read(), 'mes.orders')?.history ?? []
    const published = history.map((sample) => sample.published)
    expect(published.toSorted((a, b) => Number(a) - Number(b))).toEqual(published)
    expect(new Set(published)).toContain(2)
    const [first] = history
    expect(RECORDED_AT - Number(first?.at)).toBeGreaterThan(7 * 60_000)
    expect(history.every(({ at }, i) => i === 0 || at - Number(history[i - 1]?.at) >= 10_000)).toBe(
      true,
    )
  })

  test('has one by the minute where that is all the broker keeps', async () => {
    const answer = await read((path, json) =>
      path.startsWith('/api/overview')
        ? {
            ...Object(json),
            sample_retention_policies: { global: [60, 3_600], basic: [60, 3_600] },
          }
        : json,
    )
    const times = queueIn(answer, 'mes.orders')?.history.map(({ at }) => at) ?? []
    expect(times.length).toBeGreaterThan(3)
    expect(times.every((at) => at % 60_000 === 0)).toBe(true)
  })

  test('takes no zero from before the node began for an empty queue', async () => {
    const uptime = 120_000
    const answer = await read((path, json) =>
      path.startsWith('/api/nodes') ? [{ ...Object(json)[0], uptime }] : json,
    )
    const times = queueIn(answer, 'mes.orders')?.history.map(({ at }) => at) ?? []
    expect(times.length).toBeGreaterThan(0)
    expect(Math.min(...times)).toBeGreaterThanOrEqual(RECORDED_AT - uptime)
    const unknown = await read((path, json) => (path.startsWith('/api/nodes') ? [] : json))
    expect(queueIn(unknown, 'mes.orders')?.history).toEqual([])
  })

  test('says since when the oldest waits, and how the queue treats what fails', async () => {
    const answer = await read()
    const head = queueIn(answer, 'crm.notify.dead')?.headAt ?? 0
    expect(RECORDED_AT - head).toBeGreaterThan(0)
    expect(RECORDED_AT - head).toBeLessThan(3_600_000)
    expect(queueIn(answer, 'crm.notify')?.headAt).toBeNull()
    expect(queueIn(answer, 'mes.orders')?.headAt).toBeNull()
    const { attributes } = queueIn(answer, 'mes.orders') ?? {}
    expect(
      Object.entries(attributes ?? {}).map(([name, field]) => [name, field.value, field.class]),
    ).toEqual([
      ['queue_type', 'quorum', 'B'],
      ['queue_state', 'running', 'B'],
      ['delivery_limit', '3', 'B'],
      ['dead_letter_exchange', 'set', 'B'],
    ])
  })

  test('counts what was set aside, and what reached no queue, as rises', async () => {
    const { facts } = await read()
    const counters = facts.flatMap((fact) => (fact.kind === 'counter' ? [fact] : []))
    const sums = new Map<string, number>()
    for (const { counter, queue, by, since, at } of counters) {
      sums.set(`${counter} ${queue}`, (sums.get(`${counter} ${queue}`) ?? 0) + by)
      expect(since).toBeLessThan(at)
    }
    expect(sums.get('dead-lettered crm.notify.dead')).toBe(4)
    expect(sums.get('unroutable null')).toBeGreaterThanOrEqual(1)
    expect(new Set(counters.map(({ id }) => id)).size).toBe(counters.length)
  })

  test('is asked with GET for the queues of the hand-offs, and never for a message', async () => {
    const { fetch, asked } = recordedBroker()
    const methods = new Set<string>()
    await source(async (input, init) => {
      methods.add(init?.method ?? 'GET')
      return fetch(input, init)
    }).read()
    expect([...methods]).toEqual(['GET'])
    const paths = new Set(asked.map((path) => path.split('?')[0]))
    expect([...paths].sort()).toEqual([
      '/api/nodes',
      '/api/overview',
      '/api/queues/orders/crm.notify',
      '/api/queues/orders/crm.notify.dead',
      '/api/queues/orders/mes.orders',
      '/api/queues/orders/mes.orders.dead',
    ])
  })

  test('is asked once for all who ask within five seconds, and for its hour only once', async () => {
    const { fetch, asked } = recordedBroker()
    let time = RECORDED_AT
    const broker = source(fetch, { now: () => time })
    const [one, two] = await Promise.all([broker.read(), broker.read()])
    expect(two).toBe(one)
    expect(asked.filter((path) => path.includes('lengths_age=3600'))).toHaveLength(5)
    const before = asked.length
    time = epochMs(time + 6_000)
    const later = await broker.read()
    expect(asked.slice(before).filter((path) => path.includes('lengths_age=3600'))).toEqual([])
    const ids = new Set(later.facts.map(({ id }) => id))
    for (const fact of one.facts) if (fact.kind === 'counter') expect(ids).toContain(fact.id)
  })

  test('remembers its own readings with their consumers', async () => {
    let time: EpochMs = RECORDED_AT
    const broker = source(recordedBroker().fetch, { now: () => time })
    await broker.read()
    time = epochMs(RECORDED_AT + 30_000)
    const history = queueIn(await broker.read(), 'mes.orders')?.history
    expect(history).toContainEqual(expect.objectContaining({ at: RECORDED_AT, consumers: 0 }))
  })

  test('describes itself', async () => {
    const { fetch } = recordedBroker()
    const bare: typeof fetch = (input, init) =>
      String(input).includes('?')
        ? fetch(input, init)
        : fetch(
            String(input)
              .replace(/overview$/, OVERVIEW)
              .replace(/queues\/orders\/([\w.]+)$/, (_, name) => findQueuePath(name)),
            init,
          )
    expect(await source(bare).describe()).toEqual({
      kind: 'seen',
      version: '3.10.8',
      user: 'monitor',
      tags: ['monitoring'],
      hasVhost: true,
      mayLook: true,
      hasStatistics: true,
      missing: [],
    })
  })
})

const OVERVIEW =
  'overview?columns=rabbitmq_version%2Crates_mode%2Cdisable_stats%2Csample_retention_policies%2Cmessage_stats'
const findQueuePath = (name: string) =>
  `queues/orders/${name}?columns=name%2Ctype%2Cstate%2Cmessages%2Cmessages_ready%2Cmessages_ready_details%2Cmessages_unacknowledged%2Cmessages_unacknowledged_details%2Cconsumers%2Chead_message_timestamp%2Cmessage_stats%2Carguments%2Ceffective_policy_definition`

describe('what a queue does not say', () => {
  test.each([
    ['missing', {}],
    ['null', { messages_ready: null, messages_unacknowledged: null, consumers: null }],
    ['empty', { messages_ready: '', messages_unacknowledged: '', consumers: '' }],
  ])('is unknown, and named: %s', async (_, said) => {
    const answer = await read((path, json) =>
      path.includes('/mes.orders?') ? { name: 'mes.orders', ...said } : json,
    )
    expect(queueIn(answer, 'mes.orders')).toMatchObject({
      ready: null,
      unacked: null,
      consumers: null,
      published: null,
      acked: null,
      headAt: null,
      attributes: {},
    })
    expect(answer.report).toMatchObject({ state: 'partial', reason: 'figures-missing' })
  })

  test.each([
    ['negative', -1],
    ['a text', '3'],
    ['a fraction', 0.5],
    ['beyond all counts', 1e18],
    ['an object', {}],
  ])('is unknown where it is no count: %s', async (_, messages_ready) => {
    const answer = await read(twistQueue('mes.orders', { messages_ready }))
    expect(queueIn(answer, 'mes.orders')).toMatchObject({ ready: null, unacked: 0, consumers: 0 })
    expect(answer.report.notes).toEqual([
      { code: 'figures-rejected', values: { queue: 'mes.orders', count: 1 } },
    ])
  })

  test('costs only itself where it is no JSON, as with NaN', async () => {
    const answer = await read((path, json) =>
      path.includes('/mes.orders?') ? new Response('{"name":"mes.orders","messages":NaN}') : json,
    )
    expect(queueIn(answer, 'mes.orders')).toBeUndefined()
    expect(queueIn(answer, 'crm.notify')?.ready).toBe(0)
    expect(answer.report).toMatchObject({ state: 'partial', reason: 'malformed' })
    expect(codes(answer)).toEqual(['queue-unread'])
  })

  test('may be an empty list of statistics, and samples that are none', async () => {
    const answer = await read(
      twistQueue('mes.orders', {
        message_stats: [],
        messages_ready_details: { samples: [{ sample: 'x', timestamp: 'y' }] },
        messages_unacknowledged_details: 'none',
      }),
    )
    expect(queueIn(answer, 'mes.orders')).toMatchObject({ ready: 5, published: null })
  })
})

describe('what is not there, or not for us', () => {
  const missing = () =>
    Response.json({ error: 'Object Not Found', reason: 'Not Found' }, { status: 404 })
  const refuse = (reason: string, error = 'not_authorised') =>
    Response.json({ error, reason }, { status: 401 })

  test('a queue is named, and the others stand', async () => {
    const answer = await read((path, json) => (path.includes('/crm.notify?') ? missing() : json))
    expect(answer.report).toMatchObject({
      state: 'partial',
      reason: 'queue-missing',
      notes: [{ code: 'queue-missing', values: { queue: 'crm.notify' } }],
    })
    expect(queueIn(answer, 'mes.orders')?.ready).toBe(5)
  })

  test.each([
    ['orders', ['queue-missing', 'queue-missing', 'queue-missing', 'queue-missing']],
    ['other', ['vhost-missing']],
  ])('no queue at all is told from no virtual host: %s', async (vhost, expected) => {
    const { fetch } = recordedBroker()
    const answer = await source(async (input, init) =>
      String(input).includes('/queues/')
        ? missing()
        : String(input).endsWith('/vhosts')
          ? Response.json([{ name: vhost }])
          : fetch(input, init),
    ).read()
    expect(codes(answer)).toEqual(expected)
  })

  test.each([
    ['Login failed', 'not_authorized', 'refused-login'],
    ['Not management user', 'not_authorised', 'refused-tag'],
    ['Not monitor user', 'not_authorised', 'refused-tag'],
    ['User not authorised to access virtual host', 'not_authorised', 'refused-vhost'],
    ["ACCESS_REFUSED - read access to queue 'x' refused", 'not_authorised', 'refused-right'],
  ])('401 says which right is missing: %s', async (reason, error, expected) => {
    const answer = await read(() => refuse(reason, error))
    expect(answer).toMatchObject({
      facts: [],
      report: { state: 'missing', reason: expected, notes: [{ code: expected }] },
    })
  })

  test('401 without a body means that no login came through', async () => {
    const { status, text = '' } = findRecorded(RECORDED_LOGIN, '(none)')
    const answer = await read(() => new Response(text, { status }))
    expect(answer.report.reason).toBe('refused-login')
  })

  test('who was refused is not asked again for ten seconds', async () => {
    let time: EpochMs = RECORDED_AT
    let calls = 0
    const { fetch } = recordedBroker(() => {
      calls += 1
      return refuse('Login failed', 'not_authorized')
    })
    const broker = source(fetch, { now: () => time })
    await broker.read()
    const first = calls
    time = epochMs(time + 9_000)
    expect((await broker.read()).report.reason).toBe('refused-login')
    expect(calls).toBe(first)
    time = epochMs(time + 2_000)
    await broker.read()
    expect(calls).toBeGreaterThan(first)
  })

  test('a virtual host that is closed to us leaves the alarms', async () => {
    const answer = await read((path, json) => {
      if (path.includes('/queues/')) return refuse('User not authorised to access virtual host')
      return path.startsWith('/api/nodes') ? [{ ...Object(json)[0], mem_alarm: true }] : json
    })
    expect(answer.report).toMatchObject({ state: 'partial', reason: 'refused-vhost' })
    expect(answer.alarms).toEqual([{ kind: 'memory', at: RECORDED_AT }])
  })

  test('nodes that are down, and statistics that are off, are named', async () => {
    const answer = await read((path, json) => {
      if (path.startsWith('/api/nodes')) return [Object(json)[0], { name: 'b', running: false }]
      return path.startsWith('/api/overview') ? { ...Object(json), disable_stats: true } : json
    })
    expect(codes(answer)).toEqual(['statistics-off', 'node-down'])
  })
})

const RECORDED_LOGIN = '/api/overview'

describe('an answer that is none', () => {
  const answers = (response: () => Response) => () => source(async () => response()).read()

  test.each([
    ['a login page with 200', () => new Response('<html><form>'), 'malformed'],
    ['nothing', () => new Response(''), 'malformed'],
    ['another JSON', () => Response.json({ hello: 'world' }), 'malformed'],
    ['404 for everything', () => new Response('no', { status: 404 }), 'malformed'],
    ['500', () => new Response('oh', { status: 500 }), 'rejected'],
    ['too much', () => new Response('x'.repeat(1_000_001)), 'too-large'],
  ])('is an error: %s', async (_, response, fault) => {
    await expect(answers(response)).rejects.toMatchObject({ source: 'rabbitmq', fault })
  })

  test('is an error where a redirect leads elsewhere, and none is followed', async () => {
    const modes: (string | undefined)[] = []
    const broker = source(async (_, init) => {
      modes.push(init?.redirect)
      throw new TypeError('fetch failed', { cause: new Error('unexpected redirect') })
    })
    await expect(broker.read()).rejects.toMatchObject({ fault: 'unreachable' })
    expect(new Set(modes)).toEqual(new Set(['error']))
  })

  test('is waited for no longer than its time', async () => {
    const silent = source((_, init) => hang(init?.signal ?? null), { timeoutMs: 50 })
    await expect(silent.read()).rejects.toMatchObject({ fault: 'timeout' })
  })

  test.each([3_600_000, -3_600_000])(
    'of another time by %i ms, from a cache or a wrong clock, gives no figures',
    async (byMs) => {
      const now = () => epochMs(RECORDED_AT + byMs)
      const { facts, report } = await source(recordedBroker().fetch, { now }).read()
      expect(facts.filter(({ kind }) => kind === 'queue')).toEqual([])
      expect(report).toMatchObject({ state: 'stale', reason: 'figures-old' })
    },
  )

  test('without samples still says what is now, as where a range is not offered', async () => {
    const plain = new Map(
      PIPELINE_QUEUES.map((name) => [
        name,
        { name, messages_ready: 1, messages_unacknowledged: 0, consumers: 1 },
      ]),
    )
    const { fetch } = recordedBroker()
    const broker = source(async (input, init) => {
      const { pathname, searchParams } = new URL(String(input))
      if (pathname.endsWith('/nodes')) return fetch(input, init)
      if (searchParams.has('lengths_age'))
        return Response.json({ error: 'bad_request', reason: 'Invalid range' }, { status: 400 })
      if (pathname.endsWith('/overview')) return Response.json({ rabbitmq_version: '4.3.5' })
      return Response.json(plain.get(pathname.split('/').at(-1) ?? ''))
    })
    const answer = await broker.read()
    expect(answer.report.state).toBe('ok')
    expect(queueIn(answer, 'mes.orders')).toMatchObject({ ready: 1, consumers: 1, history: [] })
  })
})

const PIPELINE_QUEUES = ['mes.orders', 'mes.orders.dead', 'crm.notify', 'crm.notify.dead']

const hang = (signal: AbortSignal | null) =>
  new Promise<Response>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason))
  })

test('a queue that serves both ends is one for work', () => {
  const uses = findQueues(
    queuePipeline({ 'a->b': { queues: ['q'], dlq: ['d'] }, 'b->a': { queues: ['d'], dlq: ['q'] } }),
  )
  expect(Object.fromEntries(uses)).toEqual({ q: 'work', d: 'work' })
})

test('no queue is asked for where the company does not want it', () => {
  const pipeline = queuePipeline({ 'a->b': { queues: ['q'] } })
  const broker = { id: 'b', system: 'rabbitmq', coverage: 'traced', services: [] } as const
  const asking = (managementApi: boolean) =>
    findQueues({ ...pipeline, components: [{ ...broker, managementApi }] }).size
  expect([asking(true), asking(false)]).toEqual([1, 0])
})

test('a name that would be another path is never asked for', async () => {
  const asked: string[] = []
  const now = () => RECORDED_AT
  const { fetch } = recordedBroker()
  const broker = createRabbitSource(
    {
      baseUrl: new URL('http://broker.test/prefix'),
      vhost: '/',
      timeoutMs: 1_000,
      maxBytes: 1_000_000,
      guard: createGuard({ source: 'rabbitmq', now }),
      now,
      fetch: async (input, init) => {
        asked.push(new URL(String(input)).pathname)
        return String(input).includes('/queues/')
          ? Response.json({ name: 'x' })
          : fetch(String(input).replace('/prefix', ''), init)
      },
    },
    queuePipeline({ 'a->b': { queues: ['..', '../vhosts', 'a b/ü'] } }),
  )
  const { report } = await broker.read()
  expect(asked).not.toContain('/prefix/api/queues/')
  expect(asked.every((path) => path.startsWith('/prefix/api/'))).toBe(true)
  expect(asked).toContain('/prefix/api/queues/%2F/..%2Fvhosts')
  expect(asked).toContain('/prefix/api/queues/%2F/a%20b%2F%C3%BC')
  expect(report.notes).toContainEqual({ code: 'queue-missing', values: { queue: '..' } })
})

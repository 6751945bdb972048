// Long, because one look-up has many ways to go, each with its drawing.
import { describe, expect, test } from 'vitest'
import { epochMs } from '@/lib/journey/types'
import { CANARIES, DIGITS, ENCODINGS, tellsCanary } from '../fixtures/canaries'
import { AT } from '../fixtures/test-pipeline'
import { type Twist, toOtlp } from './fixtures/drawn-jaeger'
import { HOUR, NOW, ORDER, setUp } from './fixtures/drawn-look-up'
import { draw, pollTrace, traceId } from './fixtures/drawn-trace'
import type { RawSpan } from './raw-span'

const own = (trace: number, at = trace) => draw({ id: 1, trace, at, order: ORDER })
const isSearch = (url: URL) => url.pathname === '/api/v3/traces'

describe('a look-up', () => {
  test('finds a poll trace, cuts it and tells no foreign id', async () => {
    const { read } = setUp(pollTrace())
    const answer = await read({ moments: [AT] })
    expect(answer.facts).toHaveLength(7)
    expect(answer.report).toMatchObject({
      state: 'ok',
      notes: [{ code: 'other-orders-cut', values: { orders: 49 } }],
      systems: ['shop', 'crm', 'mes'],
    })
    expect(JSON.stringify(answer)).not.toMatch(/ORD-1000/)
  })

  test('asks for known ids beside one search, and no more where they cover every moment', async () => {
    const moments = [AT, epochMs(AT + 30 * HOUR)]
    const spans = [own(1, 0), own(2, 30 * HOUR)]
    const covered = setUp(spans)
    await covered.read({ traceIds: [traceId(1), traceId(2)], moments })
    expect([covered.gets().length, covered.searches().length]).toEqual([2, 1])

    const dark = setUp(spans)
    const { facts } = await dark.read({ traceIds: [traceId(2)], moments })
    expect([dark.gets().length, dark.searches().length]).toEqual([1, 2])
    expect(facts).toHaveLength(2)
  })

  test('follows links three traces deep, and no further', async () => {
    const chain = [1, 2, 3, 4, 5].map((trace) =>
      draw({ id: 1, trace, order: ORDER, links: [[trace + 1, 1]] }),
    )
    const { read, gets } = setUp(chain, (url) =>
      isSearch(url) ? Response.json({ result: {} }) : undefined,
    )
    const { facts } = await read({ traceIds: [traceId(1)], moments: [AT] })
    expect(facts.map((fact) => fact.traceId)).toEqual([1, 2, 3, 4].map(traceId))
    expect(gets()).toHaveLength(4)
  })

  test('follows at most twenty links', async () => {
    const links = Array.from({ length: 50 }, (_, index) => [index + 2, 1] as const)
    const { read, gets } = setUp([draw({ id: 1, order: ORDER, links })])
    await read({ traceIds: [traceId(1)], moments: [AT] })
    expect(gets()).toHaveLength(21)
  })

  //   moments  ──┼──┼──┼── … ──┼──▶   twenty, in 57 hours
  //   asked    ─────────────────▶    once
  test('makes one window of neighbours where twelve searches would not do', async () => {
    const moments = Array.from({ length: 20 }, (_, index) => epochMs(NOW - index * 3 * HOUR))
    const { read, searches } = setUp([own(1)])
    const { report } = await read({ moments })
    expect(searches()).toHaveLength(1)
    expect(report).toMatchObject({ state: 'ok', notes: [] })
  })

  test('makes at most twelve searches and names what they did not cover', async () => {
    const weeks = [0, 8, 16, 24].map((days) => epochMs(NOW - days * 24 * HOUR))
    const { read, searches } = setUp([own(1)], undefined, {
      dialect: 'v3',
      storage: 'elasticsearch',
    })
    const { report } = await read({ moments: weeks })
    expect(searches()).toHaveLength(12)
    expect(report).toMatchObject({ state: 'partial', reason: 'not-searched' })
    expect(report.notes).toContainEqual({
      code: 'not-searched',
      values: {
        service: 'mes',
        from: NOW - 24 * 24 * HOUR - HOUR,
        until: NOW - 16 * 24 * HOUR + HOUR,
      },
    })
  })

  test('halves a window that came back full, and says so where that is not enough', async () => {
    const many = Array.from({ length: 70 }, (_, index) => own(index + 1, index * 0.6 * HOUR))
    const halved = setUp(many)
    const answer = await halved.read({ createdAt: AT })
    expect(answer.facts).toHaveLength(70)
    expect(answer.report).toMatchObject({ state: 'ok', notes: [] })
    expect(halved.searches()).toHaveLength(3)

    const crowd = setUp(Array.from({ length: 70 }, (_, index) => own(index + 1, index)))
    const cut = await crowd.read({ createdAt: AT })
    expect(cut.report).toMatchObject({ state: 'partial', reason: 'possibly-cut' })
    expect(crowd.searches().length).toBeLessThanOrEqual(12)
  })

  test('halves the window of an answer that is too large', async () => {
    const big = 'x'.repeat(300)
    const spans = Array.from({ length: 20 }, (_, index) =>
      draw({ id: 1, trace: index + 1, at: index * 2 * HOUR, order: ORDER, tags: { big } }),
    )
    const { read } = setUp(spans, undefined, { maxBytes: 12_000 })
    const { facts, report } = await read({ createdAt: AT })
    expect(facts).toHaveLength(20)
    expect(report.state).toBe('ok')
  })

  test('says that answers were too large where no smaller window helps', async () => {
    const huge: Twist = (url) => (isSearch(url) ? new Response('x'.repeat(13_000)) : undefined)
    const { read, source, searches } = setUp([own(1)], huge, { maxBytes: 12_000 })
    const { facts, report } = await read({ traceIds: [traceId(1)], createdAt: AT })
    expect(facts).toHaveLength(1)
    expect(searches().length).toBeLessThanOrEqual(12)
    expect(report).toMatchObject({ state: 'partial', reason: 'too-large' })
    expect(report.notes).toContainEqual({ code: 'first-spans-only', values: { spans: 1 } })

    const nothing = await read({ createdAt: AT })
    expect(nothing.facts).toEqual([])
    expect(nothing.report).toMatchObject({ state: 'partial', reason: 'too-large' })
    expect(nothing.report.notes?.map(({ code }) => code)).not.toContain('first-spans-only')
    await expect(source.sight(ORDER)).rejects.toMatchObject({ fault: 'too-large' })
  })

  test('answers in part when time runs out, and names what is missing', async () => {
    const hang: Twist = (url, init) =>
      isSearch(url)
        ? new Promise<Response>((_, reject) =>
            init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)),
          )
        : undefined
    const { read } = setUp([own(1)], hang, { timeoutMs: 100 })
    const started = performance.now()
    const { facts, report } = await read({
      traceIds: [traceId(1)],
      moments: [epochMs(AT - 9 * HOUR), AT],
    })
    expect(performance.now() - started).toBeLessThan(400)
    expect(facts).toHaveLength(1)
    expect(report).toMatchObject({ state: 'partial', reason: 'timeout' })
    expect(report.notes?.map(({ code }) => code)).toEqual(['service-failed', 'not-searched'])
  })

  test('names a service whose search failed, and keeps the others', async () => {
    const fail: Twist = (url) =>
      url.searchParams.get('query.service_name') === 'mes'
        ? new Response('', { status: 500 })
        : undefined
    const { read } = setUp([own(1)], fail, { storage: 'cassandra' })
    const { facts, report } = await read({ moments: [AT] })
    expect(facts).toHaveLength(1)
    expect(report).toMatchObject({
      state: 'partial',
      reason: 'rejected',
      notes: [{ code: 'service-failed', values: { service: 'mes', fault: 'rejected' } }],
    })
  })

  test('asks service by service where the store cannot do without, and remembers it', async () => {
    const refuse: Twist = (url) =>
      isSearch(url) && !url.searchParams.has('query.service_name')
        ? Response.json(
            {
              error: {
                httpCode: 400,
                message: 'this storage backend requires a service name to search',
              },
            },
            { status: 400 },
          )
        : undefined
    const { read, searches } = setUp([own(1)], refuse)
    expect((await read({ moments: [AT] })).facts).toHaveLength(1)
    expect(searches()).toHaveLength(6)
    await read({ moments: [AT], createdAt: AT })
    expect(searches()).toHaveLength(11)
  })

  test('shares one answer between those who ask the same at once', async () => {
    const { read, searches, source } = setUp([own(1)])
    const [first, second] = await Promise.all([read({ moments: [AT] }), read({ moments: [AT] })])
    expect(second).toBe(first)
    expect(searches()).toHaveLength(1)
    expect(await source.sight(ORDER)).toBe(true)
  })

  test('filters again: what a pattern or an ignored filter found is not the order’s', async () => {
    const others = [
      draw({ id: 1, trace: 1, order: 'ORD-000018' }),
      draw({ id: 1, trace: 2, order: ORDER }),
    ]
    const everything: Twist = (url) => (isSearch(url) ? Response.json(toOtlp(others)) : undefined)
    const { read, source } = setUp([], everything)
    const answer = await read({ moments: [AT] })
    expect(answer.facts.map((fact) => fact.traceId)).toEqual([traceId(2)])
    expect(await source.sight('ORD-000019')).toBe(false)
  })

  test('counts spans of other environments by service', async () => {
    const { read } = setUp([
      own(1),
      draw({ id: 2, trace: 1, order: ORDER, environment: 'staging' }),
    ])
    const { facts, report } = await read({ moments: [AT] })
    expect(facts).toHaveLength(1)
    expect(report.notes).toEqual([
      { code: 'foreign-environment', values: { service: 'crm-api', spans: 1 } },
    ])
  })
})

describe('silence', () => {
  const html = () => new Response('<!doctype html><title>Log in</title>')

  test.each([
    ['malformed', html],
    ['malformed', () => Response.json({ data: 7 })],
    ['malformed', () => new Response('404 page not found', { status: 404 })],
    ['rejected', () => new Response('', { status: 500 })],
    ['rejected', () => new Response('', { status: 403 })],
    ['unreachable', () => Promise.reject(new TypeError('fetch failed'))],
    ['too-large', () => new Response('x'.repeat(2_000))],
  ] as const)('is a SourceError: %s', async (fault, twist) => {
    const { read, source } = setUp([], twist, { maxBytes: 1_000 })
    await expect(read({ moments: [AT] })).rejects.toMatchObject({ source: 'jaeger', fault })
    await expect(source.sight(ORDER)).rejects.toMatchObject({ fault })
    await expect(source.ordersOn(traceId(1))).rejects.toMatchObject({ fault })
  })

  test('is not taken for an empty answer when a search fails and none finds the order', async () => {
    const { source } = setUp([], (url) =>
      isSearch(url) ? new Response('', { status: 500 }) : undefined,
    )
    await expect(source.sight(ORDER)).rejects.toMatchObject({ fault: 'rejected' })
  })

  test('survives an answer that breaks off at any of 64 places', async () => {
    const whole = JSON.stringify(toOtlp([own(1)]))
    for (let part = 0; part < 64; part += 1) {
      const cut = whole.slice(0, Math.floor((whole.length * part) / 64))
      const { read } = setUp([own(1)], (url) => (isSearch(url) ? new Response(cut) : undefined))
      await expect(read({ moments: [AT] })).rejects.toMatchObject({ fault: 'malformed' })
    }
  })

  test('of a route that was there leads to a new probe', async () => {
    let gone = false
    const { read, asked } = setUp([own(1)], (url) =>
      gone && isSearch(url) ? new Response('404 page not found', { status: 404 }) : undefined,
    )
    await read({ moments: [AT] })
    gone = true
    const probes = () => asked.filter(({ pathname }) => pathname === '/api/v3/services').length
    expect(probes()).toBe(1)
    await expect(read({ moments: [AT], createdAt: AT })).rejects.toMatchObject({
      fault: 'malformed',
    })
    expect(probes()).toBe(2)
  })
})

test('no canary survives anywhere in an answer', async () => {
  const places: readonly ((secret: string, id: number) => RawSpan)[] = [
    (secret, id) => draw({ id, order: ORDER, tags: { 'exception.message': secret } }),
    (secret, id) => draw({ id, order: ORDER, tags: { [secret]: 'x' } }),
    (secret, id) =>
      draw({ id, order: ORDER, tags: { 'db.statement': secret, 'url.path': `/a/${secret}` } }),
    (secret, id) => draw({ id, order: ORDER, service: secret }),
    (secret, id) => draw({ id, order: ORDER, tags: { '@jaeger@warnings': [secret] } }),
    (secret, id) =>
      draw({
        id,
        order: ORDER,
        environment: 'prod',
        tags: { 'deployment.environment': secret },
      }),
    (secret, id) => draw({ id, under: 1, name: secret, tags: { 'aws.s3.key': secret } }),
    (secret, id) => ({
      ...draw({ id, order: ORDER }),
      links: [{ traceId: secret, spanId: secret }],
    }),
    (secret, id) =>
      draw({
        id,
        order: ORDER,
        events: [
          {
            name: secret,
            at: epochMs(AT + 1),
            tags: new Map([
              ['exception.message', secret],
              [secret, 'x'],
            ]),
          },
        ],
      }),
  ]
  // All places at once, every kind in every encoding: what is finite needs no chance.
  const kinds = Object.entries(CANARIES).filter(([kind]) => !DIGITS.includes(kind))
  const encodings = Object.entries(ENCODINGS).filter(([name]) => name !== 'truncated')
  for (const [kind, secret] of kinds) {
    for (const [encoding, encode] of encodings) {
      const hidden = places.map((place, index) => place(encode(secret), index + 2))
      const { read } = setUp([draw({ id: 1, order: ORDER }), ...hidden], undefined, {
        dialect: 'v3',
      })
      const answer = await read({ moments: [AT] })
      expect(answer.facts.length).toBeGreaterThan(places.length - 2)
      expect(tellsCanary(JSON.stringify(answer), secret), `${kind}, ${encoding}`).toBe(false)
    }
  }
})

import { describe, expect, test } from 'vitest'
import type { Fetch } from '../fetch-json'
import { createDialect } from './dialects'
import { draw } from './fixtures/drawn-trace'
import { legacyReply, readLegacy } from './legacy'
import type { ProbeResult, Storage } from './probe'
import { readV3, v3Reply } from './v3'

const WINDOW = { from: draw({ id: 0 }).start, until: draw({ id: 1 }).start }

async function asked(
  find: ProbeResult['find'],
  storage: Storage,
  attribute: string,
  orderId: string,
) {
  let url = new URL('http://unasked.test')
  const fetch: Fetch = async (input) => {
    url = new URL(String(input))
    return find === 'legacy' ? Response.json({ data: null }) : Response.json({ result: {} })
  }
  const dialect = createDialect(new URL('http://proxy.test/tracing'), storage, {
    find,
    get: find === 'legacy' ? 'legacy' : 'v3',
    serviceless: false,
  })
  const answer = await dialect.search({ service: 'mes', attribute, window: WINDOW }, orderId, {
    fetch,
    timeoutMs: 500,
    maxBytes: 1_000,
  })
  expect(answer).toMatchObject({ spans: [], rejected: 0 })
  return { path: url.pathname, ...Object.fromEntries(url.searchParams) }
}

describe('a search', () => {
  test('speaks v3 in snake case and RFC 3339, below the path of the address', async () => {
    expect(await asked('v3', 'memory', 'order.id', 'ALX-42')).toEqual({
      path: '/tracing/api/v3/traces',
      'query.service_name': 'mes',
      'query.attributes': '{"order.id":"ALX-42"}',
      'query.start_time_min': '2026-11-20T09:00:00.000Z',
      'query.start_time_max': '2026-11-20T09:00:00.001Z',
      'query.num_traces': '50',
      'query.raw_traces': 'true',
    })
  })

  test('speaks the legacy dialect in microseconds, and takes null for nothing', async () => {
    expect(await asked('legacy', 'memory', 'order.id', 'ALX-42')).toEqual({
      path: '/tracing/api/traces',
      service: 'mes',
      tags: '{"order.id":"ALX-42"}',
      start: '1795165200000000',
      end: '1795165200001000',
      limit: '50',
      raw: 'true',
    })
  })

  test('escapes what Elasticsearch reads as a pattern, and nowhere else', async () => {
    expect(await asked('legacy', 'elasticsearch', 'order.id', 'A.1*')).toMatchObject({
      tags: '{"order.id":"A\\\\.1\\\\*"}',
    })
    expect(await asked('legacy', 'unknown', 'order.id', 'A.1*')).toMatchObject({
      tags: '{"order.id":"A.1*"}',
    })
  })

  test('asks for a captured header in the form it is stored in', async () => {
    expect(await asked('v3', 'memory', 'messaging.header.x_order_id', 'A-1')).toMatchObject({
      'query.attributes': '{"messaging.header.x_order_id":"[\\"A-1\\"]"}',
    })
  })
})

const legacySpan = (change: object = {}) => ({
  traceID: '1111111111111111',
  spanID: '1',
  operationName: 'work',
  startTime: 1_795_165_200_000_123,
  duration: 1_500,
  processID: 'p1',
  ...change,
})

const legacyOf = (...spans: object[]) =>
  readLegacy(
    legacyReply.parse({
      data: [{ spans, processes: { p1: { serviceName: 'mes', tags: null } }, warnings: null }],
    }),
  )

const v3Span = (change: object = {}) => ({
  traceId: '00000000000000001111111111111111',
  spanId: '0000000000000001',
  name: 'work',
  startTimeUnixNano: '1795165200000123456',
  endTimeUnixNano: '1795165200001623456',
  ...change,
})

const v3Of = (...spans: object[]) =>
  readV3(v3Reply.parse({ result: { resourceSpans: [{ scopeSpans: [{ spans }] }] } }))

const CHILD = { refType: 'CHILD_OF', traceID: '1111111111111111', spanID: '2' }
const FOLLOWS = { refType: 'FOLLOWS_FROM', traceID: '1111111111111111', spanID: '3' }
const FAR = { refType: 'FOLLOWS_FROM', traceID: '2222222222222222', spanID: '4' }

describe('a span', () => {
  test('has microseconds, 32 digits and 16 in either dialect', async () => {
    const expected = {
      traceId: '00000000000000001111111111111111',
      spanId: '0000000000000001',
      start: 1_795_165_200_000.123,
      durationMs: 1.5,
      kind: 'unspecified',
      failed: false,
    }
    expect((await legacyOf(legacySpan())).spans).toMatchObject([expected])
    expect((await v3Of(v3Span())).spans).toMatchObject([expected])
  })

  //  CHILD_OF, else the first FOLLOWS_FROM of the same trace; the rest are links.
  test.each([
    [[CHILD], '2', []],
    [[FOLLOWS], '3', []],
    [[FAR], null, ['4']],
    [[FOLLOWS, CHILD], '2', ['3']],
    [[FAR, FOLLOWS], '3', ['4']],
    [[CHILD, FAR], '2', ['4']],
    [[], null, []],
  ] as const)('takes its parent from references %#', async (references, parent, links) => {
    const [span] = (await legacyOf(legacySpan({ references }))).spans
    expect(span?.parentId ?? null).toBe(parent && parent.padStart(16, '0'))
    expect(span?.links.map(({ spanId }) => spanId)).toEqual(links.map((id) => id.padStart(16, '0')))
  })

  test('uses parentSpanID where legacy has it, and a link of the same trace where v3 has no parent', async () => {
    expect(
      (await legacyOf(legacySpan({ parentSpanID: '7', references: [CHILD] }))).spans,
    ).toMatchObject([{ parentId: '0000000000000007', links: [{ spanId: '0000000000000002' }] }])
    const links = [{ traceId: '1111111111111111', spanId: '3' }]
    expect((await v3Of(v3Span({ links }))).spans).toMatchObject([
      { parentId: '0000000000000003', links: [] },
    ])
    expect((await v3Of(v3Span({ links, parentSpanId: '0000000000000003' }))).spans).toMatchObject([
      { parentId: '0000000000000003', links: [] },
    ])
  })

  test.each([
    { startTime: -1 },
    { startTime: 2 ** 60 },
    { startTime: '1795165200000123' },
    { duration: -5 },
    { duration: 2 ** 52 },
    { spanID: 'zz' },
    { traceID: '0' },
    { operationName: undefined },
    { tags: [{ value: 1 }] },
  ])('that cannot be read is counted, and costs no other: %j', async (change) => {
    expect(await legacyOf(legacySpan(change), legacySpan())).toMatchObject({
      rejected: 1,
      spans: [{}],
    })
  })

  test.each([
    { startTimeUnixNano: '-1' },
    { startTimeUnixNano: String(2n ** 63n) },
    { endTimeUnixNano: 'soon' },
    { endTimeUnixNano: '1795165200000000000' },
    { spanId: '' },
  ])('that v3 says wrongly is counted too: %j', async (change) => {
    expect(await v3Of(v3Span(change), v3Span(), 7 as never)).toMatchObject({
      rejected: 2,
      spans: [{}],
    })
  })

  test('takes values of every type, and of none', async () => {
    const values = {
      s: { stringValue: 'a' },
      i: { intValue: '9007199254740993' },
      n: { intValue: 5 },
      d: { doubleValue: 0.5 },
      b: { boolValue: true },
      list: { arrayValue: { values: [{ stringValue: 'x' }, { arrayValue: {} }] } },
      map: { kvlistValue: {} },
      bytes: { bytesValue: 'AQID' },
      none: {},
    }
    const attributes = Object.entries(values).map(([key, value]) => ({ key, value }))
    expect(Object.fromEntries((await v3Of(v3Span({ attributes }))).spans[0]?.tags ?? [])).toEqual({
      s: 'a',
      i: '9007199254740993',
      n: '5',
      d: 0.5,
      b: true,
      list: ['x', null],
      map: null,
      bytes: null,
      none: null,
    })
  })

  test('of a store that types everything as text is read alike', async () => {
    const tags = [
      { key: 'error', type: 'string', value: 'true' },
      { key: 'span.kind', type: 'string', value: 'consumer' },
    ]
    expect((await legacyOf(legacySpan({ tags }))).spans).toMatchObject([
      { failed: true, kind: 'consumer' },
    ])
    const unset = [{ key: 'error', type: 'string', value: 'unset' }]
    expect((await legacyOf(legacySpan({ tags: unset }))).spans).toMatchObject([{ failed: false }])
  })
})

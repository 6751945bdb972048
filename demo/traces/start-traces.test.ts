import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, send } from './contract'
import { type RunningTraces, startTraces } from './start-traces'

let traces: RunningTraces
let url = ''
beforeEach(async () => {
  traces = await startTraces({ port: 0, mode: 'main' })
  url = `http://127.0.0.1:${traces.port}`
})
afterEach(() => traces.stop())

const FROM = Date.parse('2026-11-20T08:00:00Z')
const WINDOW = 'query.start_time_min=2026-11-20T08:00:00Z&query.start_time_max=2026-11-20T10:00:00Z'

type Attribute = { readonly key: string; readonly value: object }

/** A trace of one span, so many minutes after the window opens. */
const otlp = (minute: number, attributes: readonly Attribute[] = [], change: object = {}) => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: String(minute).padStart(32, 'a'),
              spanId: '00000000000000aa',
              name: 'step',
              startTimeUnixNano: `${FROM + minute * 60_000}000000`,
              endTimeUnixNano: `${FROM + minute * 60_000 + 500}000000`,
              attributes,
              ...change,
            },
          ],
        },
      ],
    },
  ],
})

async function found(query: string): Promise<readonly string[]> {
  const { status, json } = await ask(url, `/api/v3/traces?${WINDOW}&${query}`)
  if (status === 404) return []
  return [...JSON.stringify(json).matchAll(/"traceId":"a+(\d+)"/g)].map(
    ([, minute]) => minute ?? '',
  )
}

const tag = (tags: Record<string, string>) =>
  `query.attributes=${encodeURIComponent(JSON.stringify(tags))}`
const array = (...texts: readonly string[]) => ({
  arrayValue: { values: texts.map((stringValue) => ({ stringValue })) },
})

describe('a search', () => {
  test('gives the newest first, and no more than asked for', async () => {
    for (const minute of [3, 9, 1, 7, 5]) await send(url, otlp(minute))
    expect(await found('query.num_traces=3')).toEqual(['9', '7', '5'])
    expect(await found('')).toEqual(['9', '7', '5', '3', '1'])
  })

  test('finds an array by its JSON, not by what is in it', async () => {
    await send(url, otlp(1, [{ key: 'messaging.header.x-order-id', value: array('ORD-1') }]))
    expect(await found(tag({ 'messaging.header.x-order-id': '["ORD-1"]' }))).toEqual(['1'])
    expect(await found(tag({ 'messaging.header.x-order-id': 'ORD-1' }))).toEqual([])
  })

  test('asks all of one span', async () => {
    const a = { key: 'a', value: { stringValue: '1' } }
    const b = { key: 'b', value: { intValue: 2 } }
    await send(url, otlp(1, [a, b]))
    await send(url, otlp(2, [a]))
    await send(url, otlp(2, [b], { spanId: '00000000000000ab' }))
    expect(await found(tag({ a: '1', b: '2' }))).toEqual(['1'])
    expect(new Set(await found(tag({ a: '1' })))).toEqual(new Set(['1', '2']))
  })

  test('sees attributes of resources, scopes, events and links, and values of any length', async () => {
    const long = 'x'.repeat(1_000)
    const text = (key: string, stringValue: string) => [{ key, value: { stringValue } }]
    await send(
      url,
      otlp(1, text('long', long), {
        events: [{ timeUnixNano: '1', name: 'e', attributes: text('of.event', 'e') }],
        links: [
          { traceId: 'b'.repeat(32), spanId: 'c'.repeat(16), attributes: text('of.link', 'l') },
        ],
      }),
    )
    for (const tags of [
      { 'of.event': 'e' },
      { 'of.link': 'l' },
      { long },
      { 'service.name': 'shop' },
      { 'resource.service.name': 'shop' },
      { error: 'false' },
    ])
      expect(await found(tag(tags)), JSON.stringify(tags).slice(0, 40)).toEqual(['1'])
    for (const tags of [
      { 'of.event': 'x' },
      { 'resource.long': long },
      { error: 'true' },
      { constructor: 'x' },
    ])
      expect(await found(tag(tags as Record<string, string>))).toEqual([])
  })

  test('summarises what it finds', async () => {
    await send(url, otlp(1, [], { status: { code: 2 } }))
    await send(url, otlp(1, [], { spanId: '00000000000000ab', parentSpanId: '00000000000000ff' }))
    expect((await ask(url, `/api/v3/trace-summaries?${WINDOW}`)).json).toEqual({
      summaries: [
        {
          traceId: '1'.padStart(32, 'a'),
          rootServiceName: 'shop',
          rootOperationName: 'step',
          minStartTimeUnixNano: `${FROM + 60_000}000000`,
          maxEndTimeUnixNano: `${FROM + 60_500}000000`,
          spanCount: 2,
          errorSpanCount: 1,
          orphanSpanCount: 1,
          services: [{ name: 'shop', spanCount: 2, errorSpanCount: 1 }],
        },
      ],
    })
  })
})

describe('POST /v1/traces', () => {
  const post = (body: BodyInit, headers: Record<string, string>) =>
    fetch(`${url}/v1/traces`, { method: 'POST', body, headers })
  const json = { 'content-type': 'application/json' }

  test('takes gzip', async () => {
    const body = gzipSync(JSON.stringify(otlp(1)))
    expect((await post(body, { ...json, 'content-encoding': 'gzip' })).status).toBe(200)
    expect(await found('')).toEqual(['1'])
  })

  test.each([
    ['protobuf', 'x', { 'content-type': 'application/x-protobuf' }, 415],
    ['no JSON', '{bad', json, 400],
    ['no OTLP', '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"zz"}]}]}]}', json, 400],
    ['no gzip', 'x', { ...json, 'content-encoding': 'gzip' }, 400],
  ])('refuses %s', async (_, body, headers, status) => {
    expect((await post(body, headers)).status).toBe(status)
    expect(await found('')).toEqual([])
  })
})

test('a link to the parent replaces it, and other links follow', async () => {
  const parent = { traceId: '1'.padStart(32, 'a'), spanId: '00000000000000aa' }
  const other = { traceId: `${'0'.repeat(16)}${'b'.repeat(16)}`, spanId: 'c'.repeat(16) }
  await send(url, otlp(1))
  await send(
    url,
    otlp(1, [], {
      spanId: '00000000000000ab',
      parentSpanId: '00000000000000aa',
      links: [other, parent],
    }),
  )
  const { json } = await ask(url, `/api/traces/${parent.traceId}`)
  expect(json).toMatchObject({
    data: [
      {
        spans: [
          { references: [] },
          {
            references: [
              { refType: 'FOLLOWS_FROM', traceID: parent.traceId, spanID: parent.spanId },
              { refType: 'FOLLOWS_FROM', traceID: 'b'.repeat(16), spanID: other.spanId },
            ],
          },
        ],
      },
    ],
  })
})

test('the page of a trace writes what a span says as text', async () => {
  await send(url, otlp(1, [{ key: '<i>', value: { stringValue: '<script>' } }], { name: '<b>"x"' }))
  const { text = '' } = await ask(url, `/trace/${'1'.padStart(32, 'a')}`)
  expect(text).toContain('&lt;b&gt;&quot;x&quot;')
  expect(text).toContain('&lt;i&gt; = &lt;script&gt;')
  expect(text).not.toMatch(/<script|<b>|<i>/)
  expect((await ask(url, '/trace/ff')).status).toBe(404)
  expect((await ask(url, '/')).text).toMatch(/JAEGER_VERSION = \{"gitCommit"/)
})

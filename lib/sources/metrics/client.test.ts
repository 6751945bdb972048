// Long, because what is answered to each question stands beside what is made of it.
import { describe, expect, test } from 'vitest'
import type { PartDef } from '@/lib/journey/pipeline'
import { epochMs } from '@/lib/journey/types'
import { createGuard } from '../create-guard'
import { testPipeline } from '../fixtures/test-pipeline'
import { createMetricsSource } from './client'

const NOW = epochMs(1_795_263_099_000)
const MINUTE = 60_000

type Labels = Readonly<Record<string, string>>
/** What is answered to a question that fits: values by their labels, a status, or a page. */
type Answers = readonly (readonly [
  RegExp,
  readonly (readonly [Labels, string])[] | number | string,
])[]

const NAMES = [
  'traces_span_metrics_calls_total',
  'traces_span_metrics_duration_milliseconds_bucket',
  'price_calculations_in_progress',
  'rabbitmq_detailed_queue_messages_ready',
  'rabbitmq_detailed_queue_messages_unacked',
  'rabbitmq_detailed_queue_consumers',
  'rabbitmq_detailed_queue_head_message_timestamp',
  'rabbitmq_detailed_channel_messages_acked_total',
  'rabbitmq_global_messages_unroutable_dropped_total',
  'rabbitmq_global_messages_dead_lettered_rejected_total',
]

/** A store that says what is given, and nothing else; its questions are noted. */
function store(
  answers: Answers,
  { names = NAMES, vhost = null as string | null, parts = [] as readonly PartDef[] } = {},
) {
  const asked: string[] = []
  const fetch: typeof globalThis.fetch = async (input) => {
    const url = new URL(`${input}`)
    if (url.pathname.endsWith('/values')) return Response.json({ status: 'success', data: names })
    const query = url.searchParams.get('query') ?? ''
    asked.push(`${url.pathname.split('/').at(-1)} ${query}`)
    const answer = answers.find(([fits]) => fits.test(query))?.[1] ?? []
    if (typeof answer === 'number')
      return Response.json(
        { status: 'error', errorType: 'execution', error: '' },
        { status: answer },
      )
    if (typeof answer === 'string') return new Response(answer)
    const isRange = url.pathname.endsWith('/query_range')
    const at = NOW / 1_000
    const result = answer.map(([metric, value]) =>
      isRange
        ? {
            metric,
            values: [
              [at - 30, value],
              [at, value],
            ],
          }
        : { metric, value: [at, value] },
    )
    const resultType = isRange ? 'matrix' : 'vector'
    return Response.json({ status: 'success', data: { resultType, result } })
  }
  const source = createMetricsSource(
    {
      baseUrl: new URL('http://metrics.test'),
      names: {},
      vhost,
      timeoutMs: 1_000,
      maxBytes: 1_000_000,
      fetch,
      guard: createGuard({ source: 'prometheus', now: () => NOW, inFlight: 16 }),
      now: () => NOW,
    },
    { ...pipeline(), parts },
  )
  return { asked, source }
}

const both = (text: string) => ({ en: text, ru: text })

const pipeline = () =>
  testPipeline({
    systems: [
      { id: 'shop', kind: 'service', label: both('Shop'), optional: false },
      { id: 'mes', kind: 'service', label: both('MES'), optional: false },
      { id: 'rabbitmq', kind: 'broker', label: both('Queue'), optional: false },
    ],
    components: [
      { id: 'shop-api', system: 'shop', coverage: 'traced', services: ['shop-api'] },
      { id: 'mes-api', system: 'mes', coverage: 'traced', services: ['mes-api'] },
      { id: 'web', system: 'shop', coverage: 'none', services: ['shop-web'] },
    ],
    pricing: { system: 'mes', within: 'SUBMITTED', spans: /^CalculatePrice$/, limits: [] },
    handoffs: [
      {
        from: 'shop',
        to: 'mes',
        transport: 'amqp',
        longestOperationMs: 0,
        giveUpAfter: 2,
        limits: [],
        queues: ['to_mes'],
        dlq: ['to_mes.dlq'],
      },
    ],
  })

const of = (service_name: string, more: Labels = {}): Labels => ({ service_name, ...more })
const CALLS = /^sum by \(service_name,status_code\) .*calls_total/
const BUCKETS = /^sum by \(service_name,le\)/

describe('systems', () => {
  test('have calls, errors and a percentile, and their busiest operations', async () => {
    const { source, asked } = store([
      [
        CALLS,
        [
          [of('mes-api', { status_code: 'STATUS_CODE_UNSET' }), '1.9'],
          [of('mes-api', { status_code: 'STATUS_CODE_ERROR' }), '0.1'],
          [of('shop-api', { status_code: 'STATUS_CODE_UNSET' }), '0.5'],
        ],
      ],
      [
        BUCKETS,
        [
          [of('mes-api', { le: '100' }), '1'],
          [of('mes-api', { le: '1000' }), '1.5'],
          [of('mes-api', { le: '+Inf' }), '2'],
          [of('shop-api', { le: '100' }), '0'],
          [of('shop-api', { le: '+Inf' }), '0'],
        ],
      ],
      [
        /^topk by \(service_name\) \(3/,
        [
          [of('mes-api', { span_name: 'GET /orders' }), '1'],
          [of('mes-api', { span_name: 'GET /orders/ORD-000123' }), '1'],
        ],
      ],
      [/^topk by \(service_name\) \(2/, [[of('mes-api', { span_name: 'CalculatePrice' }), '0.01']]],
      [
        /^sum by \(service_name,span_name,status_code\) .*span_kind=/,
        [[of('mes-api', { span_name: 'GET /orders', status_code: 'STATUS_CODE_UNSET' }), '1']],
      ],
      [
        /^sum by \(service_name,span_name,status_code\) .*CalculatePrice/,
        [
          [
            of('mes-api', { span_name: 'CalculatePrice', status_code: 'STATUS_CODE_ERROR' }),
            '0.01',
          ],
        ],
      ],
      [/in_progress/, [[{}, '3']]],
    ])
    const { readings, report } = await source.systems()

    const figures = { at: NOW, windowMs: 300_000, p95Ms: null, p95AtLeast: false, inProgress: null }
    expect(readings).toEqual([
      {
        ...figures,
        system: 'shop',
        service: 'shop-api',
        operation: null,
        callsPerMinute: 30,
        errorRatio: 0,
      },
      {
        ...figures,
        system: 'mes',
        service: 'mes-api',
        operation: null,
        callsPerMinute: 120,
        errorRatio: 0.05,
        p95Ms: 1_000,
        p95AtLeast: true,
        inProgress: 3,
      },
      {
        ...figures,
        system: 'mes',
        service: 'mes-api',
        operation: 'GET /orders',
        callsPerMinute: 60,
        errorRatio: 0,
      },
      {
        ...figures,
        system: 'mes',
        service: 'mes-api',
        operation: 'CalculatePrice',
        callsPerMinute: 0.6,
        errorRatio: 1,
      },
    ])
    expect(report).toMatchObject({ source: 'prometheus', state: 'ok', systems: ['shop', 'mes'] })
    expect(asked.length).toBeLessThanOrEqual(9)
  })

  test('tell of a configured part by itself, by all names that its pattern fits', async () => {
    const parts = [{ id: 'catalogue', system: 'shop', spans: /^GET \/catalogue/ }] as const
    const calls = /^sum by \(service_name,status_code\) .*span_name=~"(.*)"/
    const { source, asked } = store(
      [[calls, [[of('shop-api', { status_code: 'STATUS_CODE_ERROR' }), '1']]]],
      { parts },
    )
    const { readings } = await source.systems()
    expect(readings.filter(({ part }) => part)).toMatchObject([
      { part: 'catalogue', system: 'shop', operation: null, callsPerMinute: 60, errorRatio: 1 },
    ])
    const question = asked.find((one) => one.includes('catalogue'))
    expect(question).toContain('service_name=~"shop-api|shop-web"')
    expect(question).toContain(String.raw`span_name=~".*(?:^GET \\/catalogue).*"`)
  })

  test('that say nothing have no figures', async () => {
    const { source } = store([])
    const { readings, report } = await source.systems()
    expect(readings.map(({ service }) => service)).toEqual(['shop-api', 'mes-api'])
    for (const { callsPerMinute, errorRatio, p95Ms, inProgress } of readings)
      expect([callsPerMinute, errorRatio, p95Ms, inProgress]).toEqual([null, null, null, null])
    expect(report.state).toBe('ok')
  })

  test('without calls have no share of errors', async () => {
    const idle = [[of('mes-api', { status_code: 'STATUS_CODE_UNSET' }), '0']] as const
    const { source } = store([[CALLS, idle]])
    expect((await source.systems()).readings[1]).toMatchObject({
      callsPerMinute: 0,
      errorRatio: null,
    })
  })

  test.each(['NaN', '+Inf', '-Inf', '-7'])('never show %s', async (value) => {
    const labels = [
      of('mes-api', { status_code: 'STATUS_CODE_ERROR', le: '10' }),
      of('mes-api', { le: '+Inf' }),
    ]
    const bad = labels.map((one) => [one, value] as const)
    const { source } = store([[/./, bad]])
    for (const { callsPerMinute, errorRatio, p95Ms, inProgress } of (await source.systems())
      .readings)
      for (const figure of [callsPerMinute, errorRatio, p95Ms, inProgress])
        expect(figure === null || (Number.isFinite(figure) && figure >= 0)).toBe(true)
  })

  test('are told apart from a store that has none of it', async () => {
    const { source } = store([], { names: ['up'] })
    expect((await source.systems()).report).toMatchObject({ state: 'partial', reason: 'no-series' })
  })

  test('are what is left where a question fails', async () => {
    const { source } = store([
      [BUCKETS, 422],
      [CALLS, [[of('mes-api', { status_code: 'STATUS_CODE_UNSET' }), '1']]],
    ])
    const { readings, report } = await source.systems()
    expect(readings[1]).toMatchObject({ callsPerMinute: 60, p95Ms: null })
    expect(report).toMatchObject({ state: 'partial', reason: 'rejected' })
  })

  test('are a fault where every question fails', async () => {
    await expect(store([[/./, 503]]).source.systems()).rejects.toMatchObject({ fault: 'rejected' })
    await expect(store([[/./, '<!doctype html>']]).source.systems()).rejects.toMatchObject({
      fault: 'malformed',
    })
  })
})

const queue = (name: string, vhost = '/'): Labels => ({ queue: name, vhost })
const STAMP: Answers[number] = [/timestamp\(/, [[queue('to_mes'), `${NOW / 1_000 - 12}`]]]

describe('queues', () => {
  test('are read now and over the last hour', async () => {
    const { source, asked } = store([
      STAMP,
      [/messages_ready/, [[queue('to_mes'), '4']]],
      [/messages_unacked/, [[queue('to_mes'), '1']]],
      [/queue_consumers/, [[queue('to_mes'), '0']]],
      [/head_message/, [[queue('to_mes'), '1795262000']]],
      [/rate.*acked/, [[queue('to_mes'), '0.1']]],
    ])
    const { facts, report } = await source.read([])
    const figures = { ready: 4, unacked: 1, consumers: 0, published: null, redelivered: null }
    expect(facts).toEqual([
      {
        kind: 'queue',
        id: 'prometheus:queue:to_mes',
        source: 'prometheus',
        system: 'rabbitmq',
        queue: 'to_mes',
        use: 'work',
        at: NOW - 12_000,
        ...figures,
        acked: 6,
        headAt: 1_795_262_000_000,
        history: [{ at: NOW - 42_000, ...figures, acked: 3 }],
        attributes: {},
      },
    ])
    expect(report).toMatchObject({ source: 'prometheus', state: 'ok', systems: ['rabbitmq'] })
    expect(asked.find((one) => one.includes('messages_ready'))).toContain(
      'queue=~"to_mes|to_mes\\\\.dlq"',
    )
  })

  test('of one name in two virtual hosts are nobody’s, unless it is known which', async () => {
    const two = [
      [queue('to_mes'), '4'],
      [queue('to_mes', 'test'), '9'],
    ] as const
    const answers: Answers = [STAMP, [/messages_ready/, two]]
    expect((await store(answers).source.read([])).facts).toEqual([])
    const { source, asked } = store(answers, { vhost: 'a"b' })
    await source.read([])
    expect(asked.join('\n')).toContain('vhost="a\\"b"')
  })

  test.each(['NaN', '-3', '+Inf'])('have no figure where it is %s', async (value) => {
    const { source } = store([
      STAMP,
      [/messages_ready/, [[queue('to_mes'), value]]],
      [/queue_consumers/, [[queue('to_mes'), '2']]],
    ])
    expect((await source.read([])).facts).toMatchObject([
      { ready: null, unacked: null, consumers: 2 },
    ])
  })

  test('that nobody has asked for five minutes are not there', async () => {
    const { source } = store([
      [/timestamp\(/, [[queue('to_mes'), `${NOW / 1_000 - 301}`]]],
      [/messages_ready/, [[queue('to_mes'), '4']]],
    ])
    const { facts, report } = await source.read([])
    expect(facts).toEqual([])
    expect(report).toMatchObject({ state: 'partial', reason: 'no-series' })
  })
})

describe('counters', () => {
  const moment = epochMs(NOW - 60 * MINUTE)

  test('say what rose in the minute of a moment', async () => {
    const rises = [
      [{ counter: 'unroutable' }, '1.2'],
      [{ counter: 'discarded' }, '0'],
      [{ counter: 'dead-lettered' }, 'NaN'],
      [{ counter: 'else' }, '9'],
    ] as const
    const { source } = store([[/increase/, rises]])
    const { facts } = await source.read([moment])
    const minute = Math.floor(moment / MINUTE) * MINUTE
    expect(facts.filter(({ at }) => at < NOW - 30 * MINUTE)).toEqual([
      {
        kind: 'counter',
        id: `prometheus:unroutable:${minute}`,
        source: 'prometheus',
        system: 'rabbitmq',
        counter: 'unroutable',
        queue: null,
        at: minute + 2 * MINUTE,
        since: minute - MINUTE / 2,
        by: 1,
        attributes: {},
      },
    ])
  })

  test('are asked for eight minutes at most, and for one that is over once', async () => {
    const { source, asked } = store([])
    const moments = Array.from({ length: 50 }, (_, i) => epochMs(moment - i * MINUTE))
    await source.read(moments)
    const count = () => asked.filter((one) => one.includes('increase')).length
    expect(count()).toBe(8)
    await source.read(moments)
    expect(count()).toBe(8)
  })

  test('cost themselves where they cannot be read', async () => {
    const { source } = store([
      [/increase/, 422],
      STAMP,
      [/messages_ready/, [[queue('to_mes'), '4']]],
    ])
    const { facts, report } = await source.read([moment])
    expect(facts).toHaveLength(1)
    expect(report).toMatchObject({ state: 'partial', reason: 'rejected' })
  })
})

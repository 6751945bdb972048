import { env } from 'node:process'
import { context, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { permitted } from '@/lib/access/fixtures/permitted'
import { epochMs } from '@/lib/journey/types'
import { createGuard } from '@/lib/sources/create-guard'
import { testPipeline } from '@/lib/sources/fixtures/test-pipeline'
import { createJaegerSource } from '@/lib/sources/jaeger/client'
import { mode } from './mode'
import { type RunningTraces, startTraces } from './start-traces'

// One order as a real SDK tells it, sent to every server there is: the adapter must make the same of each.

const orderId = `ORD-${String(Date.now()).slice(-9)}`
const startMs = Date.now() - 60_000

/**
 *   shop   POST /orders ─┬─ orders publish
 *                        └─ (link) ─▶ mes   orders process ── calculate_price  failed
 */
function tell() {
  const told = new InMemorySpanExporter()
  const tracerOf = (service: string) =>
    new BasicTracerProvider({
      resource: resourceFromAttributes({ 'service.name': service }),
      spanProcessors: [new SimpleSpanProcessor(told)],
    }).getTracer('demo', '1.0')
  const shop = tracerOf('shop-api')
  const mes = tracerOf('mes-api')
  const of = { 'order.id': orderId }

  const post = shop.startSpan('POST /orders', {
    kind: SpanKind.SERVER,
    startTime: startMs,
    attributes: { ...of, 'http.request.method': 'POST', 'http.response.status_code': 201 },
  })
  const publish = shop.startSpan(
    'orders publish',
    {
      kind: SpanKind.PRODUCER,
      startTime: startMs + 10,
      attributes: { ...of, 'messaging.destination.name': 'crm_to_mes' },
    },
    trace.setSpan(context.active(), post),
  )
  publish.end(startMs + 15)
  post.end(startMs + 20)

  const process = mes.startSpan('orders process', {
    kind: SpanKind.CONSUMER,
    startTime: startMs + 1_000,
    attributes: { 'messaging.header.x-order-id': [orderId], 'messaging.batch.message_count': 1 },
    links: [{ context: { ...publish.spanContext(), traceFlags: TraceFlags.SAMPLED } }],
  })
  const price = mes.startSpan(
    'calculate_price',
    { startTime: startMs + 1_010, attributes: of },
    trace.setSpan(context.active(), process),
  )
  price.addEvent('exception', { 'exception.type': 'MeshException' }, startMs + 1_500)
  price.setStatus({ code: SpanStatusCode.ERROR, message: 'mesh has holes' })
  price.end(startMs + 1_600)
  process.end(startMs + 1_700)
  return told.getFinishedSpans()
}

const spans = tell()

async function send(otlpUrl: string): Promise<void> {
  const exporter = new OTLPTraceExporter({ url: new URL('/v1/traces', otlpUrl).href })
  const { code, error } = await new Promise<{ code: number; error?: Error }>((resolve) =>
    exporter.export(spans, resolve),
  )
  await exporter.shutdown()
  if (code !== 0) throw error ?? new Error('Not taken')
}

async function read(baseUrl: string, known: boolean) {
  const now = () => epochMs(startMs + 60_000)
  const source = createJaegerSource(
    {
      baseUrl: new URL(baseUrl),
      dialect: 'auto',
      storage: 'memory',
      timeoutMs: 8_000,
      maxBytes: 10_000_000,
      fetch,
      guard: createGuard({ source: 'jaeger', now }),
      now,
    },
    testPipeline(),
  )
  const { facts, report } = await source.read(await permitted(orderId), {
    traceIds: known ? spans.map((span) => span.spanContext().traceId) : [],
    moments: [epochMs(startMs)],
    createdAt: epochMs(startMs),
  })
  return { facts: facts.toSorted((a, b) => a.at - b.at), state: report.state }
}

const { JAEGER_URL = '', JAEGER_OTLP_URL = '' } = env
const isThere = JAEGER_URL !== '' && JAEGER_OTLP_URL !== ''
const why = isThere ? '' : ' (skipped: JAEGER_URL and JAEGER_OTLP_URL are not set)'

describe('the adapter asks', () => {
  const running = new Map<string, RunningTraces>()
  const urlOf = (name: string) => `http://127.0.0.1:${running.get(name)?.port}`

  beforeAll(async () => {
    for (const name of mode.options) {
      running.set(name, await startTraces({ port: 0, mode: name }))
      await send(urlOf(name))
    }
  })
  afterAll(() => Promise.all([...running.values()].map((one) => one.stop())))

  test.each(mode.options)('the stand-in as %s, and hears all of the order', async (name) => {
    const { facts, state } = await read(urlOf(name), true)
    expect(state).toBe('ok')
    expect(facts.map(({ name: operation, system, failed }) => [operation, system, failed])).toEqual(
      [
        ['POST /orders', 'shop', false],
        ['orders publish', 'shop', false],
        ['orders process', 'mes', false],
        ['calculate_price', 'mes', true],
      ],
    )
    expect(facts).toEqual((await read(urlOf('v2.20'), true)).facts)
  })

  test.each(mode.options)('the stand-in as %s, and finds the order by a search', async (name) => {
    expect((await read(urlOf(name), false)).facts).toEqual((await read(urlOf('v2.20'), true)).facts)
  })

  test.skipIf(!isThere)(`a real Jaeger, and hears the same${why}`, async () => {
    await send(JAEGER_OTLP_URL)
    const { facts } = await read(urlOf('v2.20'), true)
    await vi.waitUntil(async () => (await read(JAEGER_URL, true)).facts.length === facts.length, {
      timeout: 20_000,
      interval: 500,
    })
    expect((await read(JAEGER_URL, true)).facts).toEqual(facts)
    expect((await read(JAEGER_URL, false)).facts).toEqual(facts)
  })
})

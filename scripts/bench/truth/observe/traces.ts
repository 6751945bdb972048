import type { Heartbeat } from '@/lib/journey/heartbeat'
import type { Pipeline } from '@/lib/journey/pipeline'
import { epochMs } from '@/lib/journey/types'
import type { Listening, TracesAnswer } from '@/lib/sources/answers'
import { attributeOrders } from '@/lib/sources/jaeger/attribute-orders'
import { chooseSpans } from '@/lib/sources/jaeger/choose-spans'
import type { RawSpan } from '@/lib/sources/jaeger/raw-span'
import type { TrueSpan, Truth } from '../world/truth'
import { createOnce } from './once'
import type { Sight } from './sight'

type Asked = {
  readonly sight: Sight
  readonly pipeline: Pipeline
  readonly now: number
  readonly skew: Readonly<Record<string, number>>
}

/** Whose spans are missing where the trace store answers in part. */
const UNANSWERED = 'mes-api'

/** What the trace store says of the order, by the product's own reading of its spans. */
export function readTraces(truth: Truth, asked: Asked): TracesAnswer {
  const { sight, pipeline, now } = asked
  const systems = [
    ...new Set(
      pipeline.components.filter(({ coverage }) => coverage === 'traced').map((one) => one.system),
    ),
  ]
  const report = {
    source: 'jaeger',
    reason: null,
    asOf: null,
    askedAt: epochMs(now),
    tookMs: 5,
    systems,
  } as const
  if (sight.traces === 'down')
    return {
      facts: [],
      otherOrders: {},
      report: { ...report, state: 'missing', reason: 'timeout' },
    }

  const { preset, exportMs, sampled } = sight
  const key = [now, preset, sight.traces, exportMs, sampled].join()
  const { facts, otherOrders } = once(truth, key, () => readSpans(truth, asked))
  const cut = { code: 'service-failed', values: { service: UNANSWERED, fault: 'timeout' } } as const
  const isPartial = sight.traces === 'partial'
  return {
    facts,
    otherOrders,
    report: {
      ...report,
      state: isPartial ? 'partial' : 'ok',
      reason: isPartial ? 'timeout' : null,
      notes: isPartial ? [cut] : [],
    },
  }
}

const once = createOnce<Truth, Pick<TracesAnswer, 'facts' | 'otherOrders'>>()

function readSpans(truth: Truth, asked: Asked) {
  const raw = truth.spans
    .filter((span) => isFound(span, asked))
    .map((span) => toRaw(span, truth, asked))
  const attribution = attributeOrders(raw, asked.pipeline)
  const { chosen, toFact, otherOrders } = chooseSpans(
    attribution,
    truth.orderId,
    new Set(),
    asked.pipeline,
  )
  return { facts: chosen.map(toFact), otherOrders }
}

/** Services whose work is traced. */
const tracedServices = ({ components }: Pipeline) =>
  components.filter(({ coverage }) => coverage === 'traced').flatMap(({ services }) => services)

export function isFound(
  { service, end, traceId }: TrueSpan,
  { sight, pipeline, now }: Asked,
): boolean {
  if (end === null || end + sight.exportMs > now) return false
  if (!tracedServices(pipeline).includes(service)) return false
  if (sight.traces === 'partial' && service === UNANSWERED) return false
  return Number.parseInt(traceId.slice(-4), 16) / 65_536 < sight.sampled
}

function toRaw(span: TrueSpan, { restarts }: Truth, { skew }: Asked): RawSpan {
  const { traceId, spanId, parentId, links, service, name, kind, begin, end, failed, tags } = span
  return {
    ...{ traceId, spanId, parentId, links, service, name, kind, failed },
    start: epochMs(begin + (skew[service] ?? 0)),
    durationMs: (end ?? begin) - begin,
    tags: new Map(Object.entries(tags)),
    resource: new Map([['service.instance.id', instanceOf(service, begin, restarts)]]),
    events: [],
    warnings: [],
  }
}

/** Which process of a service was at work at a moment. */
function instanceOf(service: string, moment: number, restarts: Truth['restarts']): string {
  const before = restarts.filter((one) => one.service === service && one.at <= moment)
  return `${service}-${before.length + 1}`
}

/** What the services were heard doing for other orders. */
export function readHeartbeats(
  { others, restarts }: Truth,
  { sight, pipeline, now }: Asked,
  asked: readonly Listening[],
): readonly Heartbeat[] {
  if (!sight.heartbeats || sight.traces === 'down') return []
  const services = tracedServices(pipeline)
  return others
    .filter(({ service, end }) => services.includes(service) && end + sight.exportMs <= now)
    .filter(({ service }) => sight.traces === 'ok' || service !== UNANSWERED)
    .filter((one) =>
      asked.some(({ service, work }) => service === one.service && work === one.work),
    )
    .map(({ service, name, work, where, begin }) => ({
      ...{ service, name, work, where, at: epochMs(begin) },
      process: instanceOf(service, begin, restarts),
    }))
}

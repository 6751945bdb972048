import type { MetricNames, SpanFamily, WorkGauge } from '../metric-names'

const otel = {
  service: 'service_name',
  operation: 'span_name',
  kind: { label: 'span_kind', value: 'SPAN_KIND_SERVER' },
  failed: { label: 'status_code', value: 'STATUS_CODE_ERROR' },
} as const

const inUnits = (calls: string, duration: string): readonly SpanFamily[] => [
  { ...otel, calls, duration: { metric: `${duration}_milliseconds_bucket`, unit: 'ms' } },
  { ...otel, calls, duration: { metric: `${duration}_seconds_bucket`, unit: 's' } },
]

/** In the order in which they are looked for; the first whose calls are there, with its durations if it can be. */
const FAMILIES: readonly SpanFamily[] = [
  // OpenTelemetry's connector with its default namespace, Jaeger v2.
  ...inUnits('traces_span_metrics_calls_total', 'traces_span_metrics_duration'),
  // The same without a namespace, Jaeger v1.
  ...inUnits('calls_total', 'duration'),
  // Without suffixes: their unit is nowhere said.
  { ...otel, calls: 'traces_span_metrics_calls', duration: null },
  { ...otel, calls: 'calls', duration: null },
  // The connector's predecessor.
  {
    ...otel,
    operation: 'operation',
    calls: 'calls_total',
    duration: { metric: 'latency_bucket', unit: 'ms' },
  },
  // Tempo's generator, and its graph of services.
  {
    ...otel,
    service: 'service',
    calls: 'traces_spanmetrics_calls_total',
    duration: { metric: 'traces_spanmetrics_latency_bucket', unit: 's' },
  },
  {
    calls: 'traces_service_graph_request_total',
    duration: { metric: 'traces_service_graph_request_server_seconds_bucket', unit: 's' },
    service: 'server',
    operation: null,
    kind: null,
    failed: { metric: 'traces_service_graph_request_failed_total' },
  },
]

/** Requests in progress as OpenTelemetry counts them; `job` is the service, after its namespace. */
const ACTIVE_REQUESTS: WorkGauge = {
  metric: 'http_server_active_requests',
  label: 'job',
  service: null,
  operation: null,
}
export const PRICING_GAUGE = 'price_calculations_in_progress'

/** What a broker's plugin says of single queues, and of all of them together. */
const QUEUE_GAUGES = {
  ready: 'messages_ready',
  unacked: 'messages_unacked',
  consumers: 'consumers',
  headAt: 'head_message_timestamp',
} as const
const QUEUE_TOTALS = {
  published: 'queue_messages_published_total',
  acked: 'channel_messages_acked_total',
  redelivered: 'channel_messages_redelivered_total',
} as const
const PREFIXES = ['rabbitmq_detailed_', 'rabbitmq_'] as const

export const UNROUTABLE = [
  'rabbitmq_global_messages_unroutable_dropped_total',
  'rabbitmq_global_messages_unroutable_returned_total',
] as const
/** Not `confirmed`: that counts what arrived where dead letters go, a second time. */
export const DEAD_LETTERED = ['rejected', 'expired', 'maxlen', 'delivery_limit'].map(
  (reason) => `rabbitmq_global_messages_dead_lettered_${reason}_total`,
)

export type QueueGauge = keyof typeof QUEUE_GAUGES
export type QueueTotal = keyof typeof QUEUE_TOTALS

/** The names that a metrics store knows, of those that are looked for. */
export type FoundNames = {
  /** null: nobody makes metrics of spans, or under names of their own. */
  readonly spans: SpanFamily | null
  readonly inProgress: readonly WorkGauge[]
  readonly gauges: Readonly<Partial<Record<QueueGauge, string>>>
  readonly totals: Readonly<Partial<Record<QueueTotal, string>>>
  readonly counters: readonly string[]
}

const everyPrefix = (names: Readonly<Record<string, string>>, infix: string) =>
  PREFIXES.flatMap((prefix) => Object.values(names).map((name) => `${prefix}${infix}${name}`))

/** Every name that is looked for: as many as fit into one question. */
export function candidates({ spans, inProgress }: MetricNames): readonly string[] {
  const families = spans ? [spans] : FAMILIES
  return [
    ...new Set([
      ...families.flatMap(({ calls, duration, failed }) => [
        calls,
        ...(duration ? [duration.metric] : []),
        ...('metric' in failed ? [failed.metric] : []),
      ]),
      ...(inProgress ?? [ACTIVE_REQUESTS]).map((gauge) => gauge.metric),
      PRICING_GAUGE,
      ...everyPrefix(QUEUE_GAUGES, 'queue_'),
      ...everyPrefix(QUEUE_TOTALS, ''),
      ...UNROUTABLE,
      ...DEAD_LETTERED,
    ]),
  ]
}

/** Chooses among the names that are there. `pricing` is the service that calculates prices. */
export function chooseNames(
  there: ReadonlySet<string>,
  { spans, inProgress }: MetricNames,
  pricing: string | null,
): FoundNames {
  const families = (spans ? [spans] : FAMILIES).filter(({ calls }) => there.has(calls))
  const whole = families.find(({ duration }) => duration && there.has(duration.metric))
  const [first] = families
  const gauges = inProgress ?? [
    ACTIVE_REQUESTS,
    { metric: PRICING_GAUGE, label: null, service: pricing, operation: null },
  ]
  return {
    spans: whole ?? (first ? { ...first, duration: null } : null),
    inProgress: gauges.filter(({ metric }) => there.has(metric)),
    gauges: firstOf(QUEUE_GAUGES, 'queue_', there),
    totals: firstOf(QUEUE_TOTALS, '', there),
    counters: [...UNROUTABLE, ...DEAD_LETTERED].filter((name) => there.has(name)),
  }
}

/** Detailed metrics before those of every object: where both are there, they are the same. */
function firstOf<K extends string>(
  names: Readonly<Record<K, string>>,
  infix: string,
  there: ReadonlySet<string>,
): Partial<Record<K, string>> {
  const found = Object.entries<string>(names).flatMap(([key, name]) => {
    const known = PREFIXES.map((prefix) => `${prefix}${infix}${name}`).find((one) => there.has(one))
    return known ? [[key, known]] : []
  })
  return Object.fromEntries(found)
}

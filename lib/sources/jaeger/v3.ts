import { z } from 'zod'
import type { SpanKind } from '@/lib/journey/fact'
import type { ForeignValue } from '../allow'
import { createBreath } from '../breath'
import {
  type RawEvent,
  type RawSpan,
  type RawSpans,
  type Reference,
  resolveReferences,
  SPANS_AT_ONCE,
  type Tags,
  toDurationMs,
  toMoment,
  toSpanId,
  toTraceId,
} from './raw-span'
import { readTags } from './read-tags'

// OTLP JSON as /api/v3 writes it. Only the frame is checked as a whole: one bad span must not cost the others.

const many = z.array(z.unknown()).max(1_000_000).nullish()

/** The frame of a search and of one trace: `{result: {resourceSpans}}`, all traces merged into one. */
export const v3Reply = z.object({ result: z.object({ resourceSpans: many }).nullish() })

/** `{error: {httpCode, message}}`, whatever the content type says. */
export const v3Error = z.object({
  error: z.object({ httpCode: z.number(), message: z.string().max(10_000) }),
})

const wide = z.union([z.string().regex(/^-?[0-9]{1,20}$/), z.number().int()])
const keyValues = z.array(z.object({ key: z.string().max(512), value: z.unknown() })).max(10_000)
const text = z.string().max(8_192)
/** Read by hand, for there are millions. */
const manyValues = z.array(z.unknown()).max(10_000).nullish()

const resourceSpans = z.object({
  resource: z.object({ attributes: keyValues.nullish() }).nullish(),
  scopeSpans: many,
})
const scopeSpans = z.object({
  scope: z.object({ name: text.nullish(), version: text.nullish() }).nullish(),
  spans: many,
})
const span = z.object({
  traceId: text,
  spanId: text,
  parentSpanId: text.nullish(),
  name: text,
  kind: z.number().nullish(),
  startTimeUnixNano: wide,
  endTimeUnixNano: wide,
  attributes: manyValues,
  events: z
    .array(z.object({ name: text.nullish(), timeUnixNano: wide, attributes: keyValues.nullish() }))
    .max(10_000)
    .nullish(),
  links: z
    .array(z.object({ traceId: text, spanId: text, attributes: keyValues.nullish() }))
    .max(10_000)
    .nullish(),
  status: z.object({ code: z.number().nullish(), message: z.string().nullish() }).nullish(),
})

type V3Reply = z.infer<typeof v3Reply>
type V3Span = z.infer<typeof span>
type KeyValues = z.infer<typeof keyValues>

/** The spans of a v3 answer. What cannot be read as a span is counted. */
export async function readV3({ result }: V3Reply): Promise<RawSpans> {
  const breathe = createBreath()
  const spans: RawSpan[] = []
  let rejected = 0
  for (const group of result?.resourceSpans ?? []) {
    const parsed = resourceSpans.safeParse(group)
    if (!parsed.success) {
      rejected += 1
      continue
    }
    const all = toTags(parsed.data.resource?.attributes)
    const service = String(all.get('service.name') ?? '')
    const resource = withoutServiceName(all)
    for (const part of parsed.data.scopeSpans ?? []) {
      const scope = scopeSpans.safeParse(part)
      const found = scope.success ? (scope.data.spans ?? []) : []
      if (!scope.success) rejected += 1
      const library = scope.success ? scopeTags(scope.data.scope) : []
      const process = { service, resource, library }
      for (const [index, one] of found.entries()) {
        if (index % SPANS_AT_ONCE === 0) await breathe()
        const raw = toRawSpan(one, process)
        if (raw) spans.push(raw)
        else rejected += 1
      }
    }
  }
  return { spans, rejected }
}

type Pairs = readonly (readonly [string, ForeignValue])[]

const scopeTags = (scope: z.infer<typeof scopeSpans>['scope']): Pairs => [
  ...(scope?.name ? [['otel.scope.name', scope.name] as const] : []),
  ...(scope?.version ? [['otel.scope.version', scope.version] as const] : []),
]

const KINDS: readonly SpanKind[] = [
  'unspecified',
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
]
const ERROR = 2
/** Jaeger's own, written among the attributes. */
const WARNINGS = '@jaeger@warnings'
const FORMAT = '@jaeger@format'

/** What all spans of one library in one process share. */
type Process = { readonly service: string; readonly resource: Tags; readonly library: Pairs }

function toRawSpan(foreign: unknown, { service, resource, library }: Process): RawSpan | null {
  const parsed = span.safeParse(foreign)
  if (!parsed.success) return null
  const { data } = parsed
  const traceId = toTraceId(data.traceId)
  const spanId = toSpanId(data.spanId)
  const startUs = toMicros(data.startTimeUnixNano)
  const start = toMoment(startUs)
  const durationMs = toDurationMs(toMicros(data.endTimeUnixNano) - startUs)
  if (!traceId || !spanId || start === null || durationMs === null) return null

  const tags = readTags(data.attributes, toValue, library)
  if (!tags) return null
  const warnings = toTexts(tags.get(WARNINGS))
  tags.delete(WARNINGS)
  tags.delete(FORMAT)
  if (data.status?.message) tags.set('otel.status_description', data.status.message)
  return {
    traceId,
    spanId,
    ...resolveReferences(traceId, toSpanId(data.parentSpanId), toReferences(data)),
    service,
    name: data.name,
    kind: KINDS[data.kind ?? 0] ?? 'unspecified',
    start,
    durationMs,
    failed: data.status?.code === ERROR,
    tags,
    resource,
    events: (data.events ?? []).flatMap(toEvent),
    warnings,
  }
}

const toMicros = (nanos: string | number): bigint => BigInt(nanos) / 1_000n

const withoutServiceName = (resource: Tags): Tags =>
  new Map([...resource].filter(([key]) => key !== 'service.name'))

const toReferences = ({ links }: V3Span): readonly Reference[] =>
  (links ?? []).flatMap(({ attributes, ...link }) => {
    const traceId = toTraceId(link.traceId)
    const spanId = toSpanId(link.spanId)
    const childOf = toTags(attributes).get('opentracing.ref_type') === 'child_of'
    return traceId && spanId
      ? [{ traceId, spanId, type: childOf ? 'CHILD_OF' : 'FOLLOWS_FROM' }]
      : []
  })

function toEvent({
  name,
  timeUnixNano,
  attributes,
}: NonNullable<V3Span['events']>[number]): readonly RawEvent[] {
  const at = toMoment(toMicros(timeUnixNano))
  return at === null ? [] : [{ name: name ?? '', at, tags: toTags(attributes) }]
}

const toTags = (pairs: KeyValues | null | undefined): Tags =>
  new Map((pairs ?? []).map(({ key, value }) => [key, toValue(value)]))

/** Maps and bytes are of no type that a field has; arrays do not nest. By hand, for there are millions. */
function toValue(foreign: unknown, nested = false): ForeignValue {
  if (typeof foreign !== 'object' || foreign === null) return null
  const any: AnyValue = foreign
  const plain = any.stringValue ?? any.boolValue ?? any.doubleValue
  if (typeof plain === 'string' || typeof plain === 'boolean' || typeof plain === 'number')
    return plain
  if (typeof any.intValue === 'string' || typeof any.intValue === 'number')
    return String(any.intValue)
  const values = nested ? null : (any.arrayValue?.values ?? (any.arrayValue ? [] : null))
  return Array.isArray(values) ? values.map((value) => toValue(value, true)) : null
}

type AnyValue = {
  readonly stringValue?: unknown
  readonly boolValue?: unknown
  readonly doubleValue?: unknown
  readonly intValue?: unknown
  readonly arrayValue?: { readonly values?: unknown } | null
}

const toTexts = (value: ForeignValue | undefined): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((entry) => typeof entry === 'string')

import { z } from 'zod'
import type { Batch, PackedSpan } from './batch'
import type { AnyValue, Attributes, KeyValue, Value } from './span'

// OTLP/HTTP in JSON: ids in hex, 64-bit numbers as texts or numbers, enums as numbers or names.

const keyValues = z.array(z.object({ key: z.string().max(4_096), value: z.unknown() })).max(10_000)
const nanos = z
  .union([z.string().regex(/^[0-9]{1,20}$/), z.number().int().nonnegative()])
  .transform(String)
const hexId = (digits: number) => z.string().regex(new RegExp(`^[0-9a-fA-F]{${digits}}$`))
const traceId = hexId(32)
const spanId = hexId(16)
const parentId = z.union([spanId, z.literal('')]).nullish()
const text = z.string().max(1_000_000).nullish()

const KIND_NAMES = [
  'SPAN_KIND_UNSPECIFIED',
  'SPAN_KIND_INTERNAL',
  'SPAN_KIND_SERVER',
  'SPAN_KIND_CLIENT',
  'SPAN_KIND_PRODUCER',
  'SPAN_KIND_CONSUMER',
] as const
const CODE_NAMES = ['STATUS_CODE_UNSET', 'STATUS_CODE_OK', 'STATUS_CODE_ERROR'] as const
const kind = z.union([z.number().int().min(0).max(5), z.enum(KIND_NAMES)])
const status = z.union([z.number().int().min(0).max(2), z.enum(CODE_NAMES)])

const span = z.object({
  traceId,
  spanId,
  parentSpanId: parentId,
  name: text,
  kind: kind.nullish(),
  startTimeUnixNano: nanos,
  endTimeUnixNano: nanos,
  attributes: keyValues.nullish(),
  events: z
    .array(z.object({ timeUnixNano: nanos.nullish(), name: text, attributes: keyValues.nullish() }))
    .max(10_000)
    .nullish(),
  links: z
    .array(z.object({ traceId, spanId, traceState: text, attributes: keyValues.nullish() }))
    .max(10_000)
    .nullish(),
  status: z.object({ code: status.nullish(), message: text }).nullish(),
  traceState: text,
  flags: z.number().int().nullish(),
})

const request = z.object({
  resourceSpans: z
    .array(
      z.object({
        resource: z.object({ attributes: keyValues.nullish() }).nullish(),
        scopeSpans: z
          .array(
            z.object({
              scope: z
                .object({ name: text, version: text, attributes: keyValues.nullish() })
                .nullish(),
              spans: z.array(span).max(100_000).nullish(),
            }),
          )
          .max(10_000)
          .nullish(),
      }),
    )
    .max(10_000)
    .nullish(),
})

type OtlpSpan = z.infer<typeof span>

/** The spans of an OTLP request. Throws zod's error where it is none. */
export function readOtlp(body: unknown): Batch {
  const resources: Attributes[] = []
  const scopes: Batch['scopes'][number][] = []
  const spans: PackedSpan[] = []
  for (const group of request.parse(body).resourceSpans ?? []) {
    resources.push(toAttributes(group.resource?.attributes))
    for (const { scope, spans: own } of group.scopeSpans ?? []) {
      scopes.push({
        name: scope?.name ?? '',
        version: scope?.version ?? '',
        attributes: toAttributes(scope?.attributes),
      })
      for (const one of own ?? []) spans.push(pack(one, resources.length - 1, scopes.length - 1))
    }
  }
  return { resources, scopes, spans }
}

const pack = (one: OtlpSpan, resource: number, scope: number): PackedSpan => [
  resource,
  scope,
  one.traceId.toLowerCase(),
  one.spanId.toLowerCase(),
  (one.parentSpanId ?? '').toLowerCase().replace(/^0+$/, ''),
  one.name ?? '',
  toNumber(one.kind, KIND_NAMES),
  one.startTimeUnixNano,
  one.endTimeUnixNano,
  toAttributes(one.attributes),
  (one.events ?? []).map(({ timeUnixNano, name, attributes }) => ({
    atNs: timeUnixNano ?? '0',
    name: name ?? '',
    attributes: toAttributes(attributes),
  })),
  (one.links ?? []).map((link) => ({
    traceId: link.traceId.toLowerCase(),
    spanId: link.spanId.toLowerCase(),
    traceState: link.traceState ?? '',
    attributes: toAttributes(link.attributes),
  })),
  toNumber(one.status?.code, CODE_NAMES),
  one.status?.message ?? '',
  one.traceState ?? '',
  one.flags ?? 0,
]

const toNumber = (code: number | string | null | undefined, names: readonly string[]): number =>
  typeof code === 'string' ? names.indexOf(code) : (code ?? 0)

/** Sorted as the real server keeps them. */
const toAttributes = (list: z.infer<typeof keyValues> | null | undefined): Attributes =>
  Object.fromEntries(
    (list ?? [])
      .map(({ key, value }): [string, Value] => [key, toValue(value)])
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  )

function toValue(foreign: unknown): Value {
  const value = toAnyValue(foreign)
  return value.stringValue ?? value
}

/** Nesting deeper than this is cut. */
const DEEPEST = 16

function toAnyValue(foreign: unknown, depth = 0): AnyValue {
  if (typeof foreign !== 'object' || foreign === null || depth > DEEPEST) return {}
  const value: AnyValue = foreign
  if (typeof value.stringValue === 'string') return { stringValue: value.stringValue }
  if (value.intValue !== undefined) return { intValue: String(value.intValue) }
  if (value.doubleValue !== undefined) return { doubleValue: toDouble(value.doubleValue) }
  if (value.boolValue !== undefined) return { boolValue: value.boolValue === true }
  if (typeof value.bytesValue === 'string') return { bytesValue: value.bytesValue }
  if (value.arrayValue) return toArray(toList(value.arrayValue.values), depth)
  if (value.kvlistValue) return toMap(toList(value.kvlistValue.values), depth)
  return {}
}

const toArray = (values: readonly AnyValue[], depth: number): AnyValue => ({
  arrayValue: values.length > 0 ? { values: values.map((one) => toAnyValue(one, depth + 1)) } : {},
})

const toMap = (values: readonly KeyValue[], depth: number): AnyValue => ({
  kvlistValue:
    values.length > 0
      ? {
          values: values.map(({ key, value }) => ({
            key: String(key),
            value: toAnyValue(value, depth + 1),
          })),
        }
      : {},
})

const toList = <T>(values: readonly T[] | undefined): readonly T[] =>
  Array.isArray(values) ? values : []

/** OTLP writes what is no number as a text: `"NaN"`. */
const toDouble = (value: number | string) => {
  const number = Number(value)
  return Number.isFinite(number) ? number : String(value)
}

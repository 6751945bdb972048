import { toMicros } from './batch'
import type { Mode } from './mode'
import {
  type Attributes,
  KINDS,
  type Link,
  type Resource,
  type Span,
  type Trace,
  type Value,
} from './span'
import { toRefType } from './to-v3'
import { toJson } from './value'
import { findRemarks, toOldWarning, toWarning } from './warnings'

type Tag = { readonly key: string; readonly type: string; readonly value: unknown }

/** One trace as an element of a legacy answer's `data`. */
export function toLegacy(trace: Trace, mode: Mode, raw = false) {
  const remarks = findRemarks(trace, raw)
  const resources = [...new Set(trace.spans.map(({ resource }) => resource))]
  const processId = new Map(resources.map((resource, index) => [resource, `p${index + 1}`]))
  const inWords = mode === 'v1.76' ? toOldWarning : toWarning
  return {
    traceID: toShortId(trace.id),
    spans: trace.spans.map((span) => {
      const remark = remarks.get(span)
      return {
        traceID: toShortId(trace.id),
        spanID: span.spanId,
        ...(span.flags % 256 > 0 && { flags: span.flags % 256 }),
        operationName: span.name,
        references: toReferences(span),
        startTime: span.startUs,
        duration: toDuration(span),
        tags: toSpanTags(span, mode),
        logs: span.events.map(({ atNs, name, attributes }) => ({
          timestamp: toMicros(atNs),
          fields: toFields(name, attributes),
        })),
        processID: processId.get(span.resource),
        warnings: remark ? [inWords(span, remark)] : null,
      }
    }),
    processes: Object.fromEntries(resources.map((one) => [processId.get(one), toProcess(one)])),
    warnings: null,
  }
}

/** 16 digits where the upper half is zero. */
const toShortId = (id: string) => (id.startsWith('0'.repeat(16)) ? id.slice(16) : id)

/** From nanoseconds, so that it is cut once. */
const toDuration = ({ startNs, endNs }: Span) => Number((BigInt(endNs) - BigInt(startNs)) / 1_000n)

const toProcess = ({ service, attributes }: Resource) => ({
  serviceName: service,
  tags: toTags(attributes).filter(({ key }) => key !== 'service.name'),
})

const toFields = (name: string, attributes: Attributes): readonly Tag[] => [
  ...(name !== '' && !('event' in attributes) ? [toTag('event', name)] : []),
  ...toTags(attributes),
]

/** The parent first, then the links; a link to the parent replaces it. */
function toReferences({ traceId, parentId, links }: Span) {
  const own = (link: Link) => link.traceId === traceId && link.spanId === parentId
  const parent =
    parentId !== '' && !links.some(own)
      ? [{ refType: 'CHILD_OF', traceID: toShortId(traceId), spanID: parentId }]
      : []
  return [
    ...parent,
    ...[...links.filter(own), ...links.filter((link) => !own(link))].map((link) => ({
      refType: toRefType(link.attributes).toUpperCase(),
      traceID: toShortId(link.traceId),
      spanID: link.spanId,
    })),
  ]
}

function toSpanTags(span: Span, mode: Mode): readonly Tag[] {
  const { scope, kind, statusCode, statusMessage, traceState } = span
  const tags: readonly Tag[] = [
    ...said('otel.scope.name', scope.name),
    ...said('otel.scope.version', scope.version),
    ...toTags(span.attributes),
    ...said('span.kind', KINDS[kind] ?? ''),
    ...said('otel.status_code', ['', 'OK', 'ERROR'][statusCode] ?? ''),
    ...(statusCode === 2 ? [{ key: 'error', type: 'bool', value: true }] : []),
    ...said('otel.status_description', statusMessage),
    ...said('w3c.tracestate', traceState),
  ]
  return mode === 'v1.76' ? [...tags].sort((a, b) => (a.key < b.key ? -1 : 1)) : tags
}

const said = (key: string, text: string): readonly Tag[] => (text === '' ? [] : [toTag(key, text)])

const toTags = (attributes: Attributes): readonly Tag[] =>
  Object.entries(attributes).map(([key, value]) => toTag(key, value))

function toTag(key: string, value: Value): Tag {
  if (typeof value === 'string') return { key, type: 'string', value }
  if (value.boolValue !== undefined) return { key, type: 'bool', value: value.boolValue }
  if (value.doubleValue !== undefined) return { key, type: 'float64', value: value.doubleValue }
  if (value.bytesValue !== undefined) return { key, type: 'binary', value: value.bytesValue }
  if (value.intValue !== undefined) return { key, type: 'int64', value: toInt(value.intValue) }
  const nested = value.arrayValue ?? value.kvlistValue
  return { key, type: 'string', value: nested ? toJson(value) : '' }
}

/** A text where a double would lose digits. */
const toInt = (digits: string) => (Number.isSafeInteger(Number(digits)) ? Number(digits) : digits)

import type { Mode } from './mode'
import type { AnyValue, Attributes, KeyValue, Link, Resource, Scope, Span, Trace } from './span'
import { toJson } from './value'
import { findRemarks, toWarning } from './warnings'

/** `{result: {resourceSpans}}` of some traces, merged into one as the real server does. Empty things are left out. */
export const toV3 = (traces: readonly Trace[], mode: Mode, raw = false) => ({
  result: { resourceSpans: traces.flatMap((trace) => toResourceSpans(trace, mode, raw)) },
})

function toResourceSpans(trace: Trace, mode: Mode, raw: boolean) {
  const remarks = findRemarks(trace, raw)
  return groupBy(trace.spans, ({ resource }) => resource).map(([resource, ofResource]) => ({
    resource: toResource(resource, mode),
    scopeSpans: groupBy(ofResource, ({ scope }) => scope).map(([scope, ofScope]) => ({
      scope: toScope(scope, mode),
      spans: ofScope.map((span) => {
        const remark = remarks.get(span)
        return toSpan(span, remark ? [toWarning(span, remark)] : [], mode)
      }),
    })),
  }))
}

const toResource = ({ attributes }: Resource, mode: Mode) => ({
  attributes: toKeyValues(attributes, mode),
})

const toScope = ({ name, version, attributes }: Scope, mode: Mode) => ({
  ...(name && { name }),
  ...(version && { version }),
  ...orNothing('attributes', toKeyValues(attributes, mode)),
})

function toSpan(span: Span, warnings: readonly string[], mode: Mode) {
  const attributes = [
    ...toKeyValues(span.attributes, mode),
    ...(warnings.length > 0 ? [toWarnings(warnings)] : []),
  ]
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.traceState && { traceState: span.traceState }),
    ...(span.parentId && { parentSpanId: span.parentId }),
    ...(span.flags && { flags: span.flags }),
    name: span.name,
    ...(span.kind && { kind: span.kind }),
    startTimeUnixNano: span.startNs,
    endTimeUnixNano: span.endNs,
    ...orNothing('attributes', attributes),
    ...orNothing(
      'events',
      span.events.map((event) => ({
        timeUnixNano: event.atNs,
        ...(event.name && { name: event.name }),
        ...orNothing('attributes', toKeyValues(event.attributes, mode)),
      })),
    ),
    ...orNothing(
      'links',
      span.links.map((link) => toLink(link, mode)),
    ),
    status: {
      ...(span.statusMessage && { message: span.statusMessage }),
      ...(span.statusCode && { code: span.statusCode }),
    },
  }
}

function toLink({ traceId, spanId, traceState, attributes }: Link, mode: Mode) {
  // v1 keeps a link as a reference, and a reference has no attributes.
  const kept = mode === 'v1.76' ? { 'opentracing.ref_type': toRefType(attributes) } : attributes
  return {
    traceId,
    spanId,
    ...(mode !== 'v1.76' && traceState && { traceState }),
    ...orNothing('attributes', toKeyValues(kept, mode)),
  }
}

export const toRefType = (attributes: Attributes): 'child_of' | 'follows_from' =>
  attributes['opentracing.ref_type'] === 'child_of' ? 'child_of' : 'follows_from'

const toWarnings = (warnings: readonly string[]): KeyValue => ({
  key: '@jaeger@warnings',
  value: { arrayValue: { values: warnings.map((stringValue) => ({ stringValue })) } },
})

const toKeyValues = (attributes: Attributes, mode: Mode): readonly KeyValue[] =>
  Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? { stringValue: value } : toKept(value, mode),
  }))

/** v1 keeps no arrays and maps, only their texts. */
const toKept = (value: AnyValue, mode: Mode): AnyValue =>
  mode === 'v1.76' && (value.arrayValue || value.kvlistValue)
    ? { stringValue: toJson(value) }
    : value

const orNothing = <K extends string, T>(key: K, list: readonly T[]) =>
  (list.length > 0 ? { [key]: list } : {}) as { readonly [key in K]?: readonly T[] }

const groupBy = <K, T>(all: readonly T[], toKey: (one: T) => K): readonly (readonly [K, T[]])[] => {
  const groups = new Map<K, T[]>()
  for (const one of all) {
    const key = toKey(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return [...groups]
}

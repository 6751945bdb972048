import type { Attributes, Link, Scope, Span, SpanEvent } from './span'

/** What one request brought, in the form that is kept on disk: resources and scopes once, spans as rows. */
export type Batch = {
  readonly resources: readonly Attributes[]
  readonly scopes: readonly Scope[]
  readonly spans: readonly PackedSpan[]
}

export type PackedSpan = readonly [
  resource: number,
  scope: number,
  traceId: string,
  spanId: string,
  parentId: string,
  name: string,
  kind: number,
  startNs: string,
  endNs: string,
  attributes: Attributes,
  events: readonly SpanEvent[],
  links: readonly Link[],
  statusCode: number,
  statusMessage: string,
  traceState: string,
  flags: number,
]

/** What spans have in common: one object or text for all of them. */
type Shared = Pick<Span, 'resource' | 'scope' | 'traceId' | 'name'>

/** The span of a row. */
export function unpack(row: PackedSpan, { resource, scope, traceId, name }: Shared): Span {
  const [, , , spanId, parentId, , kind, startNs, endNs, attributes, events, links] = row
  const startUs = toMicros(startNs)
  return {
    traceId,
    spanId,
    parentId,
    name,
    kind,
    startNs,
    endNs,
    startUs,
    durationUs: toMicros(endNs) - startUs,
    attributes,
    events: events.length > 0 ? events : NONE,
    links: links.length > 0 ? links : NONE,
    statusCode: row[12],
    statusMessage: row[13],
    traceState: row[14],
    flags: row[15],
    resource,
    scope,
  }
}

/** Nanoseconds in decimal digits as whole microseconds. */
export const toMicros = (nanos: string): number => Number(nanos.slice(0, -3))

const NONE: readonly never[] = []

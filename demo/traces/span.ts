/** A value as OTLP JSON writes it inside arrays and maps. */
export type AnyValue = {
  readonly stringValue?: string
  readonly intValue?: string
  readonly doubleValue?: number | string
  readonly boolValue?: boolean
  readonly bytesValue?: string
  readonly arrayValue?: { readonly values?: readonly AnyValue[] }
  readonly kvlistValue?: { readonly values?: readonly KeyValue[] }
}

export type KeyValue = { readonly key: string; readonly value: AnyValue }

/** A text stands for itself, because most values are texts; everything else stays as OTLP wrote it. */
export type Value = string | AnyValue

/** Sorted by key. */
export type Attributes = Readonly<Record<string, Value>>

export type Scope = {
  readonly name: string
  readonly version: string
  readonly attributes: Attributes
}

export type SpanEvent = {
  readonly atNs: string
  readonly name: string
  readonly attributes: Attributes
}

export type Link = {
  readonly traceId: string
  readonly spanId: string
  readonly traceState: string
  readonly attributes: Attributes
}

export type Resource = { readonly service: string; readonly attributes: Attributes }

/** One span in memory. Texts that are missing are empty. */
export type Span = {
  readonly traceId: string
  readonly spanId: string
  readonly parentId: string
  readonly name: string
  /** 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number
  readonly startNs: string
  readonly endNs: string
  readonly startUs: number
  readonly durationUs: number
  readonly attributes: Attributes
  readonly events: readonly SpanEvent[]
  readonly links: readonly Link[]
  /** 0 unset, 1 ok, 2 error. */
  readonly statusCode: number
  readonly statusMessage: string
  readonly traceState: string
  readonly flags: number
  readonly resource: Resource
  readonly scope: Scope
}

export type Trace = {
  readonly id: string
  readonly spans: Span[]
  /** Starts of the first and of the last span, in microseconds. */
  firstUs: number
  lastUs: number
}

export const ERROR = 2
export const KINDS = ['', 'internal', 'server', 'client', 'producer', 'consumer'] as const

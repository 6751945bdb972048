import type { SpanKind, SpanLink } from '@/lib/journey/fact'
import { type EpochMs, epochMs } from '@/lib/journey/types'
import type { ForeignValue } from '../allow'

/** Attributes as they came; nothing of them goes further without the allow-list. */
export type Tags = ReadonlyMap<string, ForeignValue>

export type RawEvent = { readonly name: string; readonly at: EpochMs; readonly tags: Tags }

/** A span as either dialect says it, in one shape and one unit, before anything is allowed. */
export type RawSpan = {
  /** 32 and 16 lower-case hex digits. */
  readonly traceId: string
  readonly spanId: string
  /** Within the same trace. */
  readonly parentId: string | null
  /** Every other reference. */
  readonly links: readonly SpanLink[]
  readonly service: string
  readonly name: string
  readonly kind: SpanKind
  readonly start: EpochMs
  readonly durationMs: number
  readonly failed: boolean
  readonly tags: Tags
  /** What the process says of itself. */
  readonly resource: Tags
  readonly events: readonly RawEvent[]
  readonly warnings: readonly string[]
}

/** What one answer held: spans, and how many could not be read. */
export type RawSpans = { readonly spans: readonly RawSpan[]; readonly rejected: number }

export type Reference = SpanLink & { readonly type: 'CHILD_OF' | 'FOLLOWS_FROM' }

/** How many spans are read before others may have their turn. */
export const SPANS_AT_ONCE = 100

export const keyOf = ({ traceId, spanId }: SpanLink): string => `${traceId}:${spanId}`

/** 32 lower-case hex digits, or null. The legacy dialect leaves leading zeros out. */
export const toTraceId = (text: unknown): string | null => toId(text, 32)

/** 16 lower-case hex digits, or null. */
export const toSpanId = (text: unknown): string | null => toId(text, 16)

/** Hex digits, not all of them zero. */
const ID = /^0*[1-9a-f][0-9a-f]*$/i

function toId(text: unknown, digits: number): string | null {
  if (typeof text !== 'string' || text.length > digits || !ID.test(text)) return null
  return text.length === digits ? text.toLowerCase() : text.toLowerCase().padStart(digits, '0')
}

const LATEST_US = 4_102_444_800_000_000n // The year 2100: what is later is no time.
const LONGEST_US = 31n * 86_400_000_000n

/** Microseconds since the epoch as `EpochMs` with a fraction, or null where that is no time. */
export const toMoment = (us: bigint): EpochMs | null =>
  us > 0n && us < LATEST_US ? epochMs(Number(us) / 1_000) : null

/** Microseconds as milliseconds with a fraction, or null where that is no duration. */
export const toDurationMs = (us: bigint): number | null =>
  us >= 0n && us <= LONGEST_US ? Number(us) / 1_000 : null

const NONE: readonly SpanLink[] = []

/**
 * The parent of a span, and its links. An instrumentation may make its parent a link as well, and Jaeger then
 * keeps only one reference, FOLLOWS_FROM: it is still the parent.
 */
export function resolveReferences(
  traceId: string,
  named: string | null,
  references: readonly Reference[],
): { readonly parentId: string | null; readonly links: readonly SpanLink[] } {
  if (references.length === 0) return { parentId: named, links: NONE }
  const own = references.filter((reference) => reference.traceId === traceId)
  const parentId =
    named ??
    own.find(({ type }) => type === 'CHILD_OF')?.spanId ??
    own.find(({ type }) => type === 'FOLLOWS_FROM')?.spanId ??
    null
  const links = references.filter((to) => to.traceId !== traceId || to.spanId !== parentId)
  if (links.length === 0) return { parentId, links: NONE }
  const unique = new Map(
    links.map(({ traceId: to, spanId }) => [`${to}:${spanId}`, { traceId: to, spanId }]),
  )
  return { parentId, links: [...unique.values()] }
}

const KINDS: readonly SpanKind[] = ['server', 'client', 'producer', 'consumer', 'internal']

/** `unspecified` for whatever is no kind. */
export const toKind = (word: unknown): SpanKind =>
  KINDS.find((kind) => kind === word) ?? 'unspecified'

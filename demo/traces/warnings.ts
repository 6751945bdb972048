import type { Span, Trace } from './span'

/** What Jaeger remarks on the spans of a trace while it looks for clock skew. */
export type Remark = 'duplicate' | 'orphan'

/** The spans with a remark. Of spans with the same id only the first has none. Nobody looks at a trace that is asked for raw. */
export function findRemarks({ spans }: Trace, raw: boolean): ReadonlyMap<Span, Remark> {
  if (raw) return new Map()
  const ids = new Set<string>()
  const remarks = new Map<Span, Remark>()
  for (const span of spans) {
    if (ids.has(span.spanId)) remarks.set(span, 'duplicate')
    ids.add(span.spanId)
  }
  for (const span of spans) {
    const lost = span.parentId !== '' && !ids.has(span.parentId)
    if (lost && !remarks.has(span)) remarks.set(span, 'orphan')
  }
  return remarks
}

/** In the words of v2, which v1 has in its v3 dialect, too. */
export const toWarning = ({ parentId }: Span, remark: Remark): string =>
  remark === 'duplicate'
    ? 'duplicate span IDs; skipping clock skew adjustment'
    : `parent span ID=${parentId} is not in the trace; skipping clock skew adjustment`

/** In the words of v1's legacy dialect. */
export const toOldWarning = (span: Span, remark: Remark): string =>
  remark === 'duplicate'
    ? toWarning(span, remark)
    : `invalid parent span IDs=${span.parentId}; skipping clock skew adjustment`

import type { SpanFact } from './fact'
import { endOf } from './find-current'
import type { TraceSummary } from './journey'
import type { Pipeline } from './pipeline'
import type { EpochMs } from './types'

/**
 * Why a trace has spans whose parent is not there, by the likeliest cause that is known; that it never happened is
 * not concluded from a span that is missing.
 *
 *     ·········│ retention │························│ ingest lag │ now
 *     past-retention          not-traced · sampled · lost   not-arrived
 */
export function findGap(
  spans: readonly SpanFact[],
  { sampling, components }: Pick<Pipeline, 'sampling' | 'components'>,
  now: EpochMs,
): TraceSummary['gap'] {
  const orphans = spans.filter(({ orphan }) => orphan)
  const first = spans[0]
  if (orphans.length === 0 || !first) return null
  if (Math.max(...spans.map(endOf)) > now - sampling.ingestLagMs) return 'not-arrived'
  if (first.at < now - sampling.retentionMs) return 'past-retention'
  // A request that came in from somewhere: whoever sent it has a part of the company that is not traced.
  const fromOutside = orphans.every(({ spanKind }) => spanKind === 'server')
  if (fromOutside && components.some(({ coverage }) => coverage !== 'traced')) return 'not-traced'
  return sampling.orderTraffic < 1 ? 'sampled' : 'lost'
}

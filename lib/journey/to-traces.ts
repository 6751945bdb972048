import { compareText } from './collect-facts'
import type { Fact, SpanFact } from './fact'
import { endOf } from './find-current'
import { findGap } from './find-gap'
import type { TraceSummary } from './journey'
import type { Pipeline } from './pipeline'
import { type EpochMs, epochMs } from './types'

/**
 * The traces of one order, each summed up; they are weeks apart and share nothing but the order's id.
 *
 *     shop ▂▂      crm ▂▂▂▂▂▂▂▂▂ mes              mes ▂ ─link─▶ crm ▂
 *     trace 1      trace 2                        trace 3       trace 4
 */
export function toTraces(
  facts: readonly Fact[],
  otherOrders: Readonly<Record<string, number>>,
  pipeline: Pick<Pipeline, 'sampling' | 'components'>,
  now: EpochMs,
): readonly TraceSummary[] {
  const traces = new Map<string, SpanFact[]>()
  for (const fact of facts) {
    if (fact.kind !== 'span') continue
    const spans = traces.get(fact.traceId)
    if (spans) spans.push(fact)
    else traces.set(fact.traceId, [fact])
  }
  const linked = findLinked(traces)

  return [...traces]
    .map(([traceId, spans]) => ({
      ...toSummary(traceId, spans),
      gap: findGap(spans, pipeline, now),
      otherOrders: otherOrders[traceId] ?? 0,
      linkedTraceIds: [...(linked.get(traceId) ?? [])].toSorted(compareText),
    }))
    .toSorted((a, b) => a.started - b.started || compareText(a.traceId, b.traceId))
}

/** `spans` are in the order of their start. */
function toSummary(
  traceId: string,
  spans: readonly SpanFact[],
): Omit<TraceSummary, 'gap' | 'otherOrders' | 'linkedTraceIds'> {
  const first = spans[0]
  const root = spans.find(({ parentId }) => parentId === null) ?? first
  const count = (is: (span: SpanFact) => boolean) => spans.filter(is).length
  return {
    traceId,
    started: first?.at ?? epochMs(0),
    ended: spans.reduce<EpochMs>((end, span) => later(end, endOf(span)), first?.at ?? epochMs(0)),
    rootService: root?.service ?? '',
    rootName: root?.name ?? '',
    services: [...new Set(spans.map(({ service }) => service))].toSorted(compareText),
    spanCount: spans.length,
    sharedCount: count(({ shared }) => shared),
    // An error on a shared span is a fact about its service, not about this order.
    errorCount: count(({ failed, shared }) => failed && !shared),
    orphanCount: count(({ orphan }) => orphan),
    contextBroken: spans.some(({ contextBroken }) => contextBroken),
  }
}

function findLinked(traces: ReadonlyMap<string, readonly SpanFact[]>): Map<string, Set<string>> {
  const linked = new Map([...traces.keys()].map((id) => [id, new Set<string>()]))
  for (const span of [...traces.values()].flat()) {
    for (const { traceId } of span.links) {
      if (traceId === span.traceId) continue
      linked.get(traceId)?.add(span.traceId)
      if (linked.has(traceId)) linked.get(span.traceId)?.add(traceId)
    }
  }
  return linked
}

const later = (a: EpochMs, b: EpochMs) => (b > a ? b : a)

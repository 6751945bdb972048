import type { SpanFact } from './fact'

/** The spans of one order by their place in their traces. */
export type SpanTree = {
  /** null: a root, or a parent that is missing, shared or cut. */
  parentOf(span: SpanFact): SpanFact | null
  find(traceId: string, spanId: string): SpanFact | null
  /** The span and everything below it. */
  below(span: SpanFact): readonly SpanFact[]
}

/** Nothing is looked up before the first question: most journeys ask none. */
export function toSpanTree(spans: () => Iterable<SpanFact>): SpanTree {
  let index: ReturnType<typeof toIndex> | undefined
  const ask = () => {
    index ??= toIndex(spans())
    return index
  }
  const tree: SpanTree = {
    parentOf: ({ traceId, parentId }) => (parentId === null ? null : tree.find(traceId, parentId)),
    find: (traceId, spanId) => ask().get(traceId)?.byId.get(spanId) ?? null,
    below(span) {
      const trace = ask().get(span.traceId)
      const found = [span]
      for (const one of found) {
        const children = trace?.children.get(one.spanId)
        // More than there are: a circle, which has no end.
        if (!trace || found.length > trace.byId.size) break
        if (children) found.push(...children)
      }
      return found
    },
  }
  return tree
}

type Trace = {
  readonly byId: Map<string, SpanFact>
  readonly children: Map<string, SpanFact[]>
}

function toIndex(spans: Iterable<SpanFact>): ReadonlyMap<string, Trace> {
  const traces = new Map<string, Trace>()
  for (const span of spans) {
    let trace = traces.get(span.traceId)
    if (!trace) {
      trace = { byId: new Map(), children: new Map() }
      traces.set(span.traceId, trace)
    }
    trace.byId.set(span.spanId, span)
    if (span.parentId === null) continue
    const siblings = trace.children.get(span.parentId)
    if (siblings) siblings.push(span)
    else trace.children.set(span.parentId, [span])
  }
  return traces
}

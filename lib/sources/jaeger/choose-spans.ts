import type { SpanFact } from '@/lib/journey/fact'
import type { Pipeline } from '@/lib/journey/pipeline'
import type { Attribution } from './attribute-orders'
import type { RawSpan } from './raw-span'
import { createToFact } from './to-facts'

export type OrderSpans = {
  /** By start and id. */
  readonly chosen: readonly RawSpan[]
  /** Of a chosen span. */
  readonly toFact: (span: RawSpan) => SpanFact
  /** How many other orders were cut, by trace id. */
  readonly otherOrders: Readonly<Record<string, number>>
}

/**
 * The spans of one order, and the shared ones of its traces. A trace without a span of the order is left out,
 * unless it is known by its id and names no order at all.
 */
export function chooseSpans(
  attribution: Attribution,
  orderId: string,
  knownTraces: ReadonlySet<string>,
  pipeline: Pipeline,
): OrderSpans {
  const { tree, orderOf, ordersIn } = attribution
  const isOurs = (traceId: string) =>
    ordersIn(traceId).has(orderId) || (knownTraces.has(traceId) && ordersIn(traceId).size === 0)
  const chosen = tree.spans.filter(
    (span) => isOurs(span.traceId) && [orderId, null].includes(orderOf(span)),
  )
  const traces = new Set(chosen.map(({ traceId }) => traceId))
  const others = new Map(
    [...traces].map((trace) => [trace, [...ordersIn(trace)].filter((id) => id !== orderId)]),
  )
  return {
    chosen,
    toFact: createToFact(attribution, new Set([...others.values()].flat()), pipeline),
    otherOrders: Object.fromEntries(
      [...others].flatMap(([trace, { length }]) => (length > 0 ? [[trace, length]] : [])),
    ),
  }
}

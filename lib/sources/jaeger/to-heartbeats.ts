import type { Heartbeat, Work } from '@/lib/journey/heartbeat'
import type { Pipeline } from '@/lib/journey/pipeline'
import { processOf } from '@/lib/journey/process-of'
import { allow } from '../allow'
import { toOperationName } from '../operation-name'
import { orderIdsIn } from '../order-id'
import { type Attribution, attributeOrders } from './attribute-orders'
import type { RawSpan } from './raw-span'

/**
 * What the services were doing for any order: only spans that belong to one count, and nothing of whose they are
 * goes further. Of the same doing by the same process the first and the last are kept.
 *
 *   OrderPoller.run        shared                nothing
 *   ├─ order.take          ORD-1, outermost      take
 *   │  └─ orders publish   ORD-1                 publish
 *   └─ order.take          ORD-2                 take, the same doing
 */
export function toHeartbeats(spans: readonly RawSpan[], pipeline: Pipeline): readonly Heartbeat[] {
  const attribution = attributeOrders(spans, pipeline)
  const services = new Set(pipeline.components.flatMap((component) => component.services))
  const first = new Map<string, Heartbeat>()
  const last = new Map<string, Heartbeat>()
  for (const span of attribution.tree.spans) {
    const work = services.has(span.service) ? workOf(span, attribution) : null
    if (work === null) continue
    const beat = toHeartbeat(span, work, pipeline)
    const { at: _, ...doing } = beat
    const key = JSON.stringify(doing)
    if (!first.has(key)) first.set(key, beat)
    last.set(key, beat)
  }
  return [...new Set([...first.values(), ...last.values()])]
}

const KINDS: Partial<Record<RawSpan['kind'], Work>> = {
  producer: 'publish',
  consumer: 'consume',
  server: 'serve',
}

/** null: it belongs to no order, or is a part of other work. Taking from a table is the outermost span of an order that nothing called. */
function workOf(span: RawSpan, { tree, orderOf }: Attribution): Work | null {
  if (orderOf(span) === null) return null
  const byKind = KINDS[span.kind]
  if (byKind || tree.isOrphan(span)) return byKind ?? null
  const parent = tree.parentOf(span)
  return parent === null || orderOf(parent) === null ? 'take' : null
}

function toHeartbeat(span: RawSpan, work: Work, pipeline: Pipeline): Heartbeat {
  const { kept } = allow([...span.resource, ...span.tags], pipeline)
  const own = (text: string | null) =>
    text !== null && orderIdsIn(text, pipeline.orderId).length > 0 ? null : text
  return {
    service: span.service,
    work,
    where: own(placeOf(kept, pipeline)),
    name: toOperationName(span.name, pipeline),
    process: own(processOf(kept)),
    at: span.start,
  }
}

/** The configured queue that a message span names, else the exchange; where neither is configured, what it says. */
function placeOf(kept: ReturnType<typeof allow>['kept'], { names }: Pipeline): string | null {
  const said = kept['messaging.destination.name']?.value
  const key = kept['messaging.rabbitmq.destination.routing_key']?.value
  if (said === undefined) return null
  const parts = [said, ...said.split(/[:,]/), ...(key === undefined ? [] : [key])]
  return (
    parts.find((part) => names.queues.includes(part)) ??
    parts.find((part) => names.exchanges.includes(part)) ??
    said
  )
}

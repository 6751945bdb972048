import type { SpanEvent, SpanFact } from '@/lib/journey/fact'
import type { Pipeline } from '@/lib/journey/pipeline'
import type { Attributes, Masked, SystemId } from '@/lib/journey/types'
import { type Allowed, allow, type Memo } from '../allow'
import { toEventName, toOperationName } from '../operation-name'
import { orderIdsIn } from '../order-id'
import type { Attribution } from './attribute-orders'
import { toClockShifts } from './clock-shifts'
import { keyOf, type RawSpan, type Tags } from './raw-span'
import { knownWarnings } from './warnings'

const UNKNOWN_SERVICE = '[service]'
/** No lane of the pipeline: the service is in none of its components. */
const UNKNOWN_SYSTEM = 'unknown'
const MAX_EVENTS = 64

/**
 * How the spans of one look-up become facts, with the lookups and answers that all of them share. Nothing that
 * names one of the `others`, which are orders too, is kept.
 */
export function createToFact(
  { tree, orderOf }: Attribution,
  others: ReadonlySet<string>,
  pipeline: Pipeline,
) {
  const systems = systemsByService(pipeline)
  const shiftOf = toClockShifts(tree)
  const resources = new Map<Tags, Allowed>()
  const memo: Memo = new Map()
  const names = new Map<string, string>()

  function allowed(tags: Tags): Allowed {
    const answer = allow(tags, pipeline, memo)
    if (others.size === 0) return answer
    const { kept, hidden } = answer
    const own = Object.entries(kept).filter(([, { value }]) => !namesOther(value))
    return { kept: Object.fromEntries(own), hidden: hidden + Object.keys(kept).length - own.length }
  }

  const namesOther = (text: string) =>
    orderIdsIn(text, pipeline.orderId).some((id) => others.has(id))

  function ofResource(tags: Tags): Allowed {
    const answer = resources.get(tags) ?? allowed(tags)
    resources.set(tags, answer)
    return answer
  }

  function nameOf({ name }: RawSpan): string {
    const known = names.get(name) ?? toOperationName(name, pipeline)
    names.set(name, known)
    return known
  }

  return function toFact(span: RawSpan): SpanFact {
    const shared = orderOf(span) === null
    return {
      kind: 'span',
      id: `jaeger:${keyOf(span)}`,
      source: 'jaeger',
      system: systems.get(span.service) ?? UNKNOWN_SYSTEM,
      at: span.start,
      traceId: span.traceId,
      spanId: span.spanId,
      parentId: parentIn(span, shared),
      service: systems.has(span.service) ? span.service : UNKNOWN_SERVICE,
      name: nameOf(span),
      spanKind: span.kind,
      duration: span.durationMs,
      clockShift: shiftOf(span),
      failed: span.failed,
      shared,
      orphan: tree.isOrphan(span),
      contextBroken: span.kind === 'consumer' && span.parentId === null && span.links.length === 0,
      ...(shared ? NOTHING : detailsOf(span)),
    }
  }

  /** A parent that was cut with its order is no parent here, and none that is missing either. */
  function parentIn(span: RawSpan, shared: boolean): string | null {
    const parent = tree.parentOf(span)
    if (!parent) return span.parentId === span.spanId || isCut(span) ? null : span.parentId
    const order = orderOf(parent)
    return order === null || (!shared && order === orderOf(span)) ? parent.spanId : null
  }

  /** True where a circle was cut: its parent is there and is not its parent. */
  function isCut({ traceId, parentId }: RawSpan): boolean {
    return parentId !== null && tree.find(keyOf({ traceId, spanId: parentId })) !== undefined
  }

  function detailsOf(span: RawSpan) {
    const fromSpan = allowed(span.tags)
    const fromResource = ofResource(span.resource)
    const attributes = join(fromResource.kept, fromSpan.kept)
    const named = span.events.slice(0, MAX_EVENTS).map(({ name, at, tags }) => {
      const { kept, hidden } = allowed(tags)
      return { event: { name: toEventName(name, pipeline), at, attributes: kept }, hidden }
    })
    const events = named.map(({ event }) => event)
    return {
      links: span.links,
      ...statusOf(attributes, events),
      attributes,
      hidden: named.reduce(
        (sum, { hidden }) => sum + hidden,
        fromSpan.hidden + fromResource.hidden,
      ),
      events,
      warnings: knownWarnings(span.warnings),
    }
  }
}

/** By hand: a spread of twenty fields is dear for twenty thousand spans. */
function join(first: Attributes, second: Attributes): Attributes {
  const joined: Record<string, Masked<string>> = {}
  for (const key in first) if (first[key]) joined[key] = first[key]
  for (const key in second) if (second[key]) joined[key] = second[key]
  return joined
}

/** What a shared span does not say: its attributes may be another order's. */
const NOTHING = {
  links: [],
  statusTo: null,
  statusFrom: null,
  attributes: {},
  hidden: 0,
  events: [],
  warnings: [],
}

const systemsByService = ({ components, names }: Pipeline): ReadonlyMap<string, SystemId> =>
  new Map([
    ...names.services.map((service) => [service, UNKNOWN_SYSTEM] as const),
    ...components.flatMap(({ services, system }) =>
      services.map((service) => [service, system] as const),
    ),
  ])

const STATUS_EVENTS = ['order.status_changed', 'status_changed']

/** The span's own attributes, else those of its last event that names a change. */
function statusOf(attributes: Attributes, events: readonly SpanEvent[]) {
  const changes = events.filter(
    (event) => STATUS_EVENTS.includes(event.name) && event.attributes['order.status.to'],
  )
  const last = changes.reduce<SpanEvent | null>(
    (latest, event) => (latest && latest.at > event.at ? latest : event),
    null,
  )
  const said = attributes['order.status.to'] ? attributes : (last?.attributes ?? {})
  return {
    statusTo: said['order.status.to']?.value ?? null,
    statusFrom: said['order.status.from']?.value ?? null,
  }
}

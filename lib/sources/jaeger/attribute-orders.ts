import type { Pipeline } from '@/lib/journey/pipeline'
import { type ForeignValue, toText } from '../allow'
import { HEADER } from '../allow-list'
import { fittingOrderId } from '../order-id'
import { buildTree, type Tree } from './build-tree'
import { keyOf, type RawSpan } from './raw-span'

/** Whose each span is. */
export type Attribution = {
  readonly tree: Tree
  /** The order a span belongs to; null: shared. */
  readonly orderOf: (span: RawSpan) => string | null
  /** Every order named on the spans of a trace. */
  readonly ordersIn: (traceId: string) => ReadonlySet<string>
  /** Spans of another environment, by service. */
  readonly foreign: ReadonlyMap<string, number>
}

/**
 * Decides which order every span belongs to: by its own id, else by its nearest ancestor with one, else, for a
 * consumer without a parent, by its only link. The rest is shared.
 *
 *   poll                 ──── shared
 *   ├─ take  ORD-1       ──── ORD-1
 *   │  └─ publish        ──── ORD-1, by its ancestor
 *   │     └─ deliver     ──── ORD-1, by its ancestor, once `publish` is there
 *   └─ take  ORD-2       ──── ORD-2
 */
export function attributeOrders(all: Iterable<RawSpan>, pipeline: Pipeline): Attribution {
  const { here, foreign } = splitByEnvironment(all, pipeline.environment)
  const tree = buildTree(here)
  const ids = createIds(pipeline)
  const named = new Map(tree.spans.map((span) => [span, ids(span)]))
  const own = withoutLoops(tree, new Map([...named].map(([span, ids]) => [span, onlyOne(ids)])))
  const orders = resolve(tree, own)

  const byTrace = new Map<string, Set<string>>()
  for (const [{ traceId }, own] of named) {
    const known = byTrace.get(traceId) ?? new Set()
    byTrace.set(traceId, known)
    for (const id of own) known.add(id)
  }
  for (const [{ traceId }, order] of orders) if (order) byTrace.get(traceId)?.add(order)

  return {
    tree,
    orderOf: (span) => orders.get(span) ?? null,
    ordersIn: (traceId) => byTrace.get(traceId) ?? new Set(),
    foreign,
  }
}

type Ids = ReadonlyMap<RawSpan, string | null>

function splitByEnvironment(all: Iterable<RawSpan>, environment: string) {
  const here: RawSpan[] = []
  const elsewhere = new Map<string, RawSpan>()
  for (const span of all) {
    const named = environmentOf(span)
    if (named === null || named === environment) here.push(span)
    else elsewhere.set(keyOf(span), span)
  }
  const foreign = new Map<string, number>()
  for (const { service } of elsewhere.values())
    foreign.set(service, (foreign.get(service) ?? 0) + 1)
  return { here, foreign }
}

const ENVIRONMENT = ['deployment.environment.name', 'deployment.environment']

function environmentOf({ tags, resource }: RawSpan): string | null {
  const named = ENVIRONMENT.map((key) => resource.get(key) ?? tags.get(key)).find(
    (value) => value !== undefined,
  )
  return named === undefined ? null : toText(named)
}

const onlyOne = (ids: readonly string[]): string | null =>
  ids.length === 1 ? (ids[0] ?? null) : null

const NONE: readonly string[] = []

/** The different ids a span names under any alias. */
function createIds({ orderId }: Pipeline): (span: RawSpan) => readonly string[] {
  // Java's agent writes a captured header with underscores.
  const aliases = orderId.attributes.flatMap((name) =>
    HEADER.test(name) ? [name, name.replaceAll('-', '_')] : [name],
  )
  return ({ tags }) => {
    // Most spans name none.
    if (!aliases.some((alias) => tags.has(alias))) return NONE
    const ids = aliases
      .flatMap((alias) => elements(tags.get(alias)))
      .flatMap((value) => fittingOrderId(value, orderId) ?? [])
    return [...new Set(ids)]
  }
}

/** Several ids on one span are told apart from one: they are none. */
function elements(value: ForeignValue | undefined): readonly string[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value.flatMap((entry) => elements(entry))
  const text = toText(value) ?? ''
  return text.startsWith('[') ? (text.match(/[^\s"[\],]+/g) ?? []).slice(0, 1_000) : [text]
}

/** A loop that sets the id on the span around it leaves the last one there: such a span has none. */
function withoutLoops(tree: Tree, own: Ids): Ids {
  const below = new Map<RawSpan, Set<string>>()
  for (const span of tree.spans) {
    const id = own.get(span)
    if (!id) continue
    for (let at = tree.parentOf(span); at; at = tree.parentOf(at)) {
      const ids = below.get(at) ?? new Set()
      below.set(at, ids)
      // Three ids are two others whatever the span's own is; whoever is above knows at least as many.
      if (ids.size >= 3 || ids.has(id)) break
      ids.add(id)
    }
  }
  return new Map(
    [...own].map(([span, id]) => {
      const others = [...(below.get(span) ?? [])].filter((other) => other !== id)
      return [span, others.length >= 2 ? null : id]
    }),
  )
}

function resolve(tree: Tree, own: Ids): Ids {
  const known = new Map<RawSpan, string | null>()

  function orderOf(span: RawSpan): string | null {
    const path = new Set<RawSpan>()
    let order: string | null = null
    for (let at: RawSpan | null = span; at && !path.has(at); at = above(at)) {
      const answer = known.get(at)
      path.add(at)
      order = answer ?? own.get(at) ?? null
      if (order !== null || answer === null) break
    }
    for (const passed of path) known.set(passed, order)
    return order
  }

  /** The parent; for a consumer without one, the span at the other end of its only link. */
  function above(span: RawSpan): RawSpan | null {
    const parent = tree.parentOf(span)
    if (parent) return parent
    const [link, second] = span.links
    if (span.kind !== 'consumer' || span.parentId !== null || !link || second) return null
    return tree.find(keyOf(link)) ?? null
  }

  for (const span of tree.spans) orderOf(span)
  return known
}

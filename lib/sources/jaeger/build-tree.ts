import { keyOf, type RawSpan } from './raw-span'

/** Spans with the parents that are really there. Every span has a place, and no walk upward is endless. */
export type Tree = {
  /** Each span once, by start and id. */
  readonly spans: readonly RawSpan[]
  readonly find: (key: string) => RawSpan | undefined
  /** null: a root, an orphan, or where a circle was cut. */
  readonly parentOf: (span: RawSpan) => RawSpan | null
  /** Its parent is named and not there, or would be its own descendant. */
  readonly isOrphan: (span: RawSpan) => boolean
}

/** Joins spans to trees, whatever their order and however often each came. */
export function buildTree(all: Iterable<RawSpan>): Tree {
  const byKey = new Map<string, RawSpan>()
  for (const span of all) {
    const known = byKey.get(keyOf(span))
    byKey.set(keyOf(span), known ? fuller(known, span) : span)
  }
  const spans = [...byKey.values()].sort(byStart)
  const parents = new Map<RawSpan, RawSpan>()
  for (const span of spans) {
    const parent = span.parentId && byKey.get(keyOf({ ...span, spanId: span.parentId }))
    if (parent) parents.set(span, parent)
  }
  cutCircles(spans, parents)
  return {
    spans,
    find: (key) => byKey.get(key),
    parentOf: (span) => parents.get(span) ?? null,
    isOrphan: (span) => span.parentId !== null && !parents.has(span),
  }
}

const byStart = (a: RawSpan, b: RawSpan): number =>
  a.start - b.start || (keyOf(a) < keyOf(b) ? -1 : 1)

/** Of two spans with one id the one that says more; the same one, whichever came first. */
function fuller(a: RawSpan, b: RawSpan): RawSpan {
  const [weightA, weightB] = [a, b].map((span) => [
    Number(span.failed),
    span.tags.size + span.events.length,
    span.durationMs,
  ])
  for (const [index, weight] of (weightA ?? []).entries()) {
    const difference = weight - (weightB?.[index] ?? 0)
    if (difference !== 0) return difference > 0 ? a : b
  }
  return written(a) <= written(b) ? a : b
}

const written = ({ tags, resource, events, ...span }: RawSpan): string =>
  JSON.stringify([
    span,
    [...tags],
    [...resource],
    events.map(({ tags: fields, ...event }) => [event, [...fields]]),
  ])

/** Cuts each circle above its earliest span. `spans` are sorted, so the cut is always the same. */
function cutCircles(spans: readonly RawSpan[], parents: Map<RawSpan, RawSpan>): void {
  const safe = new Set<RawSpan>()
  for (const span of spans) {
    const path = new Set<RawSpan>()
    let at: RawSpan | undefined = span
    while (at && !safe.has(at) && !path.has(at)) {
      path.add(at)
      at = parents.get(at)
    }
    if (at && path.has(at)) parents.delete(earliest(circleFrom(at, parents)))
    for (const passed of path) safe.add(passed)
  }
}

function circleFrom(start: RawSpan, parents: ReadonlyMap<RawSpan, RawSpan>): readonly RawSpan[] {
  const circle = [start]
  for (let at = parents.get(start); at && at !== start; at = parents.get(at)) circle.push(at)
  return circle
}

const earliest = (circle: readonly RawSpan[]): RawSpan =>
  circle.reduce((first, span) => (byStart(span, first) < 0 ? span : first))

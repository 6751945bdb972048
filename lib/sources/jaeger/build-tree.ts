import { keyOf, type RawSpan, type Tags } from './raw-span'

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
export function fuller(a: RawSpan, b: RawSpan): RawSpan {
  const difference =
    Number(a.failed) - Number(b.failed) ||
    a.tags.size + a.events.length - b.tags.size - b.events.length ||
    a.durationMs - b.durationMs
  if (difference !== 0) return difference > 0 ? a : b
  // What a search brings again is nearly always the same, and writing it down is dear.
  if (isAlike(a, b)) return a
  return written(a) <= written(b) ? a : b
}

/** Whether both say the same, as far as it can be told at a glance. */
const isAlike = (a: RawSpan, b: RawSpan): boolean =>
  a.start === b.start &&
  a.parentId === b.parentId &&
  a.name === b.name &&
  a.service === b.service &&
  a.kind === b.kind &&
  [a, b].every(
    ({ links, events, warnings }) => links.length + events.length + warnings.length === 0,
  ) &&
  hasSame(a.tags, b.tags) &&
  hasSame(a.resource, b.resource)

function hasSame(a: Tags, b: Tags): boolean {
  if (a.size !== b.size) return false
  for (const [key, value] of a) if (b.get(key) !== value) return false
  return true
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

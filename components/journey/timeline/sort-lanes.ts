import type { Lane } from '@/lib/journey/journey'
import type { FactView, JourneyView } from '@/lib/journey/journey-view'
import { groupAttempts } from './group-attempts'

/** Times as the sources recorded them, or moved so that the clocks of each trace agree. */
export type ClockChoice = 'recorded' | 'adjusted'

/** One thing to be drawn: a fact, or all attempts at one thing. */
export type Item = {
  /** Of its last fact, which tells how it ended. */
  readonly id: string
  readonly facts: readonly [FactView, ...FactView[]]
  readonly at: number
  readonly until: number
  readonly failed: boolean
  readonly shared: boolean
  /** It failed, carries the order on, or was tried again: drawn even where there is little room. */
  readonly matters: boolean
}

/** What one lane holds, in order of time. */
export type LaneContent = {
  readonly lane: Lane
  readonly facts: readonly FactView[]
  readonly points: readonly Item[]
  readonly spans: readonly Item[]
  /** For each span, when the last one up to it ends: a search by time needs it. */
  readonly ends: Float64Array
  /** How many spans run at once at most. */
  readonly depth: number
}

/** When a fact happened by the chosen clock. */
export const timeOf = (fact: FactView, clock: ClockChoice): number =>
  clock === 'adjusted' && fact.kind === 'span' ? fact.at + fact.clockShift : fact.at

/** Sorts a journey's facts into its lanes, once for all zooming. */
export function sortLanes(
  { lanes, facts }: JourneyView,
  clock: ClockChoice,
): readonly LaneContent[] {
  const bySystem = new Map<string, FactView[]>(lanes.map(({ system }) => [system, []]))
  for (const fact of facts) bySystem.get(fact.system)?.push(fact)
  return lanes.map((lane) => {
    const own = bySystem.get(lane.system) ?? []
    const points = own.filter(({ kind }) => kind !== 'span').map((fact) => toItem([fact], clock))
    const spans = toSpanItems(own, clock)
    return { lane, facts: own, points, spans, ends: toEnds(spans), depth: toDepth(spans) }
  })
}

/** The spans that reach into a stretch of time, as places in `spans`; `until` excluded. */
export function findInside(
  { spans, ends }: Pick<LaneContent, 'spans' | 'ends'>,
  { from, until }: { readonly from: number; readonly until: number },
): { readonly from: number; readonly until: number } {
  return {
    from: search(spans.length, (index) => (ends[index] ?? 0) >= from),
    until: search(spans.length, (index) => (spans[index]?.at ?? 0) > until),
  }
}

function toSpanItems(facts: readonly FactView[], clock: ClockChoice): readonly Item[] {
  const spans = facts.filter((fact) => fact.kind === 'span')
  const attempts = groupAttempts(spans)
  const grouped = new Set(attempts.flatMap((group) => group.map(({ id }) => id)))
  return [
    ...spans.filter(({ id }) => !grouped.has(id)).map((span) => toItem([span], clock)),
    ...attempts.map((group) => toItem(group, clock)),
  ].sort((a, b) => a.at - b.at || b.until - a.until || (a.id < b.id ? -1 : 1))
}

function toItem(facts: readonly [FactView, ...FactView[]], clock: ClockChoice): Item {
  const last = facts.at(-1) ?? facts[0]
  const span = last.kind === 'span' ? last : null
  const failed = last.kind === 'dead-letter' || span?.failed === true
  const carries =
    span?.spanKind === 'producer' || span?.spanKind === 'consumer' || Boolean(span?.statusTo)
  let [at, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const fact of facts) {
    const start = timeOf(fact, clock)
    at = Math.min(at, start)
    until = Math.max(until, start + toLength(fact))
  }
  const matters = failed || carries || facts.length > 1
  return { id: last.id, facts, at, until, failed, shared: span?.shared === true, matters }
}

const toLength = (fact: FactView) => (fact.kind === 'span' ? fact.duration : 0)

function toEnds(spans: readonly Item[]): Float64Array {
  const ends = new Float64Array(spans.length)
  let last = Number.NEGATIVE_INFINITY
  for (const [index, { until }] of spans.entries()) {
    last = Math.max(last, until)
    ends[index] = last
  }
  return ends
}

function toDepth(spans: readonly Item[]): number {
  const ends = spans.map(({ until }) => until).sort((a, b) => a - b)
  let [deepest, ended] = [0, 0]
  for (const [index, { at }] of spans.entries()) {
    while ((ends[ended] ?? Number.POSITIVE_INFINITY) <= at) ended++
    deepest = Math.max(deepest, index + 1 - ended)
  }
  return deepest
}

/** The first place of which something holds that holds of all after it. */
function search(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

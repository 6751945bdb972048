import type { JourneyView } from '@/lib/journey/journey-view'
import { findMoments } from '../draw-lines'
import type { Item, LaneContent } from '../sort-lanes'
import { type AxisSegment, foldAxis, SHORTEST_FOLD, type Unfolded } from './fold-axis'

type Choice = { readonly open: Unfolded; readonly narrow: boolean }

/** The axis of a whole journey: from its first fact over now to what is expected, idle time folded. */
export function layAxis(
  view: JourneyView,
  contents: readonly LaneContent[],
  choice: Choice,
): readonly AxisSegment[] {
  const { now, stages, handoffs, expected } = view
  const marks = [...findMoments(view), ...expected.map(({ planned }) => ({ at: planned }))]
  const moments = [
    ...marks.map(({ at }) => at).filter((at) => at <= now),
    ...stages.flatMap(({ entered, left }) => [entered, left ?? entered]),
    ...handoffs.flatMap(({ started, arrived }) => [started, arrived ?? started]),
  ]
  const busy: readonly (readonly [number, number])[] = [
    ...moments.map((at) => [at, at] as const),
    ...contents.flatMap(({ points, spans }) => [
      ...findBusy(points.filter(isEvent)),
      ...findBusy(spans),
    ]),
  ]
  return foldAxis(busy, {
    ...choice,
    from: busy.reduce((first, [start]) => Math.min(first, start), Number(now)),
    now,
    ahead: marks.map(({ at }) => at).filter((at) => at > now),
  })
}

/** When something was read is no event of the order: it would move the axis with each reading. */
const isEvent = ({ facts: [fact] }: Item): boolean =>
  fact.kind !== 'queue' && (fact.kind !== 'file' || fact.modifiedAt !== null)

/** Stretches of work that nothing parts for long enough to be folded: few, however many spans there are. */
function findBusy(items: readonly Item[]): readonly (readonly [number, number])[] {
  const busy: [number, number][] = []
  for (const { at, until } of items) {
    const last = busy.at(-1)
    if (last && at - last[1] < SHORTEST_FOLD) last[1] = Math.max(last[1], until)
    else busy.push([at, until])
  }
  return busy
}

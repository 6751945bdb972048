import type { JourneyView } from '@/lib/journey/journey-view'
import type { AxisSegment } from './axis/fold-axis'
import type { DrawnLane } from './draw-timeline'
import { findTurns, type TurnKind } from './find-turns'

/** Idle time, folded: shares to the right, pixels down. */
export type DrawnFold = {
  readonly idle: { readonly from: number; readonly until: number }
  readonly x: number
  readonly width: number
  /** Whose turn it was meanwhile. */
  readonly turn: TurnKind
  /** The middle of its upright words. */
  readonly middle: number
}

/** Where a stay ends in its lane, in pixels. */
const STAY_END = 26

/** The folds of what is seen. Their words stand where no stay runs through. */
export function drawFolds(
  view: JourneyView,
  lanes: readonly Pick<DrawnLane, 'top' | 'height' | 'stays'>[],
  segments: readonly AxisSegment[],
): readonly DrawnFold[] {
  const turns = findTurns(view)
  return segments.flatMap(({ idle, start, width }) => {
    if (!idle || start + width < 0 || start > 1) return []
    const moment = (idle.from + idle.until) / 2
    const turn = turns.find(({ from, until }) => from <= moment && until > moment)
    const middle = findRoom(lanes, idle)
    return [{ idle, x: start, width, turn: turn?.kind ?? 'unknown', middle }]
  })
}

/** The middle of the largest stretch, in pixels from the top, where no stay runs through a fold. */
function findRoom(
  lanes: readonly Pick<DrawnLane, 'top' | 'height' | 'stays'>[],
  { from, until }: DrawnFold['idle'],
): number {
  const last = lanes.at(-1)
  const height = last ? last.top + last.height : 0
  const crossed = lanes.filter(({ stays }) =>
    stays.some(({ stage: { entered, left } }) => entered < until && (left ?? until) > from),
  )
  let best = { size: 0, middle: height / 2 }
  let begin = 0
  for (const { top } of [...crossed, { top: height }]) {
    const size = top - begin
    if (size > best.size) best = { size, middle: begin + size / 2 }
    begin = top + STAY_END
  }
  return best.middle
}

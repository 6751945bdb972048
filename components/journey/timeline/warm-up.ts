import type { JourneyView } from '@/lib/journey/journey-view'
import type { AxisSegment } from './axis/fold-axis'
import { zoomAt, zoomAxis } from './axis/zoom-axis'
import { drawTimeline } from './draw-timeline'
import type { LaneContent } from './sort-lanes'

/** So many spans that a browser should not meet them for the first time in the first frame of a zoom. */
const MANY_SPANS = 2_000
const ROUNDS = 4
const WIDTH = 960

/**
 * Draws for nobody while nothing else is to be done: what was run before runs several times faster. The first
 * draws of a zoom over 20,000 spans take 2 to 7 ms instead of 10 to 23, out of 32 for a whole frame.
 */
export function warmUp(
  view: JourneyView,
  contents: readonly LaneContent[],
  whole: readonly AxisSegment[],
  onWarm: () => void,
): (() => void) | undefined {
  const count = contents.reduce((sum, { spans }) => sum + spans.length, 0)
  if (count < MANY_SPANS || !('requestIdleCallback' in window)) return undefined
  let [left, handle] = [ROUNDS, 0]
  const round = () => {
    const segments = zoomAxis(whole, zoomAt(whole, null, 1 + left, 0.3))
    drawTimeline(view, contents, { segments, open: new Set(), width: WIDTH, pinned: null })
    if (--left > 0) handle = requestIdleCallback(round)
    else onWarm()
  }
  handle = requestIdleCallback(round)
  return () => cancelIdleCallback(handle)
}

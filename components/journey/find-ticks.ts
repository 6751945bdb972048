import type { AxisSegment } from './fold-axis'
import { toX } from './fold-axis'

export type Tick = {
  readonly at: number
  readonly x: number
  /** The day is written where it is another than that of the tick before. */
  readonly withDay: boolean
  readonly withSeconds: boolean
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const STEPS = [
  SECOND,
  2 * SECOND,
  5 * SECOND,
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  28 * DAY,
]

const NEAR = 0.085
/** So near to the end its words would leave the axis. */
const END_NEAR = 0.065

/** Round moments of the zone's clock on the unfolded stretches; `offsetMs` is what the zone is ahead of UTC. */
export function findTicks(segments: readonly AxisSegment[], offsetMs: number): readonly Tick[] {
  const ticks: Tick[] = []
  for (const { at, step } of segments.flatMap((segment) => roundMoments(segment, offsetMs))) {
    const x = toX(segments, at)
    const before = ticks.at(-1)
    if (x > 1 - END_NEAR || (before && x - before.x < NEAR)) continue
    const withDay = !before || toDay(before.at, offsetMs) !== toDay(at, offsetMs)
    ticks.push({ at, x, withDay, withSeconds: step < MINUTE })
  }
  return ticks
}

function roundMoments({ from, until, width, folded }: AxisSegment, offsetMs: number) {
  if (folded) return []
  if (from === until) return [{ at: from, step: MINUTE }]
  const wanted = Math.max(1, Math.floor(width / (NEAR * 1.3)))
  const step = STEPS.find((one) => (until - from) / one <= wanted) ?? 28 * DAY
  const first = Math.ceil((from + offsetMs) / step) * step - offsetMs
  const count = Math.max(0, Math.floor((until - first) / step) + 1)
  const moments = Array.from({ length: count }, (_, index) => ({ at: first + index * step, step }))
  // A stretch without a round moment still says when it begins.
  return moments.length > 0 ? moments : [{ at: from, step: SECOND }]
}

const toDay = (at: number, offsetMs: number) => Math.floor((at + offsetMs) / DAY)

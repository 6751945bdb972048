import type { AxisSegment } from './fold-axis'
import { toAt, toX } from './fold-axis'

export type Tick = {
  readonly at: number
  readonly x: number
  /** The day is written where it is another than that of the tick before. */
  readonly withDay: boolean
  readonly precision: 'minute' | 'second' | 'millisecond'
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const STEPS = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
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

/** How far apart ticks must stand, in pixels, and how wide the words of one are. */
const NEAR = 84
const WORDS = 62

type Screen = {
  /** In pixels. */
  readonly width: number
  /** What the zone is ahead of UTC. */
  readonly offsetMs: number
}

/** Round moments of the zone's clock on what is seen of the unfolded stretches. */
export function findTicks(
  segments: readonly AxisSegment[],
  { width, offsetMs }: Screen,
): readonly Tick[] {
  const ticks: Tick[] = []
  const near = NEAR / width
  for (const { at, step } of segments.flatMap((segment) => roundMoments(segment, near, offsetMs))) {
    const x = toX(segments, at)
    const before = ticks.at(-1)
    if (x < 0 || x > 1 - WORDS / width || (before && x - before.x < near)) continue
    const withDay = !before || toDay(before.at, offsetMs) !== toDay(at, offsetMs)
    const precision = step < SECOND ? 'millisecond' : step < MINUTE ? 'second' : 'minute'
    ticks.push({ at, x, withDay, precision })
  }
  return ticks
}

/** Within what is seen of a stretch: zoomed in, it reaches far beyond the screen. */
function roundMoments(segment: AxisSegment, near: number, offsetMs: number) {
  const { kind, start, width } = segment
  if (kind !== 'plain' || start > 1 || start + width < 0) return []
  const from = Math.max(segment.from, toAt([segment], 0))
  const until = Math.min(segment.until, toAt([segment], 1))
  const seen = Math.min(1, start + width) - Math.max(0, start)
  const wanted = Math.max(1, Math.floor(seen / (near * 1.25)))
  const step = STEPS.find((one) => (until - from) / one <= wanted) ?? 28 * DAY
  const first = Math.ceil((from + offsetMs) / step) * step - offsetMs
  const count = Math.max(0, Math.floor((until - first) / step) + 1)
  const moments = Array.from({ length: count }, (_, index) => ({ at: first + index * step, step }))
  // A stretch without a round moment still says when it begins.
  return moments.length > 0 ? moments : [{ at: from, step: SECOND }]
}

const toDay = (at: number, offsetMs: number) => Math.floor((at + offsetMs) / DAY)

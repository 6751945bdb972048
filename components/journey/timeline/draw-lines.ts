import type { JourneyView } from '@/lib/journey/journey-view'
import { type AxisSegment, toX } from './axis/fold-axis'

/** Now, or a limit of the stage the order is in. */
export type Moment = { readonly kind: 'now' | 'plan' | 'limit'; readonly at: number }

/** Its word stands in a row of its own where it would cover another's. */
export type DrawnLine = Moment & {
  readonly x: number
  readonly row: number
  /** On which side of the line its word stands. */
  readonly side: 'left' | 'right'
}

export type DrawnLines = {
  readonly lines: readonly DrawnLine[]
  /** What lies outside of what is seen: it is said at the edge. */
  readonly before: readonly Moment[]
  readonly after: readonly Moment[]
  readonly rows: number
}

/** How wide a word with its date is, in pixels. */
const WORD = 128

/** Now, and the limits of the stage the order is in. */
export function findMoments({ current, stages, now }: JourneyView): readonly Moment[] {
  const limit = current && !current.terminal ? stages[current.stage]?.limit : null
  if (!limit) return [{ kind: 'now', at: now }]
  return [
    { kind: 'now', at: now },
    { kind: 'plan', at: limit.warnAt },
    { kind: 'limit', at: limit.criticalAt },
  ]
}

/** Lines for what is seen of these moments, the others for its edges. */
export function drawLines(
  view: JourneyView,
  segments: readonly AxisSegment[],
  width: number,
): DrawnLines {
  const moments = findMoments(view)
  const [first, last] = [segments[0], segments.at(-1)]
  const isBefore = ({ at }: Moment) => (first ? at < first.from : false) || toX(segments, at) < 0
  const isAfter = ({ at }: Moment) => (last ? at > last.until : false) || toX(segments, at) > 1
  const lines: DrawnLine[] = []
  for (const moment of moments) {
    if (isBefore(moment) || isAfter(moment)) continue
    const x = toX(segments, moment.at)
    const side = x > 0.5 ? 'left' : 'right'
    const [begin, end] = toSpan(x, side, width)
    const taken = lines
      .filter((line) => {
        const [otherBegin, otherEnd] = toSpan(line.x, line.side, width)
        return begin < otherEnd && end > otherBegin
      })
      .map(({ row }) => row)
    lines.push({ ...moment, x, side, row: [0, 1, 2].find((row) => !taken.includes(row)) ?? 0 })
  }
  return {
    lines,
    before: moments.filter(isBefore),
    after: moments.filter(isAfter),
    rows: Math.max(0, ...lines.map(({ row }) => row + 1)),
  }
}

function toSpan(x: number, side: DrawnLine['side'], width: number): readonly [number, number] {
  const at = x * width
  return side === 'left' ? [at - WORD, at] : [at, at + WORD]
}

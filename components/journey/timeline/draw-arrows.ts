import type { Handoff } from '@/lib/journey/journey'
import type { JourneyView } from '@/lib/journey/journey-view'
import { type AxisSegment, toX } from './axis/fold-axis'
import type { DrawnFold } from './draw-folds'
import type { DrawnLines } from './draw-lines'
import type { DrawnLane } from './draw-timeline'

/** From a stay of one lane to the status change of another: shares to the right, pixels down. */
export type DrawnArrow = {
  readonly handoff: Handoff
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  /** Where its wait is written; null where there is no room for it. */
  readonly label: { readonly x: number; readonly y: number } | null
}

type Beside = {
  readonly lanes: readonly DrawnLane[]
  readonly folds: readonly DrawnFold[]
  readonly lines: DrawnLines
}
type Screen = { readonly segments: readonly AxisSegment[]; readonly width: number }
type Box = {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** In pixels; a wait has at most two units. */
const LABEL = { width: 66, height: 17 }
const POINT = { width: 22, height: 16 }
const FOLD = { width: 14, height: 124 }
const LINE = { width: 6, height: Number.POSITIVE_INFINITY }
/** Where along an arrow its wait may stand, on it or beside it, the best first. */
const PLACES = [0.5, 0.38, 0.62, 0.26, 0.74, 0.15, 0.85]
const LATE = { ok: 0, warn: 1, breach: 2 } as const

/**
 * Draws hand-offs. A wait stands on its arrow's middle, else where it covers neither another wait nor a mark nor
 * a line nor the words of a fold; the latest ones choose first.
 */
export function drawArrows(
  view: JourneyView,
  { lanes, folds, lines }: Beside,
  { segments, width }: Screen,
): readonly DrawnArrow[] {
  const taken: Box[] = [
    ...lanes.flatMap(({ points, pointsTop }) =>
      points.map(({ x }) => ({ x: x * width, y: pointsTop + 7, ...POINT })),
    ),
    ...lines.lines.map(({ x }) => ({ x: x * width, y: 0, ...LINE })),
    ...folds.map(({ x, width: share, middle }) => ({
      x: (x + share / 2) * width,
      y: middle,
      ...FOLD,
    })),
  ]
  return view.handoffs
    .toSorted((a, b) => LATE[b.level] - LATE[a.level] || a.started - b.started)
    .flatMap((handoff) => {
      const from = lanes.find(({ lane }) => lane.system === handoff.from)
      const to = lanes.find(({ lane }) => lane.system === handoff.to)
      const overtaken = handoff.state === 'closed' && handoff.arrived === null
      if (!from || !to || overtaken) return []
      const down = to.top > from.top
      const ends = {
        x1: toX(segments, handoff.started),
        y1: from.pointsTop + (down ? 15 : -1),
        x2: toX(segments, handoff.arrived ?? view.now),
        y2: to.pointsTop + (down ? -2 : 16),
      }
      if (ends.x2 < 0 || ends.x1 > 1) return []
      const label = handoff.wait > 0 ? findPlace(ends, taken, width, handoff.level !== 'ok') : null
      if (label) taken.push({ x: label.x * width, y: label.y, ...LABEL })
      return [{ handoff, ...cut(ends), label }]
    })
}

type Ends = Pick<DrawnArrow, 'x1' | 'y1' | 'x2' | 'y2'>

/** Beyond both edges, in screens: a browser draws every dash of a line, and zoomed in a line has millions. */
const BEYOND = 1

/** The part of an arrow that can be seen, and a little more. */
function cut({ x1, y1, x2, y2 }: Ends): Ends {
  const toY = (x: number) => (x2 === x1 ? y2 : y1 + ((y2 - y1) * (x - x1)) / (x2 - x1))
  const [from, until] = [Math.max(x1, -BEYOND), Math.min(x2, 1 + BEYOND)]
  return {
    ...(from === x1 ? { x1, y1 } : { x1: from, y1: toY(from) }),
    ...(until === x2 ? { x2, y2 } : { x2: until, y2: toY(until) }),
  }
}

/** A late wait is written even where it covers something: it is what somebody came to see. */
function findPlace({ x1, y1, x2, y2 }: Ends, taken: readonly Box[], width: number, late: boolean) {
  const [room, aside] = [LABEL.width / 2 / width, LABEL.width / 2 / width + 5 / width]
  const places = [0, -aside, aside].flatMap((shift) =>
    PLACES.map((share) => ({ x: x1 + (x2 - x1) * share + shift, y: y1 + (y2 - y1) * share })),
  )
  const seen = places.filter(({ x }) => x >= room && x <= 1 - room)
  const free = seen.find(
    ({ x, y }) => !taken.some((box) => covers(box, { x: x * width, y, ...LABEL })),
  )
  return free ?? (late ? seen[0] : undefined) ?? null
}

const covers = (a: Box, b: Box) =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2

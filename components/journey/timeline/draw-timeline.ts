// Long, because a lane is laid out in one place: what stands in which row, and what of it is drawn.
import type { ExpectedStage, Lane, SourceReport, Stage } from '@/lib/journey/journey'
import type { JourneyView } from '@/lib/journey/journey-view'
import { type AxisSegment, followX, toAt, toX } from './axis/fold-axis'
import { clusterMarks, type Mark, type Placed } from './cluster-marks'
import { type Activity, addActivity, startActivity, toActivityPath } from './draw-activity'
import { type DrawnArrow, drawArrows } from './draw-arrows'
import { type DrawnFold, drawFolds } from './draw-folds'
import { type DrawnLines, drawLines } from './draw-lines'
import { findUnseen, type Unseen } from './find-unseen'
import { findInside, type Item, type LaneContent } from './sort-lanes'

export type FactMark = Mark<Item>

type Stretch = { readonly x: number; readonly width: number }

/** A stay in a status, in the lane of the system that owns it. */
export type DrawnStay = Stretch & { readonly stage: Stage }

/** A stay still ahead, from when its status is planned to when the next one is. */
export type DrawnGhost = Stretch & { readonly stage: ExpectedStage }

/** One lane in pixels from the top; shares of the screen from left to right. */
export type DrawnLane = {
  readonly lane: Lane
  readonly top: number
  readonly height: number
  readonly pointsTop: number
  readonly spansTop: number
  readonly activityTop: number
  readonly stays: readonly DrawnStay[]
  readonly ghosts: readonly DrawnGhost[]
  readonly points: readonly FactMark[]
  readonly spans: readonly FactMark[]
  /** A path of the spans that have no mark of their own, see `toActivityPath`. */
  readonly activity: string
  /** How many spans of what is seen have no mark of their own. */
  readonly small: number
  readonly open: boolean
  readonly unseen: readonly (Unseen & Stretch)[]
}

export type Drawing = {
  readonly from: number
  readonly until: number
  readonly segments: readonly AxisSegment[]
  readonly lanes: readonly DrawnLane[]
  readonly arrows: readonly DrawnArrow[]
  readonly folds: readonly DrawnFold[]
  readonly height: number
  readonly lines: DrawnLines
}

export type Look = {
  /** What is seen, see `zoomAxis`. */
  readonly segments: readonly AxisSegment[]
  /** Lanes that show every span. */
  readonly open: ReadonlySet<string>
  /** Of the lanes, in pixels. */
  readonly width: number
  /** A fact that is drawn even where there is little room. */
  readonly pinned: string | null
}

/** A row of spans, and from where on a lane has them. */
export const ROW = 11
const POINTS_TOP = 29
const SPANS_TOP = 49
const ROWS = { closed: 2, most: 12 }
const HEIGHTS = { spans: 84, rows: 54, nothing: 34 }

/** In pixels: nearer marks would cover each other; a shorter span has no mark of its own. */
const NEAR = { points: 14, spans: 5 }
const SHORT = 7
/** How many marks of spans a browser moves in one frame. */
const MOST_MARKS = 280

/**
 * Lays out what is seen of a journey: time to the right; one lane per system downward.
 *
 *     web    ▇▇ placed ▇▇▇◆─┐              stays · status changes · spans
 *     sales                 └▶◆ ─┐         hand-offs lead from lane to lane
 *     plant                      └▶◆▇▇▇▇ making ▇▇▇│now ┈┈ made ┈┈
 */
export function drawTimeline(
  view: JourneyView,
  contents: readonly LaneContent[],
  look: Look,
): Drawing {
  const { segments, width } = look
  const [from, until] = [toAt(segments, 0), toAt(segments, 1)]
  const seen = { from, until }
  const placed = contents.map((content) => placeSpans(content, seen, look))
  const marks = packSpans(placed, width)
  const lanes = layOutLanes(view, contents, look).map(
    (lane, index): DrawnLane => ({
      ...lane,
      spans: marks[index] ?? [],
      activity: toActivityPath(placed[index]?.small ?? startActivity()),
      small: placed[index]?.small.total ?? 0,
    }),
  )
  const last = lanes.at(-1)
  const folds = drawFolds(view, lanes, segments)
  const lines = drawLines(view, segments, width)
  return {
    from,
    until,
    segments,
    lanes,
    folds,
    arrows: drawArrows(view, { lanes, folds, lines }, { segments, width }),
    height: last ? last.top + last.height : 0,
    lines,
  }
}

/** The mark that stands for a fact, alone or with others. */
export const findMark = ({ lanes }: Drawing, factId: string): FactMark | undefined =>
  lanes
    .flatMap(({ points, spans }) => [...points, ...spans])
    .find(({ items }) => items.some((item) => holds(item, factId)))

/** True where a fact is among those of an item. */
export const holds = ({ facts }: Item, factId: string | null): boolean =>
  factId !== null && facts.some(({ id }) => id === factId)

type PlacedSpans = {
  readonly marked: readonly Placed<Item>[]
  readonly small: Activity
  readonly rows: number
}

/** The spans of a lane within what is seen; a closed lane sets the small ones apart that matter little. */
function placeSpans(
  content: LaneContent,
  seen: { readonly from: number; readonly until: number },
  { segments, open, width, pinned }: Look,
): PlacedSpans {
  const marked: Placed<Item>[] = []
  const small = startActivity()
  const isOpen = open.has(content.lane.system)
  const [toStart, toEnd] = [followX(segments), followX(segments)]
  const { from, until } = findInside(content, seen)
  for (let index = from; index < until; index++) {
    const item = content.spans[index]
    if (!item || item.until < seen.from) continue
    const x = Math.max(EDGE.left, toStart(item.at))
    const length = Math.max(0, Math.min(EDGE.right, toEnd(item.until)) - x)
    const stands = isOpen || item.matters || length * width >= SHORT || holds(item, pinned)
    if (stands) marked.push({ item, x, width: length })
    else addActivity(small, x, length)
  }
  return { marked, small, rows: isOpen ? toRows(content) : ROWS.closed }
}

/** Joins more and more until a browser can move what is left in one frame. */
function packSpans(
  placed: readonly PlacedSpans[],
  width: number,
): readonly (readonly FactMark[])[] {
  for (let near = NEAR.spans / width; near < 1; near *= 1.6) {
    const packed: (readonly FactMark[])[] = []
    let left = MOST_MARKS
    for (const { marked, rows } of placed) {
      const marks = clusterMarks(marked, { near, rows, most: left })
      if (!marks) break
      left -= marks.length
      packed.push(marks)
    }
    if (packed.length === placed.length) return packed
  }
  return placed.map(({ marked }) => clusterMarks(marked, { near: 1, rows: 1 }) ?? [])
}

const toRows = ({ depth }: LaneContent) => Math.min(ROWS.most, Math.max(ROWS.closed, depth))

function layOutLanes(view: JourneyView, contents: readonly LaneContent[], look: Look) {
  const { segments, width } = look
  const first = segments[0]?.from ?? 0
  let top = 0
  return contents.map((content) => {
    const { lane, facts, points, spans } = content
    const stays = view.stages.filter(({ system }) => system === lane.system)
    const open = look.open.has(lane.system) && spans.length > 0
    const rows = points.length + stays.length > 0
    // Room for the spans still to come, so that nothing jumps when they do.
    const awaited = rows && !view.complete && lane.coverage === 'traced'
    const kind = spans.length > 0 || awaited ? 'spans' : rows ? 'rows' : 'nothing'
    const height = open ? SPANS_TOP + toRows(content) * ROW + 8 : HEIGHTS[kind]
    const drawn = {
      lane,
      top,
      height,
      open,
      pointsTop: top + POINTS_TOP,
      spansTop: top + SPANS_TOP,
      activityTop: top + SPANS_TOP + ROWS.closed * ROW + 1,
      stays: stays.flatMap((stage) =>
        toSeen(segments, stage.entered, stage.left ?? view.now).map((at) => ({ stage, ...at })),
      ),
      ghosts: drawGhosts(view, lane, segments),
      points: packPoints(points, segments, width),
      unseen: findUnseen(lane, facts, reportsOf(view, lane), {
        from: first,
        until: view.now,
      }).flatMap((one) => toSeen(segments, one.from, one.until).map((at) => ({ ...one, ...at }))),
    }
    top += height
    return drawn
  })
}

function packPoints(
  points: readonly Item[],
  segments: readonly AxisSegment[],
  width: number,
): readonly FactMark[] {
  const placed = points.map((item) => ({ item, x: toX(segments, item.at), width: 0 }))
  const seen = placed.filter(({ x }) => x >= 0 && x <= 1)
  return clusterMarks(seen, { near: NEAR.points / width, rows: 1 }) ?? []
}

function drawGhosts(
  { expected }: JourneyView,
  { system }: Lane,
  segments: readonly AxisSegment[],
): readonly DrawnGhost[] {
  return expected.flatMap((stage, index) => {
    if (stage.system !== system) return []
    const until = expected[index + 1]?.planned ?? Math.max(stage.planned, stage.until)
    return toSeen(segments, stage.planned, until).map((at) => ({ stage, ...at }))
  })
}

const reportsOf = ({ sources }: JourneyView, { system }: Lane): readonly SourceReport[] =>
  sources.filter(({ systems }) => systems.includes(system))

/** A little beyond both edges, so that no end shows that is none. */
const EDGE = { left: -0.006, right: 1.006 }

/** What of a stretch is seen: one or none. */
function toSeen(segments: readonly AxisSegment[], from: number, until: number): readonly Stretch[] {
  const last = segments.at(-1)
  // The axis may end before it: to scale, what is far ahead is left outside.
  if (last && from >= last.until) return []
  const x = Math.max(EDGE.left, toX(segments, from))
  const end = Math.min(EDGE.right, toX(segments, until))
  return end < EDGE.left || x > EDGE.right || end < x ? [] : [{ x, width: end - x }]
}

import type { Handoff, Lane, SourceReport, Stage } from '@/lib/journey/journey'
import type { FactView, JourneyView } from '@/lib/journey/journey-view'
import { clusterMarks, type Drawn, type Mark } from './cluster-marks'
import { findUnseen, type Unseen } from './find-unseen'
import { type AxisSegment, foldAxis, toX } from './fold-axis'

export type FactMark = Mark<Drawn & { readonly fact: FactView }>

/** A stay in a status, in the lane of the system that owns it. */
export type DrawnStay = { readonly stage: Stage; readonly x: number; readonly width: number }

/** One lane in pixels from the top; `null` where it has no such row. */
export type DrawnLane = {
  readonly lane: Lane
  readonly top: number
  readonly height: number
  readonly pointsTop: number
  readonly spansTop: number
  readonly stays: readonly DrawnStay[]
  readonly points: readonly FactMark[]
  readonly spans: readonly FactMark[]
  readonly unseen: readonly (Unseen & { readonly x: number; readonly width: number })[]
}

export type DrawnArrow = {
  readonly handoff: Handoff
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  /** False where its words would cover those of another. */
  readonly labelled: boolean
}

/** Now, or a limit. Its word stands in a row of its own where it would cover another's. */
export type DrawnLine = {
  readonly kind: 'now' | 'plan' | 'limit'
  readonly x: number
  readonly row: number
}

export type Drawing = {
  readonly from: number
  readonly until: number
  readonly segments: readonly AxisSegment[]
  readonly lanes: readonly DrawnLane[]
  readonly arrows: readonly DrawnArrow[]
  readonly height: number
  readonly lines: readonly DrawnLine[]
}

const STAY_TOP = 5
const STAY_HEIGHT = 20
const POINTS_TOP = 29
const SPANS_TOP = 49
const SPAN_ROWS = 3
const HEIGHTS = { spans: 84, rows: 54, nothing: 34 }

/** Marks nearer than this share of the axis would cover each other on a screen of ordinary width. */
const POINT_NEAR = 0.013
const SPAN_NEAR = 0.005
const LABEL_NEAR = 0.06
const LINE_NEAR = 0.14

const LATE = { ok: 0, warn: 1, breach: 2 } as const

/**
 * Lays a journey out: time to the right, folded where nothing happened; one lane per system downward.
 *
 *     web    ▇▇ placed ▇▇▇◆─┐              stays · status changes · spans
 *     sales                 └▶◆ ─┐         hand-offs lead from lane to lane
 *     plant                      └▶◆▇▇▇▇ making ▇▇▇│now
 */
export function drawTimeline(view: JourneyView, open: ReadonlySet<number> | 'all'): Drawing {
  const limits = findLimits(view)
  const busy = findBusy(view, limits)
  const from = busy.reduce((first, [start]) => Math.min(first, start), Number(view.now))
  const until = Math.max(view.now, ...limits.map(({ at }) => at))
  const segments = foldAxis(busy, { from, until, open })
  const x = (at: number) => toX(segments, at)
  const lanes = layOutLanes(view, x, { from, until: view.now })
  const last = lanes.at(-1)
  return {
    from,
    until,
    segments,
    lanes,
    arrows: drawArrows(view, lanes, x),
    height: last ? last.top + last.height : 0,
    lines: drawLines([{ kind: 'now', at: view.now }, ...limits], x),
  }
}

/** The mark that stands for a fact, alone or with others. */
export const findMark = ({ lanes }: Drawing, factId: string): FactMark | undefined =>
  lanes
    .flatMap(({ points, spans }) => [...points, ...spans])
    .find(({ items }) => items.some(({ id }) => id === factId))

/** The limits of the stage the order is in: those passed, and the next one. */
function findLimits({ current, stages, now }: JourneyView) {
  const limit = current && !current.terminal ? stages[current.stage]?.limit : null
  if (!limit) return []
  const plan = { kind: 'plan', at: limit.warnAt } as const
  return limit.warnAt > now ? [plan] : [plan, { kind: 'limit', at: limit.criticalAt } as const]
}

function drawLines(
  lines: readonly { readonly kind: DrawnLine['kind']; readonly at: number }[],
  x: (at: number) => number,
): readonly DrawnLine[] {
  const drawn: DrawnLine[] = []
  for (const { kind, at } of lines) {
    const line = { kind, x: x(at) }
    const taken = drawn.filter((other) => Math.abs(other.x - line.x) < LINE_NEAR)
    drawn.push({ ...line, row: taken.length })
  }
  return drawn
}

function findBusy(
  { facts, stages, handoffs, now }: JourneyView,
  limits: readonly { at: number }[],
) {
  const moments = [
    now,
    ...stages.flatMap(({ entered, left }) => (left === null ? [entered] : [entered, left])),
    ...handoffs.flatMap(({ started, arrived }) =>
      arrived === null ? [started] : [started, arrived],
    ),
    ...limits.map(({ at }) => at),
  ]
  return [
    ...moments.map((at) => [at, at] as const),
    ...facts.map(
      (fact) => [fact.at, fact.at + (fact.kind === 'span' ? fact.duration : 0)] as const,
    ),
  ]
}

function layOutLanes(
  view: JourneyView,
  x: (at: number) => number,
  seen: { from: number; until: number },
): readonly DrawnLane[] {
  let top = 0
  return view.lanes.map((lane) => {
    const facts = view.facts.filter(({ system }) => system === lane.system)
    const spans = facts.filter(({ kind }) => kind === 'span')
    const points = facts.filter(({ kind }) => kind !== 'span')
    const stays = view.stages.filter(({ system }) => system === lane.system)
    const rows = points.length + stays.length > 0
    // Room for the spans still to come, so that nothing jumps when they do.
    const awaited = rows && !view.complete && lane.coverage === 'traced'
    const height = HEIGHTS[spans.length > 0 || awaited ? 'spans' : rows ? 'rows' : 'nothing']
    const drawn: DrawnLane = {
      lane,
      top,
      height,
      pointsTop: top + POINTS_TOP,
      spansTop: top + SPANS_TOP,
      stays: stays.map((stage) => ({
        stage,
        ...between(x, stage.entered, stage.left ?? view.now),
      })),
      points: clusterMarks(
        points.map((fact) => toDrawn(fact, x)),
        { near: POINT_NEAR, rows: 1 },
      ),
      spans: clusterMarks(
        spans.map((fact) => toDrawn(fact, x)),
        { near: SPAN_NEAR, rows: SPAN_ROWS },
      ),
      unseen: findUnseen(lane, facts, reportsOf(view, lane), seen).map((one) => ({
        ...one,
        ...between(x, one.from, one.until),
      })),
    }
    top += height
    return drawn
  })
}

const reportsOf = ({ sources }: JourneyView, { system }: Lane): readonly SourceReport[] =>
  sources.filter(({ systems }) => systems.includes(system))

function toDrawn(fact: FactView, x: (at: number) => number) {
  const span = fact.kind === 'span'
  return {
    id: fact.id,
    fact,
    ...between(x, fact.at, span ? fact.at + fact.duration : fact.at),
    failed: fact.kind === 'dead-letter' || (span && fact.failed),
    shared: span && fact.shared,
  }
}

function between(x: (at: number) => number, from: number, until: number) {
  const start = x(from)
  return { x: start, width: Math.max(0, x(until) - start) }
}

function drawArrows(
  view: JourneyView,
  lanes: readonly DrawnLane[],
  x: (at: number) => number,
): readonly DrawnArrow[] {
  const labels: { x: number; y: number }[] = []
  return view.handoffs
    .toSorted((a, b) => LATE[b.level] - LATE[a.level] || a.started - b.started)
    .flatMap((handoff) => {
      const from = lanes.find(({ lane }) => lane.system === handoff.from)
      const to = lanes.find(({ lane }) => lane.system === handoff.to)
      const overtaken = handoff.state === 'closed' && handoff.arrived === null
      if (!from || !to || overtaken) return []
      const down = to.top > from.top
      const ends = {
        x1: x(handoff.started),
        y1: from.top + (down ? STAY_TOP + STAY_HEIGHT : STAY_TOP),
        x2: x(handoff.arrived ?? view.now),
        y2: to.pointsTop + (down ? -2 : 16),
      }
      const middle = { x: (ends.x1 + ends.x2) / 2, y: (ends.y1 + ends.y2) / 2 }
      const labelled = labels.every(
        (one) => Math.abs(one.x - middle.x) > LABEL_NEAR || Math.abs(one.y - middle.y) > 16,
      )
      if (labelled) labels.push(middle)
      return [{ handoff, ...ends, labelled }]
    })
}

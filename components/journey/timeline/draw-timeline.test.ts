import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JourneyView } from '@/lib/journey/journey-view'
import { epochMs } from '@/lib/journey/types'
import { costly } from '@/property-runs'
import { crowdedView, exampleView } from '../fixtures/example-view'
import { toX, type Unfolded } from './axis/fold-axis'
import { layAxis } from './axis/lay-axis'
import { zoomAt, zoomAxis } from './axis/zoom-axis'
import { drawTimeline, findMark } from './draw-timeline'
import { sortLanes } from './sort-lanes'

const NONE = new Set<never>()
const everyLane = new Set(exampleView.lanes.map(({ system }) => system))

type Options = {
  readonly open?: ReadonlySet<string>
  readonly unfolded?: Unfolded
  readonly zoom?: readonly [factor: number, x: number]
  readonly width?: number
  readonly pinned?: string
}

function lookAt(view: JourneyView) {
  const contents = sortLanes(view, 'recorded')
  return ({ open = NONE, unfolded = NONE, zoom, width = 1_000, pinned }: Options = {}) => {
    const whole = layAxis(view, contents, { open: unfolded, narrow: width < 600 })
    const window = zoom ? zoomAt(whole, null, ...zoom) : null
    const segments = zoomAxis(whole, window)
    return drawTimeline(view, contents, { segments, open, width, pinned: pinned ?? null })
  }
}

const drawing = lookAt(exampleView)()
const crowded = lookAt(crowdedView(20_000))
const countMarks = ({ lanes }: typeof drawing) =>
  lanes.reduce((sum, { points, spans }) => sum + points.length + spans.length, 0)

describe('drawTimeline', () => {
  it('draws one lane per system, in the order of the journey, without overlap', () => {
    expect(drawing.lanes.map(({ lane }) => lane.system)).toEqual(
      exampleView.lanes.map(({ system }) => system),
    )
    drawing.lanes.slice(1).forEach(({ top }, index) => {
      const before = drawing.lanes[index]
      expect(top).toBe((before?.top ?? 0) + (before?.height ?? 0))
    })
  })

  it('draws every fact once in open lanes', () => {
    const view = crowdedView(2_000)
    const ids = lookAt(view)({ open: everyLane }).lanes.flatMap(({ points, spans }) =>
      [...points, ...spans].flatMap(({ items }) =>
        items.flatMap(({ facts }) => facts.map(({ id }) => id)),
      ),
    )
    expect(ids.toSorted()).toEqual(view.facts.map(({ id }) => id).toSorted())
  })

  it('counts in closed lanes what it does not draw, and never leaves out a failure', () => {
    const view = crowdedView(2_000)
    const { lanes } = lookAt(view)()
    const drawn = new Set(
      lanes.flatMap(({ spans }) => spans.flatMap(({ items }) => items.map(({ id }) => id))),
    )
    const spans = view.facts.filter(({ kind }) => kind === 'span')
    expect(lanes.reduce((sum, { small }) => sum + small, drawn.size)).toBe(spans.length)
    for (const fact of spans)
      if (fact.kind === 'span' && fact.failed) expect(drawn).toContain(fact.id)
  })

  it('draws the pinned fact, however small it is', () => {
    const view = crowdedView(2_000)
    const draw = lookAt(view)
    const small = view.facts.find(({ id }) => !findMark(draw(), id))?.id ?? ''
    expect(small).not.toBe('')
    expect(findMark(draw({ pinned: small }), small)).toBeDefined()
  })

  it('moves few marks at any zoom, however many spans there are', () => {
    const zooms = fc.tuple(
      fc.double({ min: 1, max: 1e6, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    const looks = fc.record({
      zoom: zooms,
      open: fc.constantFrom(NONE, everyLane),
      unfolded: fc.constantFrom<Unfolded>(NONE, 'all'),
      width: fc.integer({ min: 240, max: 2_600 }),
    })
    fc.assert(
      fc.property(looks, (look) => {
        expect(countMarks(crowded(look))).toBeLessThanOrEqual(1_500)
      }),
      costly(), // thousands of spans are drawn each time
    )
  })

  it('keeps lanes as high as they are while zooming', () => {
    const heights = (options: Options) => crowded(options).lanes.map(({ height }) => height)
    expect(heights({ zoom: [40, 0.2] })).toEqual(heights({}))
    expect(heights({ zoom: [40, 0.2], open: everyLane })).toEqual(heights({ open: everyLane }))
  })

  it('gives open lanes room for what overlaps', () => {
    const [closed, open] = [crowded(), crowded({ open: new Set(['web']) })]
    expect(open.lanes[0]?.height).toBeGreaterThan(closed.lanes[0]?.height ?? 0)
    expect(open.lanes[1]?.height).toBe(closed.lanes[1]?.height)
  })

  it('lets a hand-off that has not arrived reach to now', () => {
    const open = drawing.arrows.find(({ handoff }) => handoff.state === 'unseen')
    const now = drawing.lines.lines.find(({ kind }) => kind === 'now')
    expect(open?.x2).toBe(now?.x)
  })

  it('cuts an arrow a screen beyond the edges, and keeps its slope', () => {
    const slopeOf = ({ x1, y1, x2, y2 }: (typeof drawing.arrows)[number]) => (y2 - y1) / (x2 - x1)
    const zooms = fc.tuple(
      fc.double({ min: 1, max: 1e6, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    fc.assert(
      fc.property(zooms, (zoom) => {
        const { arrows, segments } = lookAt(exampleView)({ zoom })
        for (const arrow of arrows) {
          expect(Math.min(arrow.x1, arrow.x2)).toBeGreaterThanOrEqual(-1)
          expect(Math.max(arrow.x1, arrow.x2)).toBeLessThanOrEqual(2)
          const { started, arrived } = arrow.handoff
          const [x1, x2] = [started, arrived ?? exampleView.now].map((at) => toX(segments, at))
          const whole = drawing.arrows.find(({ handoff }) => handoff === arrow.handoff)
          if (!whole || x1 === undefined || x2 === undefined || x2 - x1 < 1e-6) continue
          expect(slopeOf(arrow)).toBeCloseTo((whole.y2 - whole.y1) / (x2 - x1), 3)
        }
      }),
    )
  })

  it('writes no wait over another wait', () => {
    const boxes = drawing.arrows.flatMap(({ label }) => label ?? [])
    boxes.forEach((a, index) => {
      for (const b of boxes.slice(index + 1))
        expect(Math.abs(a.x - b.x) * 1_000 >= 60 || Math.abs(a.y - b.y) >= 17).toBe(true)
    })
  })

  it('draws no arrow for a hand-off that was overtaken and never came', () => {
    const handoffs = exampleView.handoffs.map((one) => ({
      ...one,
      state: 'closed' as const,
      arrived: null,
    }))
    expect(lookAt({ ...exampleView, handoffs })().arrows).toEqual([])
  })

  it('shows the limit that is past and the one that comes', () => {
    const { lines } = drawing.lines
    expect(lines.map(({ kind }) => kind)).toEqual(['now', 'plan', 'limit'])
    const [now, plan, limit] = lines
    expect(plan?.x).toBeLessThan(now?.x ?? 0)
    expect(limit?.x).toBeGreaterThan(now?.x ?? 0)
  })

  it('says at the edge what lies outside of what is seen', () => {
    const { lines, before, after } = lookAt(exampleView)({ zoom: [20, 0.02] }).lines
    expect(lines).toEqual([])
    expect(before).toEqual([])
    expect(after.map(({ kind }) => kind)).toEqual(['now', 'plan', 'limit'])
  })

  it('draws what is expected ahead of now', () => {
    const ghosts = drawing.lanes.flatMap(({ ghosts }) => ghosts)
    const now = drawing.lines.lines.find(({ kind }) => kind === 'now')
    expect(ghosts.map(({ stage }) => stage.status)).toEqual(['MADE', 'SENT'])
    for (const { x } of ghosts) expect(x).toBeGreaterThanOrEqual(now?.x ?? 1)
  })

  it('survives an order of which nothing is known', () => {
    const empty = {
      ...exampleView,
      now: epochMs(1_000),
      current: null,
      stages: [],
      expected: [],
      handoffs: [],
      facts: [],
    }
    expect(lookAt(empty)().arrows).toEqual([])
  })
})

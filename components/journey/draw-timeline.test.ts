import { describe, expect, it } from 'vitest'
import { epochMs } from '@/lib/journey/types'
import { drawTimeline } from './draw-timeline'
import { crowdedView, exampleView } from './fixtures/example-view'

const NONE = new Set<number>()
const drawing = drawTimeline(exampleView, NONE)

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

  it('draws every fact of its lanes exactly once', () => {
    const view = crowdedView(2_000)
    const ids = drawTimeline(view, NONE).lanes.flatMap(({ points, spans }) =>
      [...points, ...spans].flatMap(({ items }) => items.map(({ id }) => id)),
    )
    expect(ids.toSorted()).toEqual(view.facts.map(({ id }) => id).toSorted())
  })

  it('keeps the number of marks small, however many spans there are', () => {
    const marks = drawTimeline(crowdedView(20_000), NONE).lanes.flatMap(({ spans }) => spans)
    expect(marks.length).toBeLessThan(3 * 3 * 201)
  })

  it('lets a hand-off that has not arrived reach to now', () => {
    const open = drawing.arrows.find(({ handoff }) => handoff.state === 'unseen')
    const now = drawing.lines.find(({ kind }) => kind === 'now')
    expect(open?.x2).toBe(now?.x)
  })

  it('draws no arrow for a hand-off that was overtaken and never came', () => {
    const handoffs = exampleView.handoffs.map((one) => ({
      ...one,
      state: 'closed' as const,
      arrived: null,
    }))
    expect(drawTimeline({ ...exampleView, handoffs }, NONE).arrows).toEqual([])
  })

  it('shows the limit that is past and the one that comes', () => {
    expect(drawing.lines.map(({ kind }) => kind)).toEqual(['now', 'plan', 'limit'])
    const [now, plan, limit] = drawing.lines
    expect(plan?.x).toBeLessThan(now?.x ?? 0)
    expect(limit?.x).toBeGreaterThan(now?.x ?? 0)
  })

  it('survives an order of which nothing is known', () => {
    const empty = {
      ...exampleView,
      now: epochMs(1_000),
      current: null,
      stages: [],
      handoffs: [],
      facts: [],
    }
    expect(drawTimeline(empty, NONE).arrows).toEqual([])
  })
})

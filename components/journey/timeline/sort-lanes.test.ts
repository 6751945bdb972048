import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SpanFactView } from '@/lib/journey/journey-view'
import { epochMs } from '@/lib/journey/types'
import { exampleView } from '../fixtures/example-view'
import { findInside, sortLanes } from './sort-lanes'

const template = exampleView.facts.find((fact) => fact.kind === 'span')
const span = (id: string, at: number, duration: number, clockShift = 0): SpanFactView => {
  if (template?.kind !== 'span') throw new Error('The example has no span')
  return { ...template, id, at: epochMs(at), duration, clockShift }
}
const laneOf = (spans: readonly SpanFactView[], clock: 'recorded' | 'adjusted' = 'recorded') => {
  const lane = sortLanes({ ...exampleView, facts: spans }, clock)[0]
  if (!lane) throw new Error('The example has no lane')
  return lane
}

describe('sortLanes', () => {
  it('puts every fact into its lane, once', () => {
    const lanes = sortLanes(exampleView, 'recorded')
    for (const { lane, points, spans } of lanes)
      for (const { facts } of [...points, ...spans])
        expect(facts.every(({ system }) => system === lane.system)).toBe(true)
    const ids = lanes.flatMap(({ points, spans }) =>
      [...points, ...spans].flatMap(({ facts }) => facts.map(({ id }) => id)),
    )
    expect(ids.toSorted()).toEqual(exampleView.facts.map(({ id }) => id).toSorted())
  })

  it('moves spans by their clocks, where that was chosen', () => {
    const spans = [span('a', 100, 10, 50), span('b', 120, 10)]
    expect(laneOf(spans).spans.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(laneOf(spans, 'adjusted').spans.map(({ id, at }) => [id, at])).toEqual([
      ['b', 120],
      ['a', 150],
    ])
  })

  it('knows how many spans run at once', () => {
    expect(laneOf([span('a', 0, 100), span('b', 10, 10), span('c', 50, 10)]).depth).toBe(2)
    expect(laneOf([span('a', 0, 10), span('b', 10, 10)]).depth).toBe(1)
  })
})

describe('findInside', () => {
  it('leaves out nothing that reaches into a stretch of time', () => {
    const spans = fc
      .array(fc.tuple(fc.nat(1_000), fc.nat(300)), { maxLength: 80 })
      .map((all) => all.map(([at, duration], index) => span(`s${index}`, at, duration)))
    fc.assert(
      fc.property(spans, fc.nat(1_000), fc.nat(400), (facts, from, length) => {
        const lane = laneOf(facts)
        const seen = { from, until: from + length }
        const inside = findInside(lane, seen)
        const found = new Set(lane.spans.slice(inside.from, inside.until).map(({ id }) => id))
        for (const { id, at, until } of lane.spans)
          if (until >= seen.from && at <= seen.until) expect(found).toContain(id)
      }),
    )
  })
})

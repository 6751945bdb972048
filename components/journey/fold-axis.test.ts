import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldAxis, toX } from './fold-axis'

const DAY = 86_400_000
const stretch = fc
  .tuple(fc.integer({ min: 0, max: 21 * DAY }), fc.integer({ min: 0, max: DAY }))
  .map(([from, length]) => [from, from + length] as const)
const axis = fc.array(stretch, { maxLength: 40 }).map((busy) => ({
  busy,
  segments: foldAxis(busy, { from: 0, until: 22 * DAY, open: new Set() }),
}))

describe('foldAxis', () => {
  it('folds two idle weeks and keeps the bursts readable', () => {
    const segments = foldAxis(
      [
        [0, 60_000],
        [14 * DAY, 14 * DAY + 60_000],
      ],
      {
        from: 0,
        until: 14 * DAY + 60_000,
        open: new Set(),
      },
    )
    expect(segments.map(({ folded }) => folded)).toEqual([false, true, false])
    expect(segments[0]?.width).toBeGreaterThan(0.4)
  })

  it('leaves a gap open that somebody unfolded', () => {
    const busy = [
      [0, 60_000],
      [14 * DAY, 14 * DAY + 60_000],
    ] as const
    const segments = foldAxis(busy, { from: 0, until: 15 * DAY, open: new Set([60_000]) })
    expect(segments.some(({ folded, from }) => folded && from === 60_000)).toBe(false)
  })

  it('is to scale where everything is unfolded', () => {
    const segments = foldAxis([[0, 0]], { from: 0, until: 100 * DAY, open: 'all' })
    expect(toX(segments, 25 * DAY)).toBeCloseTo(0.25)
  })

  it('survives an order of a single instant', () => {
    expect(toX(foldAxis([[5, 5]], { from: 5, until: 5, open: new Set() }), 5)).toBe(0)
  })

  it('leaves room for the instant between two folds', () => {
    const segments = foldAxis(
      [
        [0, 0],
        [7 * DAY, 7 * DAY],
        [14 * DAY, 14 * DAY],
      ],
      {
        from: 0,
        until: 14 * DAY,
        open: new Set(),
      },
    )
    expect(segments.map(({ folded }) => folded)).toEqual([false, true, false, true, false])
    const [first, , middle] = segments
    expect(toX(segments, 0)).toBeCloseTo((first?.width ?? 0) / 2)
    expect(toX(segments, 7 * DAY)).toBeCloseTo((middle?.start ?? 0) + (middle?.width ?? 0) / 2)
  })

  it('covers the whole time, in order, with widths that add up to one', () => {
    fc.assert(
      fc.property(axis, ({ segments }) => {
        expect(segments[0]?.from).toBe(0)
        expect(segments.at(-1)?.until).toBe(22 * DAY)
        expect(segments.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(1)
        expect(segments.every(({ width }) => width > 0)).toBe(true)
        segments.slice(1).forEach((segment, index) => {
          expect(segment.from).toBe(segments[index]?.until)
        })
      }),
    )
  })

  it('never folds a moment at which something happened', () => {
    fc.assert(
      fc.property(axis, ({ busy, segments }) => {
        const folds = segments.filter(({ folded }) => folded)
        for (const [from, until] of busy)
          expect(folds.some((fold) => from < fold.until && until > fold.from)).toBe(false)
      }),
    )
  })

  it('never turns time around', () => {
    const instant = fc.integer({ min: -DAY, max: 23 * DAY })
    fc.assert(
      fc.property(axis, instant, instant, ({ segments }, one, other) => {
        const [early, late] = one < other ? [one, other] : [other, one]
        expect(toX(segments, early)).toBeLessThanOrEqual(toX(segments, late) + 1e-9)
      }),
    )
  })
})

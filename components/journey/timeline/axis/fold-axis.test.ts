import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axes, DAY, instants } from './fixtures/axes'
import { foldAxis, toAt, toGapKey, toX } from './fold-axis'

const TWO_WEEKS_APART = [
  [0, 60_000],
  [14 * DAY, 14 * DAY + 60_000],
] as const
const plain = { from: 0, ahead: [], open: new Set<number>() }

describe('foldAxis', () => {
  it('folds two idle weeks, says so, and keeps the bursts readable', () => {
    const segments = foldAxis(TWO_WEEKS_APART, { ...plain, now: 14 * DAY + 60_000 })
    expect(segments.map(({ kind }) => kind)).toEqual(['plain', 'fold', 'plain'])
    expect(segments[0]?.width).toBeGreaterThan(0.4)
    expect(segments[1]?.idle).toEqual({ from: 60_000, until: 14 * DAY })
  })

  it('leaves a gap open that somebody unfolded', () => {
    const open = new Set([toGapKey(60_000.4)])
    const segments = foldAxis(TWO_WEEKS_APART, { ...plain, now: 15 * DAY, open })
    expect(segments.some(({ idle }) => idle?.from === 60_000)).toBe(false)
  })

  it('is to scale where everything is unfolded', () => {
    const segments = foldAxis([[0, 0]], { ...plain, now: 100 * DAY, open: 'all' })
    const [start, end, middle] = [0, 100 * DAY, 25 * DAY].map((at) => toX(segments, at))
    expect(((middle ?? 0) - (start ?? 0)) / ((end ?? 0) - (start ?? 0))).toBeCloseTo(0.25)
  })

  it('stands no mark on a fold', () => {
    const segments = foldAxis(TWO_WEEKS_APART, { ...plain, now: 14 * DAY + 60_000 })
    expect(toX(segments, 60_000)).toBeLessThan(segments[1]?.start ?? 0)
  })

  it('gives a limit in an hour room beside a plan of weeks', () => {
    const ahead = [DAY + 3_600_000, 20 * DAY]
    const segments = foldAxis([[0, DAY]], { ...plain, now: DAY, ahead })
    const [now, soon, late] = [DAY, ...ahead].map((at) => toX(segments, at))
    expect((soon ?? 0) - (now ?? 0)).toBeGreaterThan(0.03)
    expect(late).toBeLessThan(1)
  })

  it('lets what is far ahead not crush what is to scale', () => {
    const open = 'all' as const
    const near = foldAxis([[0, DAY]], { ...plain, now: DAY, ahead: [1.2 * DAY, 90 * DAY], open })
    expect(near.at(-1)?.until).toBeLessThan(1.3 * DAY)
    expect(near.at(-1)?.until).toBeGreaterThan(1.2 * DAY)
  })

  it('survives an order of a single instant', () => {
    const segments = foldAxis([[5, 5]], { ...plain, from: 5, now: 5 })
    expect(toX(segments, 5)).toBeCloseTo(0.5)
  })

  it('covers the whole time, in order, with widths that add up to one', () => {
    fc.assert(
      fc.property(axes, ({ segments, from, now }) => {
        expect(segments[0]?.from).toBeLessThanOrEqual(from)
        expect(segments.at(-1)?.until).toBeGreaterThanOrEqual(now)
        expect(segments.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(1)
        expect(segments.every(({ width, from, until }) => width > 0 && until > from)).toBe(true)
        segments.slice(1).forEach((segment, index) => {
          expect(segment.from).toBe(segments[index]?.until)
        })
      }),
    )
  })

  it('never folds a moment at which something happened', () => {
    fc.assert(
      fc.property(axes, ({ busy, segments }) => {
        const folds = segments.filter(({ kind }) => kind === 'fold')
        for (const [from, until] of busy)
          expect(folds.some((fold) => from < fold.until && until > fold.from)).toBe(false)
      }),
    )
  })

  it('never turns time around, and finds every instant again', () => {
    fc.assert(
      fc.property(axes, instants, instants, ({ segments, from, now }, one, other) => {
        const toInstant = (share: number) => from + share * (now - from)
        const [early, late] = [Math.min(one, other), Math.max(one, other)].map(toInstant)
        const [x1, x2] = [toX(segments, early ?? 0), toX(segments, late ?? 0)]
        expect(x1).toBeLessThanOrEqual(x2)
        expect(Math.abs(toAt(segments, x1) - (early ?? 0))).toBeLessThan(0.1)
        expect(toX(segments, toAt(segments, one))).toBeCloseTo(one, 9)
      }),
    )
  })
})

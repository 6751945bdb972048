import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axes, DAY, instants } from './fixtures/axes'
import { foldAxis, toAt, toX } from './fold-axis'
import { brush, fitWindow, panBy, panTo, toZoom, zoomAt, zoomAxis } from './zoom-axis'

const whole = foldAxis(
  [
    [0, DAY / 24],
    [10 * DAY, 10 * DAY + DAY / 24],
  ],
  { from: 0, now: 10 * DAY + DAY / 24, ahead: [], open: new Set() },
)
const factors = fc.double({ min: 1.01, max: 500, noNaN: true })

describe('zoomAxis', () => {
  it('shows the whole without a window', () => {
    expect(zoomAxis(whole, null)).toBe(whole)
  })

  it('keeps the width of a fold while bursts grow', () => {
    const near = zoomAxis(whole, zoomAt(whole, null, 8, toX(whole, DAY / 24)))
    const fold = near.find(({ kind }) => kind === 'fold')
    expect(fold?.width).toBeCloseTo(0.028)
    expect(near[0]?.width).toBeCloseTo(8 * (whole[0]?.width ?? 0))
  })

  it('fills the screen with its window', () => {
    fc.assert(
      fc.property(axes, factors, instants, ({ segments }, factor, x) => {
        const window = zoomAt(segments, null, factor, x)
        const seen = zoomAxis(segments, window)
        expect(toX(seen, window?.from ?? Number.NaN)).toBeCloseTo(0, 6)
        expect(toX(seen, window?.until ?? Number.NaN)).toBeCloseTo(1, 6)
      }),
    )
  })

  it('finds every place and every instant again, and never turns time around', () => {
    fc.assert(
      fc.property(axes, factors, instants, instants, ({ segments }, factor, centre, x) => {
        const seen = zoomAxis(segments, zoomAt(segments, null, factor, centre))
        const at = toAt(seen, x)
        expect(toX(seen, at)).toBeCloseTo(x, 6)
        expect(toX(seen, at + 1_000)).toBeGreaterThanOrEqual(toX(seen, at))
      }),
    )
  })
})

describe('zoomAt', () => {
  it('lets the instant beneath the pointer stay, unless the axis ends', () => {
    fc.assert(
      fc.property(axes, factors, instants, ({ segments }, factor, x) => {
        const at = toAt(segments, x)
        const window = zoomAt(segments, null, factor, x)
        const seen = zoomAxis(segments, window)
        const atEnd = window?.from === segments[0]?.from || window?.until === segments.at(-1)?.until
        if (!atEnd) expect(toX(seen, at)).toBeCloseTo(x, 6)
      }),
    )
  })

  it('comes back by the same way', () => {
    fc.assert(
      fc.property(axes, factors, instants, ({ segments }, factor, x) => {
        const window = zoomAt(segments, null, factor, x)
        expect(toZoom(segments, zoomAt(segments, window, 1 / factor, x))).toBeCloseTo(1, 6)
      }),
    )
  })

  it('ends where there is nothing more to be seen', () => {
    let window = zoomAt(whole, null, 2, 0.1)
    for (let i = 0; i < 80; i++) window = zoomAt(whole, window, 2, 0.5)
    expect((window?.until ?? 0) - (window?.from ?? 0)).toBeGreaterThanOrEqual(2)
  })
})

describe('panBy', () => {
  it('keeps the zoom, and ends at the ends of the axis', () => {
    fc.assert(
      fc.property(
        axes,
        factors,
        fc.double({ min: -900, max: 900, noNaN: true }),
        ({ segments }, factor, share) => {
          const window = zoomAt(segments, null, factor, 0.5)
          const moved = panBy(segments, window, share)
          expect(toZoom(segments, moved) / toZoom(segments, window)).toBeCloseTo(1, 4)
          expect(moved?.from).toBeGreaterThanOrEqual(segments[0]?.from ?? 0)
          expect(moved?.until).toBeLessThanOrEqual(segments.at(-1)?.until ?? 0)
        },
      ),
    )
  })

  it('does not move where everything is seen', () => {
    expect(panBy(whole, null, 0.5)).toBeNull()
  })
})

describe('panTo', () => {
  it('brings an instant to the left edge', () => {
    const window = zoomAt(whole, null, 20, 0.1)
    expect(panTo(whole, window, DAY / 48)?.from).toBeCloseTo(DAY / 48, 3)
  })
})

describe('brush', () => {
  it('shows what lies between two places, whichever came first', () => {
    const there = brush(whole, null, 0.1, 0.2)
    expect(there).toEqual({ from: toAt(whole, 0.1), until: toAt(whole, 0.2) })
    expect(brush(whole, null, 0.2, 0.1)).toEqual(there)
  })

  it('takes a click for no brush, and no window inside a fold', () => {
    expect(brush(whole, null, 0.1, 0.102)).toBeNull()
    const fold = whole.find(({ kind }) => kind === 'fold')
    const inside = (fold?.start ?? 0) + 0.004
    expect(brush(whole, null, inside, inside + 0.01)).toBeNull()
  })
})

describe('fitWindow', () => {
  it('takes what lies on the axis of a window that reaches beyond', () => {
    expect(fitWindow(whole, { from: -9 * DAY, until: 60_000 })).toEqual({
      from: whole[0]?.from,
      until: 60_000,
    })
  })

  it.each([
    { from: 40 * DAY, until: 41 * DAY },
    { from: 60_000, until: 60_000 },
    { from: 60_000, until: 0 },
    { from: -9 * DAY, until: 90 * DAY },
  ])('leaves everything seen for %o', (window) => {
    expect(fitWindow(whole, window)).toBeNull()
  })
})

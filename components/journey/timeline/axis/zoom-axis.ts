import { type AxisSegment, toAt, toX } from './fold-axis'

/** The stretch of time that is seen. */
export type TimeWindow = { readonly from: number; readonly until: number }

/** Nearer than this, in milliseconds, there is nothing more to be seen. */
const NEAREST = 2
/** A brush that covers less of the axis was a click. */
const LEAST_BRUSH = 0.008

/**
 * The axis as it is seen through a window: folds keep their width, all else grows. What is seen is 0 to 1.
 *
 *     whole   ├──▇▇──│≈│───▇───────│≈│──▇──┤
 *                         ╰──╮ ╭──╯
 *     seen           │≈│─────▇▇▇▇▇─────────│
 */
export function zoomAxis(
  whole: readonly AxisSegment[],
  window: TimeWindow | null,
): readonly AxisSegment[] {
  if (!window) return whole
  const zoom = toZoom(whole, window)
  if (zoom <= 1) return whole
  const grown = grow(whole, zoom)
  const shift = toX(grown, window.from)
  return grown.map((segment) => ({ ...segment, start: segment.start - shift }))
}

/** Nearer (`factor` above one) or farther; the instant at `x` stays where it is. Null: everything is seen. */
export function zoomAt(
  whole: readonly AxisSegment[],
  window: TimeWindow | null,
  factor: number,
  x: number,
): TimeWindow | null {
  const zoom = toZoom(whole, window) * factor
  if (zoom <= 1) return null
  const grown = grow(whole, zoom)
  const at = toAt(zoomAxis(whole, window), x)
  const next = cutOut(grown, toX(grown, at) - x)
  return next.until - next.from < NEAREST ? window : next
}

/** To the side by a share of what is seen; it ends at the ends of the axis. */
export function panBy(
  whole: readonly AxisSegment[],
  window: TimeWindow | null,
  share: number,
): TimeWindow | null {
  if (!window) return null
  const grown = grow(whole, toZoom(whole, window))
  return cutOut(grown, toX(grown, window.from) + share)
}

/** So that an instant of the axis comes to the left edge, as far as the axis reaches. */
export function panTo(
  whole: readonly AxisSegment[],
  window: TimeWindow | null,
  at: number,
): TimeWindow | null {
  const shift = toX(zoomAxis(whole, window), at)
  return panBy(whole, window, shift)
}

/** What lies between two places of what is seen; unchanged where that is next to nothing. */
export function brush(
  whole: readonly AxisSegment[],
  window: TimeWindow | null,
  x1: number,
  x2: number,
): TimeWindow | null {
  const [left, right] = x1 < x2 ? [x1, x2] : [x2, x1]
  if (right - left < LEAST_BRUSH) return window
  const seen = zoomAxis(whole, window)
  const next = { from: toAt(seen, left), until: toAt(seen, right) }
  return next.until - next.from < NEAREST || toShares(whole, next).growing === 0 ? window : next
}

/** A window of an address, as far as it lies on the axis; null where nothing of it does. */
export function fitWindow(
  whole: readonly AxisSegment[],
  window: TimeWindow | null,
): TimeWindow | null {
  const [first, last] = [whole[0], whole.at(-1)]
  if (!window || !first || !last) return null
  const fitted = {
    from: Math.max(window.from, first.from),
    until: Math.min(window.until, last.until),
  }
  return fitted.until - fitted.from < NEAREST || toZoom(whole, fitted) <= 1 ? null : fitted
}

/** How many times wider than unzoomed a stretch of the axis is drawn; 1 where all of it is seen. */
export function toZoom(whole: readonly AxisSegment[], window: TimeWindow | null): number {
  if (!window) return 1
  const { growing, fixed } = toShares(whole, window)
  return growing === 0 ? 1 : Math.max(1, (1 - fixed) / growing)
}

/** How much of the unzoomed axis a window takes: what grows by zooming, and folds, which do not. */
function toShares(whole: readonly AxisSegment[], window: TimeWindow) {
  let [growing, fixed] = [0, 0]
  for (const { kind, from, until, width } of whole) {
    const inside = Math.min(until, window.until) - Math.max(from, window.from)
    if (inside <= 0) continue
    const share = (width * inside) / (until - from)
    if (kind === 'fold') fixed += share
    else growing += share
  }
  return { growing, fixed }
}

function grow(whole: readonly AxisSegment[], zoom: number): readonly AxisSegment[] {
  let start = 0
  return whole.map((segment) => {
    const width = segment.kind === 'fold' ? segment.width : segment.width * zoom
    const grown = { ...segment, start, width }
    start += width
    return grown
  })
}

/** One screen of a grown axis. */
function cutOut(grown: readonly AxisSegment[], left: number): TimeWindow {
  const last = grown.at(-1)
  const end = last ? last.start + last.width : 1
  const start = Math.max(0, Math.min(left, end - 1))
  return { from: toAt(grown, start), until: toAt(grown, start + 1) }
}

/** A stretch of the time axis. `start` and `width` are shares of the axis, 0 to 1. */
export type AxisSegment = {
  readonly from: number
  readonly until: number
  readonly start: number
  readonly width: number
  readonly folded: boolean
}

type Stretch = readonly [from: number, until: number]

type Folding = {
  readonly from: number
  readonly until: number
  /** Starts of gaps that stay open, or `all`. */
  readonly open: ReadonlySet<number> | 'all'
}

const MOST_FOLDS = 8
const FOLD_WIDTH = 0.028
/** A gap is worth folding while it takes at least this share of the time still unfolded. */
const WORTH = 0.1
const SHORTEST = 20_000
const LEAST_WIDTH = 0.02

/**
 * Folds idle time, the longest gap first, so that three weeks fit a screen and each burst can be read.
 *
 *     busy   ▇▇──────────────────▇▇▇▇───────────────────────▇
 *     axis   ▇▇▇▇▇▇▇▇│≈│▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇│≈│▇▇▇▇▇
 */
export function foldAxis(busy: readonly Stretch[], folding: Folding): readonly AxisSegment[] {
  const { from } = folding
  const until = Math.max(folding.until, from + 1)
  const gaps = findGaps(busy, from, until)
  return toSegments(
    from,
    until,
    folding.open === 'all' ? [] : chooseFolds(gaps, until - from, folding.open),
  )
}

/** Where an instant is on the axis, 0 to 1; what lies outside is put on its edge. */
export function toX(segments: readonly AxisSegment[], at: number): number {
  const segment =
    segments.find(({ from, until }) => at < until || (at === from && at === until)) ??
    segments.at(-1)
  if (!segment) return 0
  const { from, until, start, width } = segment
  const share = from === until ? 0.5 : Math.min(1, Math.max(0, (at - from) / (until - from)))
  return start + share * width
}

function findGaps(busy: readonly Stretch[], from: number, until: number): readonly Stretch[] {
  const sorted = busy
    .map(([start, end]): Stretch => [clamp(start, from, until), clamp(end, from, until)])
    .sort((a, b) => a[0] - b[0])
  const gaps: Stretch[] = []
  let seen = from
  for (const [start, end] of [...sorted, [until, until] as const]) {
    if (start > seen) gaps.push([seen, start])
    seen = Math.max(seen, end)
  }
  return gaps
}

function chooseFolds(
  gaps: readonly Stretch[],
  whole: number,
  open: ReadonlySet<number>,
): readonly Stretch[] {
  const longestFirst = gaps
    .filter((gap) => lengthOf(gap) >= SHORTEST)
    .sort((a, b) => lengthOf(b) - lengthOf(a))
  const folds: Stretch[] = []
  let unfolded = whole
  for (const gap of longestFirst) {
    if (folds.length === MOST_FOLDS || lengthOf(gap) < WORTH * unfolded) break
    unfolded -= lengthOf(gap)
    folds.push(gap)
  }
  return folds.filter(([start]) => !open.has(start)).sort((a, b) => a[0] - b[0])
}

/**
 * Unfolded stretches share what the folds leave; a short burst gets more than its share of time. Between two
 * folds there is room for the instant that parts them.
 */
function toSegments(
  from: number,
  until: number,
  folds: readonly Stretch[],
): readonly AxisSegment[] {
  const pieces: { from: number; until: number; folded: boolean }[] = []
  let at = from
  for (const [start, end] of folds) {
    pieces.push({ from: at, until: start, folded: false })
    pieces.push({ from: start, until: end, folded: true })
    at = end
  }
  pieces.push({ from: at, until, folded: false })

  // A root, which every engine rounds alike: server and browser must draw the same.
  const weigh = (piece: { from: number; until: number }) => Math.sqrt(piece.until - piece.from)
  const plain = pieces.filter(({ folded }) => !folded)
  const weights = plain.reduce((sum, piece) => sum + weigh(piece), 0)
  // Where only instants are left between the folds, these share the whole.
  const least = weights === 0 ? (1 - folds.length * FOLD_WIDTH) / plain.length : LEAST_WIDTH
  const free = weights === 0 ? 0 : 1 - folds.length * FOLD_WIDTH - plain.length * LEAST_WIDTH

  let start = 0
  return pieces.map((piece) => {
    const width = piece.folded ? FOLD_WIDTH : least + (free * weigh(piece)) / (weights || 1)
    const segment = { ...piece, start, width }
    start += width
    return segment
  })
}

const lengthOf = ([start, end]: Stretch) => end - start
const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))

// Long, because the axis is laid out in one place: bursts, folded idle time, and what is still ahead.

/** A stretch of the time axis. `start` and `width` are shares of the axis, 0 to 1 while it is not zoomed. */
export type AxisSegment = {
  readonly kind: 'plain' | 'fold' | 'ahead'
  readonly from: number
  readonly until: number
  readonly start: number
  readonly width: number
  /** Of a fold: the whole idle time, of which the ends stand outside as air around the marks. */
  readonly idle: { readonly from: number; readonly until: number } | null
}

type Stretch = readonly [from: number, until: number]

/** Which gaps stay open, by `toGapKey`; or all of them, to scale. */
export type Unfolded = ReadonlySet<number> | 'all'

export type Folding = {
  readonly from: number
  /** Where what happened ends and what is expected begins. */
  readonly now: number
  /** Moments after `now` that must be seen: limits, planned statuses. */
  readonly ahead: readonly number[]
  readonly open: Unfolded
  /** A narrow screen has room for fewer and relatively wider folds. */
  readonly narrow?: boolean
}

const FOLDS = { wide: { most: 8, width: 0.028 }, narrow: { most: 5, width: 0.06 } }
/** A gap is worth folding while it takes at least this share of the time still unfolded. */
const WORTH = 0.1
/** In milliseconds; a shorter gap is never folded. */
export const SHORTEST_FOLD = 60_000
const LEAST_WIDTH = 0.02
/** Air around a burst, so that no mark stands on a fold: shares of the burst and of the gap, milliseconds. */
const AIR = { burst: 0.05, gap: 0.25, least: 800, scale: 0.015 }
/** Of the axis, for each moment ahead and for all of them. */
const AHEAD = { each: 0.045, most: 0.27 }
/** To scale, what is ahead takes at most this share of what is behind. */
const AHEAD_TO_SCALE = 0.5

/** The name of a gap in an address: its first whole millisecond. */
export const toGapKey = (from: number): number => Math.floor(from)

/**
 * Folds idle time, the longest gap first, so that three weeks fit a screen and each burst can be read. What is
 * still ahead has a scale of its own: every limit and every planned status has room.
 *
 *     busy   ▇▇──────────────────▇▇▇▇─────────────────────▇│now       ┊limit          ┊planned
 *     axis   ▇▇▇▇▇▇▇▇│≈│▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇│≈│▇▇▇▇▇│┈┈┈┈┈┈┈┈┊┈┈┈┈┈┈┈┈┊
 */
export function foldAxis(busy: readonly Stretch[], folding: Folding): readonly AxisSegment[] {
  const { from, now, open } = folding
  if (open === 'all') return toScale(folding)
  const fold = FOLDS[folding.narrow ? 'narrow' : 'wide']
  const folds = chooseFolds(findGaps(busy, from, now), Math.max(now - from, 1), open, fold.most)
  const past = toPieces(from, now, folds)
  const ahead = toAheadPieces(past.at(-1)?.until ?? now, folding)
  return layOut([...past, ...ahead], fold.width)
}

/** One piece. What lies far ahead is left outside of it: there a limit of weeks would crush a day. */
function toScale({ from, now, ahead }: Folding): readonly AxisSegment[] {
  const whole = Math.max(now - from, 1)
  const near = ahead.filter((at) => at - now <= AHEAD_TO_SCALE * whole)
  const until = Math.max(now, from + 1, ...near)
  const air = AIR.scale * (until - from)
  return layOut([{ kind: 'plain', from: from - air, until: until + air, idle: null }], 0)
}

/** Where an instant is on the axis; outside it is put on its edge. Never turns time around. */
export function toX(segments: readonly AxisSegment[], at: number): number {
  for (const { from, until, start, width } of segments)
    if (at < until) return at <= from ? start : start + ((at - from) / (until - from)) * width
  const last = segments.at(-1)
  return last ? last.start + last.width : 0
}

/** The instant at a place of the axis: the inverse of `toX`. */
export function toAt(segments: readonly AxisSegment[], x: number): number {
  for (const { from, until, start, width } of segments)
    if (x < start + width) return x <= start ? from : from + ((x - start) / width) * (until - from)
  return segments.at(-1)?.until ?? 0
}

/** `toX` for many instants that come nearly in order: it remembers where the last one was. */
export function followX(segments: readonly AxisSegment[]): (at: number) => number {
  let place = 0
  return (at) => {
    while (place > 0 && at < (segments[place]?.from ?? at)) place--
    while (place < segments.length - 1 && at >= (segments[place]?.until ?? at)) place++
    const segment = segments[place]
    if (!segment || at <= segment.from) return segment?.start ?? 0
    const share = Math.min(1, (at - segment.from) / (segment.until - segment.from))
    return segment.start + share * segment.width
  }
}

type Piece = Pick<AxisSegment, 'kind' | 'from' | 'until' | 'idle'>

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
  most: number,
): readonly Stretch[] {
  const longestFirst = gaps
    .filter((gap) => lengthOf(gap) >= SHORTEST_FOLD)
    .sort((a, b) => lengthOf(b) - lengthOf(a))
  const folds: Stretch[] = []
  let unfolded = whole
  for (const gap of longestFirst) {
    if (folds.length === most || lengthOf(gap) < WORTH * unfolded) break
    unfolded -= lengthOf(gap)
    folds.push(gap)
  }
  return folds.filter(([start]) => !open.has(toGapKey(start))).sort((a, b) => a[0] - b[0])
}

/** Bursts with air around them, and the folds between; no piece is a single instant. */
function toPieces(from: number, until: number, folds: readonly Stretch[]): readonly Piece[] {
  const starts = [from, ...folds.map(([, end]) => end)]
  const ends = [...folds.map(([start]) => start), until]
  const bursts = starts.map((start, index) => {
    const end = ends[index] ?? until
    const before = folds[index - 1]
    const after = folds[index]
    const air = AIR.burst * (end - start)
    return {
      from: start - (before ? airOf(air, before) : Math.max(air, AIR.least)),
      until: end + (after ? airOf(air, after) : Math.max(air, AIR.least)),
    }
  })
  return bursts.flatMap((burst, index): readonly Piece[] => {
    const [fold, next] = [folds[index], bursts[index + 1]]
    const plain: Piece = { kind: 'plain', ...burst, idle: null }
    if (!fold || !next) return [plain]
    const idle = { from: fold[0], until: fold[1] }
    return [plain, { kind: 'fold', from: burst.until, until: next.from, idle }]
  })
}

const airOf = (air: number, gap: Stretch) =>
  Math.min(Math.max(air, AIR.least), AIR.gap * lengthOf(gap))

/** The same width from each moment to the next: a limit in an hour is seen beside a plan of weeks. */
function toAheadPieces(begin: number, { ahead }: Folding): readonly Piece[] {
  const moments = [...new Set(ahead)].filter((at) => at > begin).sort((a, b) => a - b)
  const last = moments.at(-1)
  if (last === undefined) return []
  const ends = [...moments, last + Math.max(AIR.least, (last - begin) * AIR.burst)]
  return ends.map((until, index) => ({
    kind: 'ahead' as const,
    from: ends[index - 1] ?? begin,
    until,
    idle: null,
  }))
}

/** Bursts share what folds and the time ahead leave; a short one gets more than its share of time. */
function layOut(pieces: readonly Piece[], foldWidth: number): readonly AxisSegment[] {
  const count = (kind: Piece['kind']) => pieces.filter((piece) => piece.kind === kind).length
  // A root, which every engine rounds alike: server and browser must draw the same.
  const weigh = ({ from, until }: Piece) => Math.sqrt(until - from)
  const weights = pieces.reduce((sum, one) => sum + (one.kind === 'plain' ? weigh(one) : 0), 0)
  const ahead = Math.min(AHEAD.most, AHEAD.each * count('ahead'))
  const free = 1 - ahead - count('fold') * foldWidth - count('plain') * LEAST_WIDTH
  const widthOf = (piece: Piece) => {
    if (piece.kind === 'fold') return foldWidth
    if (piece.kind === 'ahead') return ahead / count('ahead')
    return LEAST_WIDTH + (free * weigh(piece)) / weights
  }
  let start = 0
  return pieces.map((piece) => {
    const segment = { ...piece, start, width: widthOf(piece) }
    start += segment.width
    return segment
  })
}

const lengthOf = ([start, end]: Stretch) => end - start
const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))

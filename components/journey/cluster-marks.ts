/** Something to be drawn: `x` and `width` are shares of the axis. */
export type Drawn = {
  readonly id: string
  readonly x: number
  readonly width: number
  readonly failed: boolean
  readonly shared: boolean
}

/** One mark on the screen, for one fact or for several that would cover each other. */
export type Mark<T extends Drawn = Drawn> = {
  readonly items: readonly [T, ...T[]]
  readonly x: number
  readonly width: number
  readonly row: number
  readonly failed: boolean
  /** Every item of it is shared with other orders. */
  readonly shared: boolean
}

type Clustering = {
  /** Marks nearer than this become one. */
  readonly near: number
  /** How many rows a lane has; what fits in none joins the last. */
  readonly rows: number
}

/**
 * Packs marks into rows; what would cover each other becomes one mark, so that the number drawn is bounded
 * by the width of the screen and not by the number of facts.
 *
 *     row 0   ▇▇▇▇▇▇▇▇▇▇   ▇▇
 *     row 1     ▇▇  ▇▇▇▇▇
 *     row 2      ▇(7)  ▇
 */
export function clusterMarks<T extends Drawn>(
  items: readonly T[],
  { near, rows }: Clustering,
): readonly Mark<T>[] {
  const marks: Open<T>[] = []
  const last: (Open<T> | undefined)[] = Array.from({ length: rows })
  for (const item of items.toSorted(byStart)) {
    const row = findRow(last, item, near)
    const open = last[row]
    if (open && covers(open, item, near)) join(open, item)
    else {
      const begun: Open<T> = { ...startsWith(item), row }
      last[row] = begun
      marks.push(begun)
    }
  }
  return marks.map(({ end, items: [first, ...others], ...mark }) => ({
    ...mark,
    items: [first, ...others],
    width: end - mark.x,
  }))
}

type Open<T extends Drawn> = {
  items: [T, ...T[]]
  x: number
  end: number
  row: number
  failed: boolean
  shared: boolean
}

/** The first row that is free there; else the one where joining covers the least. */
function findRow<T extends Drawn>(last: readonly (Open<T> | undefined)[], item: T, near: number) {
  const free = last.findIndex((open) => !open || !covers(open, item, near))
  if (free !== -1 && !isSpeck(item, near)) return free
  const speck = last.findIndex((open) => open && covers(open, item, near) && isSpeck(open, near))
  if (speck !== -1) return speck
  return free === -1 ? last.length - 1 : free
}

const covers = <T extends Drawn>(open: Open<T>, item: T, near: number) => item.x < open.end + near

const isSpeck = (mark: { x: number; width: number } | { x: number; end: number }, near: number) =>
  ('end' in mark ? mark.end - mark.x : mark.width) < near

function join<T extends Drawn>(open: Open<T>, item: T) {
  open.items.push(item)
  open.end = Math.max(open.end, item.x + item.width)
  open.failed ||= item.failed
  open.shared &&= item.shared
}

const startsWith = <T extends Drawn>(item: T) => ({
  items: [item] as [T, ...T[]],
  x: item.x,
  end: item.x + item.width,
  failed: item.failed,
  shared: item.shared,
})

const byStart = (a: Drawn, b: Drawn) => a.x - b.x || b.width - a.width || (a.id < b.id ? -1 : 1)

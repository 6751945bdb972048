/** Something with a place on the screen: `x` and `width` are shares of it. */
export type Placed<T> = { readonly item: T; readonly x: number; readonly width: number }

type Drawable = { readonly failed: boolean; readonly shared: boolean }

/** One mark on the screen, for one thing or for several that would cover each other. */
export type Mark<T extends Drawable> = {
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
  /** Null comes back where it would be more marks than this. */
  readonly most?: number
}

/**
 * Packs marks into rows; what would cover each other becomes one mark, so that the number drawn is bounded
 * by the width of the screen and not by the number of facts. They come in order of `x`.
 *
 *     row 0   ▇▇▇▇▇▇▇▇▇▇   ▇▇
 *     row 1     ▇▇  ▇▇▇▇▇
 *     row 2      ▇(7)  ▇
 */
export function clusterMarks<T extends Drawable>(
  placed: readonly Placed<T>[],
  { near, rows, most = Number.POSITIVE_INFINITY }: Clustering,
): readonly Mark<T>[] | null {
  const marks: Open<T>[] = []
  const last: (Open<T> | undefined)[] = Array.from({ length: rows })
  for (const one of placed) {
    const row = findRow(last, one, near)
    const open = last[row]
    if (open && one.x < open.x + open.width + near) join(open, one)
    else {
      const { item, x, width } = one
      const begun = {
        items: [item] as [T],
        x,
        width,
        row,
        failed: item.failed,
        shared: item.shared,
      }
      last[row] = begun
      marks.push(begun)
      if (marks.length > most) return null
    }
  }
  return marks
}

type Open<T> = {
  items: [T, ...T[]]
  x: number
  width: number
  row: number
  failed: boolean
  shared: boolean
}

/** The first row that is free there; a speck joins a speck; else the last row. */
function findRow<T>(last: readonly (Open<T> | undefined)[], { x, width }: Placed<T>, near: number) {
  const speck = width < near
  let free = -1
  for (const [row, open] of last.entries()) {
    if (!open || x >= open.x + open.width + near) {
      if (!speck) return row
      if (free === -1) free = row
    } else if (speck && open.width < near) return row
  }
  return free === -1 ? last.length - 1 : free
}

function join<T extends Drawable>(open: Open<T>, { item, x, width }: Placed<T>) {
  open.items.push(item)
  open.width = Math.max(open.width, x + width - open.x)
  open.failed ||= item.failed
  open.shared &&= item.shared
}

import type { Stay } from './way'

/** One row: the stays of both sides in one status, or the stay of one of them. */
export type Pair = {
  readonly here: Stay | undefined
  readonly there: Stay | undefined
  /** The how-manieth stay in its status. */
  readonly entry: number
  /** How many stays of either side stand above this row. */
  readonly above: { readonly here: number; readonly there: number }
}

/**
 * Lays two ways beside each other. What stands alone goes first on the side where the other's next partner is nearer.
 *
 *     here    A  Z  B  C          A A │ Z – │ B B │ C C │ – Z
 *     there   A  B  C  Z
 */
export function pairStays(here: readonly Stay[], there: readonly Stay[]): readonly Pair[] {
  const [mine, theirs] = [toKeys(here), toKeys(there)]
  const [inMine, inTheirs] = [toPlaces(mine), toPlaces(theirs)]
  const pairs: Pair[] = []
  const above = { here: 0, there: 0 }
  while (above.here < mine.length || above.there < theirs.length) {
    const [a, b] = [mine[above.here], theirs[above.there]]
    const has = chooseSides(
      a && distance(inTheirs, a, above.there),
      b && distance(inMine, b, above.here),
    )
    pairs.push({
      here: has.here ? here[above.here] : undefined,
      there: has.there ? there[above.there] : undefined,
      entry: (has.here ? a : b)?.entry ?? 1,
      above: { ...above },
    })
    above.here += Number(has.here)
    above.there += Number(has.there)
  }
  return pairs
}

/** Which sides the next row has, by how far ahead each one's partner is; undefined: that side is through. */
function chooseSides(mine: number | undefined, theirs: number | undefined) {
  if (mine === 0 && theirs === 0) return { here: true, there: true }
  const here = theirs === undefined || (mine !== undefined && theirs <= mine)
  return { here, there: !here }
}

type Key = { readonly name: string; readonly entry: number }

/** A status entered again is a stay of its own. */
function toKeys(stays: readonly Stay[]): readonly Key[] {
  const counts = new Map<string, number>()
  return stays.map(({ status }) => {
    const entry = (counts.get(status) ?? 0) + 1
    counts.set(status, entry)
    return { name: `${status} ${entry}`, entry }
  })
}

const toPlaces = (keys: readonly Key[]) => new Map(keys.map(({ name }, place) => [name, place]))

/** How far ahead of `from` a key comes; infinitely far where it does not. */
function distance(places: ReadonlyMap<string, number>, { name }: Key, from: number): number {
  const place = places.get(name)
  return place === undefined || place < from ? Number.POSITIVE_INFINITY : place - from
}

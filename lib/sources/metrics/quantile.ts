/** One bucket of a classic histogram: how much is at or below `le`. */
export type Bucket = { readonly le: number; readonly count: number }

export type Quantile = {
  readonly value: number
  /** It lies beyond the last finite bound: it is `value` or more. */
  readonly atLeast: boolean
}

/**
 * As `histogram_quantile` does it, and says in addition where that is no more than a lower bound. null: nothing
 * was counted, or these are no buckets.
 *
 *     le   10   100   1000   +Inf
 *          20    70     93    100      p95 is the 95th: beyond 1000, so at least 1000
 */
export function toQuantile(q: number, buckets: readonly Bucket[]): Quantile | null {
  const sorted = [...buckets].sort((a, b) => a.le - b.le)
  const last = sorted.at(-1)
  if (sorted.length < 2 || last?.le !== Number.POSITIVE_INFINITY) return null
  // Buckets are read one after the other: a later one may lag behind.
  let most = 0
  const rising = sorted.map(({ le, count }) => {
    most = Math.max(most, count)
    return { le, count: most }
  })
  if (!(most > 0)) return null

  const rank = q * most
  const index = rising.findIndex(({ count }) => count >= rank)
  const here = rising[index]
  const before = rising[index - 1]
  if (!here) return null
  if (here.le === Number.POSITIVE_INFINITY)
    return before ? { value: before.le, atLeast: true } : null
  if (!before && here.le <= 0) return { value: here.le, atLeast: false }
  const [from, below] = before ? [before.le, before.count] : [0, 0]
  const inside = here.count - below
  const share = inside > 0 ? (rank - below) / inside : 0
  return { value: from + (here.le - from) * share, atLeast: false }
}

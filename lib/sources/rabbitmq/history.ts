import type { QueueSample } from '@/lib/journey/fact'
import { type EpochMs, epochMs } from '@/lib/journey/types'

/**
 * `reading` by ourselves · `sample` by the broker, every ten seconds · `minute` by the broker, once a minute: what
 * such a sample shows may be a minute older than it says.
 */
export type SeenBy = 'reading' | 'sample' | 'minute'
export type Seen = { readonly at: EpochMs; readonly by: SeenBy }
export type SeenQueue = QueueSample & Seen
/** One value of a counter, or of a count. */
export type SeenValue = Seen & { readonly value: number | null }

/** A count between two moments has risen by so many. */
export type Rise = { readonly since: EpochMs; readonly at: EpochMs; readonly by: number }

/** Under its defaults the broker counts every five seconds, twice in a row. */
const LAG_MS = 10_000
/** How much older than its time it may be. */
const LAGS: Readonly<Record<SeenBy, number>> = { reading: LAG_MS, sample: LAG_MS, minute: 70_000 }
const APART_MS = 10_000
const BEST_FIRST: readonly SeenBy[] = ['reading', 'sample', 'minute']
const HOUR_MS = 3_600_000

/**
 * All that was seen in the last hour, oldest first. What is known stays; of what is new the best comes first, and the
 * rest fills the gaps.
 *
 *     minute    │       │       │       ╎       ╎
 *     sample                          │││││││││╎│╎
 *     reading     ●                            ●   ●   now
 */
export function mergeSeen<T extends Seen>(
  known: readonly T[],
  found: readonly T[],
  now: EpochMs,
): readonly T[] {
  const isRecent = ({ at }: Seen) => at <= now && at > now - HOUR_MS
  const kept = known.filter(isRecent)
  for (const by of BEST_FIRST)
    for (const one of found.filter((other) => other.by === by && isRecent(other)))
      if (kept.every((other) => Math.abs(other.at - one.at) >= toDistance(other, one)))
        kept.push(one)
  return kept.sort((a, b) => a.at - b.at)
}

/** How far apart two must be for the second to be worth keeping: what is late must not stand beside what is not. */
const toDistance = (known: Seen, found: Seen): number =>
  found.by === 'minute' && known.by !== 'minute' ? LAGS.minute + APART_MS : APART_MS

const CLOSE_MS = 300_000
const FAR_APART_MS = 60_000

/** The same in fewer steps: every one of the last five minutes, one a minute before. */
export function thin<T extends Seen>(history: readonly T[], now: EpochMs): readonly T[] {
  const thinned: T[] = []
  for (const one of history) {
    const last = thinned.at(-1)
    if (!last || one.at > now - CLOSE_MS || one.at - last.at >= FAR_APART_MS) thinned.push(one)
  }
  return thinned
}

const TOTALS = ['published', 'acked', 'redelivered'] as const

/** Where a running total fell, whatever counts began anew: the totals before are of another count, and are unknown. */
export function forgetOldTotals(history: readonly SeenQueue[]): readonly SeenQueue[] {
  const least = { published: Infinity, acked: Infinity, redelivered: Infinity }
  let fell = false
  return history
    .toReversed()
    .map((sample) => {
      for (const total of TOTALS) {
        const value = sample[total]
        if (value === null) continue
        if (value > least[total]) fell = true
        least[total] = value
      }
      return fell ? { ...sample, published: null, acked: null, redelivered: null } : sample
    })
    .toReversed()
}

/** Each rise from one known value to the next. `since` is the earliest moment at which it may have begun. */
export function findRises(values: readonly SeenValue[]): readonly Rise[] {
  const rises: Rise[] = []
  let before: { readonly since: EpochMs; readonly value: number } | null = null
  for (const { at, value, by } of values) {
    if (value === null) continue
    if (before && value > before.value)
      rises.push({ since: before.since, at, by: value - before.value })
    before = { since: epochMs(at - LAGS[by]), value }
  }
  return rises
}

import { type EpochMs, epochMs } from '@/lib/journey/types'

/** What a database says about the age of its data. */
export type Age =
  | { readonly kind: 'primary' }
  | {
      readonly kind: 'standby'
      /** null: its role may not see the receiver. */
      readonly streaming: boolean | null
      readonly caughtUp: boolean | null
      /** Milliseconds since the newest replayed commit; null: none since its start. */
      readonly behind: number | null
    }
  | { readonly kind: 'copy'; readonly newest: EpochMs | null }
  | { readonly kind: 'unknown' }

const STALE_AFTER_MS = 60_000

/**
 * The moment up to which a database's data is complete; null: nobody knows.
 *
 *   primary ───────────────────────────────────────▶ now
 *   standby ────────▶ newest replayed commit           (now, while it streams and has replayed what it received:
 *   copy ──▶ newest heartbeat, or write of any order    a quiet primary otherwise looks like a late standby)
 */
export function toAsOf(age: Age, now: EpochMs): EpochMs | null {
  if (age.kind === 'primary') return now
  if (age.kind === 'unknown') return null
  if (age.kind === 'copy') return age.newest === null ? null : epochMs(Math.min(age.newest, now))
  if (age.streaming && age.caughtUp) return now
  return age.behind === null ? null : epochMs(now - Math.max(0, age.behind))
}

/** Whether data of that moment is too old to be called current. An unknown age is told by `asOf`, not here. */
export const isStale = (asOf: EpochMs | null, now: EpochMs): boolean =>
  asOf !== null && now - asOf > STALE_AFTER_MS

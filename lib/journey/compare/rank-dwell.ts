import { type DwellHistory, ENOUGH } from './dwell-history'
import type { Stay } from './way'

/** Where a dwell stands among those of healthy orders. */
export type Rank = {
  /** Whole percent of them that were shorter: 100 only where all were. */
  readonly longerThan: number
  readonly of: number
}

/** "Longer than 97 % of 412"; null where it is not counted, not exact, or too few were there before it. */
export function rankDwell(
  { status, clock, dwell, exact }: Stay,
  { statuses }: DwellHistory,
): Rank | null {
  const past = statuses.find((one) => one.status === status)
  const ms = dwell[clock]
  if (!past || past.clock !== clock || past.stays.length < ENOUGH) return null
  if (ms === null || !exact) return null
  const shorter = past.stays.filter((stay) => stay.dwell < ms).length
  return {
    longerThan: Math.floor((shorter * 100) / past.stays.length),
    of: past.stays.length,
  }
}

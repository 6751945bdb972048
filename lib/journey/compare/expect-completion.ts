import { type EpochMs, epochMs } from '../types'
import { type DwellHistory, ENOUGH, quantile } from './dwell-history'
import type { Way } from './way'

/** When an order is likely to end, or why nobody can say. */
export type Expectation =
  | {
      readonly kind: 'estimate'
      /** By when half of the orders that it is like had ended. */
      readonly half: EpochMs
      /** By when nine in ten of them had. */
      readonly most: EpochMs
      /** How many these were. */
      readonly of: number
    }
  | {
      readonly kind: 'none'
      /** `rare` too few stayed where it is as long as it has. */
      readonly why: 'ended' | 'not-exact' | 'too-few' | 'rare'
      readonly of: number
    }

/**
 * The end of an order by those that stayed where it is at least as long: not by the mean of all, which a stuck order
 * has left behind.
 *
 *     now ────────────┐
 *     stays   ├──┤    │                 left sooner: says nothing about this one
 *             ├───────┼──┤ · · ·▶ end   counts: its end, reckoned from when this order entered
 *             ├───────┼─────┤ · ·▶ end
 */
export function expectCompletion(
  { stays, ended }: Way,
  { statuses, orders }: DwellHistory,
  now: EpochMs,
): Expectation {
  const none = (why: (Expectation & { kind: 'none' })['why'], of = 0) =>
    ({ kind: 'none', why, of }) as const
  const last = stays.at(-1)
  if (ended || !last) return none('ended')
  if (!last.exact) return none('not-exact')

  const past = statuses.find(({ status, clock }) => status === last.status && clock === last.clock)
  if (!past || orders < ENOUGH || past.stays.length < ENOUGH)
    return none('too-few', past?.stays.length)
  const [elapsed, shown] = [last.dwell.wall ?? 0, last.dwell[last.clock] ?? 0]
  const untilEnd = past.stays
    .filter((stay) => stay.dwell >= shown && stay.untilEnd > elapsed)
    .map((stay) => stay.untilEnd)
    .toSorted((a, b) => a - b)
  const [half, most] = [quantile(untilEnd, 0.5), quantile(untilEnd, 0.9)]
  if (untilEnd.length < ENOUGH || half === null || most === null)
    return none('rare', untilEnd.length)
  const entered = now - elapsed
  return {
    ...{ kind: 'estimate', of: untilEnd.length },
    half: epochMs(entered + half),
    most: epochMs(entered + most),
  }
}

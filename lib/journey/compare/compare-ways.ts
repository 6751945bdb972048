import type { Status, SystemId } from '../types'
import { pairStays } from './pair-stays'
import type { Stay, Way } from './way'

/**
 * Why a stay of one way has no partner. `skipped` it went past · `not-seen` it may have been there, the times beside
 * it are not exact · `not-yet` it has not come so far · `over` it had ended before.
 */
export type Absence = 'skipped' | 'not-seen' | 'not-yet' | 'over'

/** Two ways beside each other at one stay. One of the two sides may have none. */
export type ComparedStay = {
  readonly status: Status
  readonly system: SystemId
  /** The how-manieth stay in this status. */
  readonly entry: number
  readonly clock: 'wall' | 'business'
  readonly here: Stay | Absence
  readonly there: Stay | Absence
  /** Here less there, on its clock; null where one of them is not counted. */
  readonly difference: number | null
  /** Whether, and in what, the two ways part at this stay. */
  readonly parts: 'way' | 'dwell' | null
}

/** Differences below this share of a stay's plan mean nothing. */
const MEANINGFUL = 0.5

/**
 * Two ways stay by stay. They part at a stay that only one of them has, or whose dwells differ by more than half of
 * the stay's plan: what matters of a price due in 35 minutes is nothing in a production of ten days. Nothing is said
 * where times are not exact, where there is no plan (a customer may take any time), or of a stay that still goes on
 * and has not overtaken the other.
 *
 *     here    A ── B ───────── D ── now       parts at B in its dwell, and at C in its way;
 *     there   A ── B ── C ─── D ── E          E is `not-yet`: no parting
 */
export function compareWays(here: Way, there: Way): readonly ComparedStay[] {
  return pairStays(here.stays, there.stays).flatMap((pair) => {
    const either = pair.here ?? pair.there
    if (!either) return []
    const { status, system, clock } = either
    const row = {
      here: pair.here ?? toAbsence(here, pair.above.here),
      there: pair.there ?? toAbsence(there, pair.above.there),
    }
    const { entry } = pair
    return {
      ...{ status, system, clock, entry, ...row },
      difference:
        isStay(row.here) && isStay(row.there) ? subtract(row.here, row.there, clock) : null,
      parts: findParting(row),
    }
  })
}

/** Whether a side is there. */
export const isStay = (side: Stay | Absence): side is Stay => typeof side !== 'string'

/** Of a way that stands before its stay `next`, beside a stay that only the other one has. */
function toAbsence({ stays, ended }: Way, next: number): Absence {
  const [before, after] = [stays[next - 1], stays[next]]
  if (!before && !after) return 'not-seen'
  if (before && !after) return ended ? 'over' : 'not-yet'
  return before?.exact === false || after?.exact === false ? 'not-seen' : 'skipped'
}

function findParting({ here, there }: Pick<ComparedStay, 'here' | 'there'>) {
  if (isStay(here) && isStay(there)) return isMeaningful(here, there) ? 'dwell' : null
  return [here, there].some((side) => side === 'skipped' || side === 'over') ? 'way' : null
}

function subtract(a: Stay, b: Stay, clock: 'wall' | 'business'): number | null {
  const [mine, theirs] = [a.dwell[clock], b.dwell[clock]]
  return mine === null || theirs === null ? null : mine - theirs
}

function isMeaningful(a: Stay, b: Stay): boolean {
  const plan = a.plan ?? b.plan
  if (!plan || !a.exact || !b.exact) return false
  const difference = subtract(a, b, plan.clock)
  if (difference === null || Math.abs(difference) <= plan.ms * MEANINGFUL) return false
  return !(difference > 0 ? b : a).open
}

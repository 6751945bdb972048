import type { Fact } from './fact'
import { findChannel } from './find-channel'
import { type CurrentEntry, findCurrent } from './find-current'
import type { Duplicate, SameNumber } from './journey'
import type { Pipeline } from './pipeline'
import { toCourse } from './to-course'
import { toRecords } from './to-records'
import { type EpochMs, epochMs } from './types'

type Own = { readonly facts: readonly Fact[]; readonly ended: boolean }

/**
 * The orders that are this one a second time: of the same number at the same partner, made shortly after
 * each other, and not ended. A number that comes back later is another order, and an ended copy does no harm.
 *
 *     this    ├──────────────────▶
 *     other      ├───────────────▶    a duplicate
 *     other     ├──┤                  put right
 *     other  ·  ·  ·  ·  ·  ├────▶    later: the partner counts anew
 */
export function findDuplicates(
  { facts, ended }: Own,
  { orders }: SameNumber,
  pipeline: Pipeline,
): readonly Duplicate[] {
  const made = madeAt(facts)
  if (ended || made === null) return []
  return orders
    .flatMap(({ orderId, facts: others }) => {
      const createdAt = madeAt(others)
      const current = currentOf(others, pipeline)
      if (createdAt === null || !current || Math.abs(createdAt - made) > pipeline.sameOrderWithinMs)
        return []
      return [{ orderId, status: current.status, createdAt }]
    })
    .sort((a, b) => a.createdAt - b.createdAt || (a.orderId < b.orderId ? -1 : 1))
}

/** When the first of its records was made. */
function madeAt(facts: readonly Fact[]): EpochMs | null {
  const times = facts.flatMap((fact) => (fact.kind === 'row' ? [fact.createdAt] : []))
  return times.length > 0 ? epochMs(Math.min(...times)) : null
}

/** Where an order is that has not ended. */
function currentOf(facts: readonly Fact[], pipeline: Pipeline): CurrentEntry | null {
  const course = toCourse(pipeline, findChannel(facts, pipeline))
  const current = findCurrent(toRecords(facts, course), course, () => true)
  return current && !course.terminal(current.status) ? current : null
}

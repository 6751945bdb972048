import type { Fact, SpanFact } from './fact'
import { findChannel } from './find-channel'
import { type CurrentEntry, findCurrent } from './find-current'
import type { Duplicate, Same } from './journey'
import type { Pipeline } from './pipeline'
import { toCourse } from './to-course'
import { toRecords } from './to-records'
import { type EpochMs, epochMs } from './types'

type Own = {
  readonly facts: readonly Fact[]
  readonly ended: boolean
  /** A request to place it that was not answered well. */
  readonly retry: SpanFact | null
}

/**
 * The orders that are this one a second time: of the same number at the same partner, made shortly after
 * each other, and not ended. Where there is no number the same model is one only after a request that failed: without
 * it a partner may well order a thing twice. A number that comes back later is another order, and an ended copy does no harm.
 *
 *     this    ├──────────────────▶
 *     other      ├───────────────▶    a duplicate
 *     other     ├──┤                  put right
 *     other  ·  ·  ·  ·  ·  ├────▶    later: the partner counts anew
 */
export function findDuplicates(
  { facts, ended, retry }: Own,
  { by, orders }: Same,
  pipeline: Pipeline,
): readonly Duplicate[] {
  const made = madeAt(facts)
  if (ended || made === null || (by === 'model' && !retry)) return []
  const certainty = by === 'number' ? 'confirmed' : 'likely'
  return orders
    .flatMap(({ orderId, facts: others }) => {
      const createdAt = madeAt(others)
      const current = currentOf(others, pipeline)
      if (createdAt === null || !current || Math.abs(createdAt - made) > pipeline.sameOrderWithinMs)
        return []
      return [{ orderId, status: current.status, createdAt, certainty }] as const
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

import type { Clock } from './business-time'
import type { ComingStage, ExpectedStage, Stage } from './journey'
import { judgeLimit, limitInForce } from './judge-limit'
import type { Course } from './to-course'
import type { EpochMs } from './types'

/**
 * When the statuses still ahead are entered and left if nobody overstays a limit; never an average.
 *
 *     now ─┐
 *     PRICED ├╌╌ plan ╌╌┬╌ limit ╌┐                    planned: every stay ends with its plan
 *     APPROVED          └ planned └ from ╌╌ until ┐    from, until: every stay ends with its limit
 *     STARTED                                     └ from ╌╌╌ …
 *
 * It ends before the first status whose beginning no limit bounds, and there is none after the end.
 */
export function expectRest(
  current: Stage | undefined,
  coming: readonly ComingStage[],
  course: Course,
  clock: Clock,
  now: EpochMs,
): readonly ExpectedStage[] {
  if (!current?.limit || current.left !== null) return []
  const restsOn = now < current.limit.criticalAt ? 'limits' : 'limits-from-now'

  const expected: ExpectedStage[] = []
  let [planned, from] = [later(current.limit.warnAt, now), later(current.limit.criticalAt, now)]
  for (const { status, system } of coming) {
    const inForce = limitInForce(course.status(status)?.limits ?? [], from)
    const limit = inForce && judgeLimit(inForce, from, clock)
    expected.push({
      status,
      system,
      planned,
      from,
      until: limit?.criticalAt ?? from,
      limit,
      restsOn,
    })
    if (!inForce || !limit) break
    ;[planned, from] = [judgeLimit(inForce, planned, clock).warnAt, limit.criticalAt]
  }
  return expected
}

const later = (a: EpochMs, b: EpochMs): EpochMs => (a > b ? a : b)

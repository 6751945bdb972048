import type { Clock } from './business-time'
import type { Journey, Stage } from './journey'
import { judgeLimit, limitInForce, toLevel } from './judge-limit'
import type { Course } from './to-course'
import type { EpochMs } from './types'

/**
 * The promise to the customer: running from the first status at or past its start, kept at or past its end.
 *
 *     SUBMITTED ────────────── 14d warn ──── 21d critical
 *     └ started        SHIPPED └ kept: judged here, and by the limit of then
 */
export function toPromise(
  stages: readonly Stage[],
  course: Course,
  clock: Clock,
  now: EpochMs,
): Journey['promise'] {
  const { promise } = course.pipeline
  if (!promise) return null
  const reaches = (stage: Stage, status: string) =>
    stage.status === status || course.lower(status, stage.status)

  const started = stages.find((stage) => reaches(stage, promise.from))?.entered
  if (started === undefined) return null
  const reached = stages.find((stage) => reaches(stage, promise.to))?.entered ?? null
  const kept = reached === null || reached > started ? reached : started
  const last = stages.at(-1)
  if (kept === null && last && course.terminal(last.status)) return null

  const inForce = limitInForce(promise.limits, kept ?? now)
  if (!inForce) return null
  const limit = judgeLimit(inForce, started, clock)
  return { started, limit, level: toLevel(limit, kept ?? now), kept }
}

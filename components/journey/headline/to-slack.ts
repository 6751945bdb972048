import type { JudgedLimit } from '@/lib/journey/journey'
import type { EpochMs } from '@/lib/journey/types'

/** How a wait stands to its limit: what it has passed, the moment of the next or last breach, and how far off. */
export type Slack = {
  readonly past: 'nothing' | 'plan' | 'limit'
  /** When the plan ends where nothing has passed, else when the limit falls or fell. */
  readonly at: EpochMs
  /** Until `at`, or since then where the limit has passed. */
  readonly ms: number
  readonly clock: 'wall' | 'business'
}

/**
 * The wait of `businessDwell` working milliseconds, or by the wall clock, that has lasted until `until`.
 *
 *     entered ──── plan ──────── limit ────────
 *              └ nothing    └ plan         └ limit
 */
export function toSlack(
  limit: JudgedLimit,
  until: number,
  businessDwell: number | null = null,
): Slack {
  const { warn, critical, warnAt, criticalAt } = limit
  const past = until >= criticalAt ? 'limit' : until >= warnAt ? 'plan' : 'nothing'
  const [goal, at] = past === 'nothing' ? [warn, warnAt] : [critical, criticalAt]
  // A limit may be moved where the two clocks differ: then only the moment itself is certain.
  const counted = goal.clock === 'business' && warn.clock === critical.clock
  return counted && businessDwell !== null
    ? { past, at, ms: Math.abs(goal.ms - businessDwell), clock: 'business' }
    : { past, at, ms: Math.abs(at - until), clock: 'wall' }
}

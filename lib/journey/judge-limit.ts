import { BUSINESS_DAY_MS, type Clock } from './business-time'
import type { JudgedLimit } from './journey'
import type { Duration, Limit } from './pipeline'
import { type EpochMs, epochMs, LEVELS, type Level } from './types'

/** The newest limit that has begun at that moment; null where none has. */
export function limitInForce(limits: readonly Limit[], at: EpochMs): Limit | null {
  return limits.reduce<Limit | null>(
    (newest, limit) =>
      limit.validFrom <= at && (!newest || limit.validFrom >= newest.validFrom) ? limit : newest,
    null,
  )
}

/**
 * The moments on which a limit falls for a stay that began at `entered`.
 *
 *     Fri 18:00 ─────── warn 8bh ───────▶ Mon 18:00 ── one business day ──▶ Tue 18:00
 *     entered   ─────── critical 3d ────▶ Mon 18:00, with warn: moved to    Tue 18:00
 */
export function judgeLimit(limit: Limit, entered: EpochMs, clock: Clock): JudgedLimit {
  const { warn, critical } = limit
  const warnAt = addDuration(entered, warn, clock)
  const plain = addDuration(entered, critical, clock)
  const criticalAt =
    warn.clock === critical.clock
      ? plain
      : epochMs(Math.max(plain, clock.addBusinessMs(warnAt, BUSINESS_DAY_MS)))
  return { warn, critical, warnAt, criticalAt }
}

/** The level of a stay that has lasted until `at`. Exactly at a limit is past it. */
export function toLevel(limit: JudgedLimit | null, at: EpochMs): Level {
  if (!limit) return 'ok'
  if (at >= limit.criticalAt) return 'breach'
  return at >= limit.warnAt ? 'warn' : 'ok'
}

/** Both durations longer by `ms`, each on its own clock. */
export function lengthenLimit(limit: Limit, ms: number): Limit {
  const longer = (duration: Duration) => ({ ...duration, ms: duration.ms + ms })
  return { ...limit, warn: longer(limit.warn), critical: longer(limit.critical) }
}

/** The worst of several levels; `ok` of none. */
export const worstLevel = (...levels: readonly Level[]): Level =>
  LEVELS.findLast((level) => levels.includes(level)) ?? 'ok'

const addDuration = (from: EpochMs, duration: Duration, clock: Clock): EpochMs =>
  duration.clock === 'wall' ? epochMs(from + duration.ms) : clock.addBusinessMs(from, duration.ms)

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** The company works in Moscow, which keeps UTC+3 all year. */
export const MOSCOW = 3 * HOUR

/** Midnight in Moscow of the day that holds `at`. */
export const dayOf = (at: number): number => Math.floor((at + MOSCOW) / DAY) * DAY - MOSCOW

const SHIFTS = [
  [9 * HOUR, 13 * HOUR],
  [14 * HOUR, 18 * HOUR],
] as const

export const isWorkday = (midnight: number): boolean => {
  const weekday = new Date(midnight + MOSCOW).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

export const isWorking = (at: number): boolean => {
  const midnight = dayOf(at)
  return (
    isWorkday(midnight) && SHIFTS.some(([from, to]) => at >= midnight + from && at < midnight + to)
  )
}

/** The moment at which `ms` of business time have passed since `at`. */
export function addBusiness(at: number, ms: number): number {
  if (!Number.isFinite(at) || !Number.isFinite(ms)) return Number.POSITIVE_INFINITY
  let left = ms
  for (let midnight = dayOf(at); ; midnight += DAY) {
    if (!isWorkday(midnight)) continue
    for (const [from, to] of SHIFTS) {
      const start = Math.max(at, midnight + from)
      const room = midnight + to - start
      if (room <= 0) continue
      if (left < room) return start + left
      left -= room
    }
  }
}

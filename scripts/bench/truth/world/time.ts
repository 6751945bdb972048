export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** A moment written like `2026-11-20T18:00+03:00`. */
export const when = (text: string): number => Date.parse(text)

/** The working week of a company: weekdays from Sunday, hours of the day, and how far its clock is from UTC. */
export type Week = {
  readonly days: readonly number[]
  readonly hours: readonly (readonly [from: number, to: number])[]
  readonly offset: number
}

/** How much business time lies between two moments. */
export function businessTime(from: number, until: number, { days, hours, offset }: Week): number {
  let sum = 0
  const first = Math.floor((from + offset) / DAY)
  const last = Math.floor((until + offset) / DAY)
  for (let day = first; day <= last; day += 1) {
    const midnight = day * DAY - offset
    // The first of January 1970 was a Thursday.
    if (!days.includes((((day + 4) % 7) + 7) % 7)) continue
    for (const [begin, end] of hours)
      sum += Math.max(
        0,
        Math.min(until, midnight + end * HOUR) - Math.max(from, midnight + begin * HOUR),
      )
  }
  return sum
}

/** When so much business time has passed since a moment. */
export function afterBusiness(from: number, ms: number, week: Week): number {
  let [low, high] = [from, from + 60 * DAY]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (businessTime(from, middle, week) >= ms) high = middle
    else low = middle
  }
  return high
}

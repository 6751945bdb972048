const BUCKETS = 240

/** The width of the drawing that `toActivityPath` makes; its height is one. */
export const ACTIVITY_WIDTH = BUCKETS

/** How many small things are where, in equal parts of the screen. */
export type Activity = { readonly counts: Uint32Array; total: number }

export const startActivity = (): Activity => ({ counts: new Uint32Array(BUCKETS), total: 0 })

/** Adds one thing; its place is in shares of the screen. */
export function addActivity(activity: Activity, x: number, width: number): void {
  const first = Math.max(0, Math.floor(x * BUCKETS))
  const last = Math.min(BUCKETS - 1, Math.floor((x + width) * BUCKETS))
  for (let bucket = first; bucket <= last; bucket++)
    activity.counts[bucket] = (activity.counts[bucket] ?? 0) + 1
  activity.total++
}

/**
 * One path of where small things are and how many, however many they are.
 *
 *     ▁▁▃▇▅▁      ▁▁  ▁█▁
 */
export function toActivityPath({ counts }: Activity): string {
  let path = ''
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = counts[bucket] ?? 0
    if (count > 0) path += `M${bucket} 1v-${toHeight(count)}h1V1z`
  }
  return path
}

/** One is seen, a hundred is the whole height. */
const toHeight = (count: number) => Math.min(1, 0.3 + 0.35 * Math.log10(count)).toFixed(2)

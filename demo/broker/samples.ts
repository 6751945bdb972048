/** Samples of so many milliseconds back, so many milliseconds apart. */
export type Range = { readonly ageMs: number; readonly incrMs: number }

/** The broker counts every five seconds, and says the last count until the next. */
const COUNTED_MS = 5_000
const MOST_SAMPLES = 300

/** The range a question names, null for none, `unfit` for one that gives no samples or too many. */
export function readRange(query: URLSearchParams): Range | null | 'unfit' {
  const [age, incr] = ['lengths_age', 'lengths_incr'].map((name) => query.get(name))
  if (age == null || incr == null || !/^\d+$/.test(age) || !/^\d+$/.test(incr)) return null
  const range = { ageMs: Number(age) * 1_000, incrMs: Number(incr) * 1_000 }
  if (range.incrMs === 0 || range.ageMs / range.incrMs > MOST_SAMPLES) return 'unfit'
  return range
}

const countedAt = (now: number) => Math.floor(now / COUNTED_MS) * COUNTED_MS

/** The times that samples carry, oldest first: the newest is the end of the step that still runs. */
function toTimes({ ageMs, incrMs }: Range, now: number): readonly number[] {
  const newest = Math.ceil(now / incrMs) * incrMs
  const steps = Math.floor(ageMs / incrMs)
  return Array.from({ length: steps + 1 }, (_, index) => newest - (steps - index) * incrMs)
}

/** The moments whose figures are wanted, oldest first, the newest what was counted last. */
export const toMoments = (range: Range | null, now: number): readonly number[] =>
  (range ? toTimes(range, now) : [now - COUNTED_MS, now]).map((at) => Math.min(at, countedAt(now)))

/** A statistic as the management interface writes it; samples come newest first. */
function toDetails(values: readonly number[], range: Range | null, now: number) {
  const [newest = 0, before = newest] = values.toReversed()
  const rate = (newest - before) / ((range?.incrMs ?? COUNTED_MS) / 1_000)
  if (!range) return { rate }
  const first = values[0] ?? 0
  return {
    avg: values.reduce((sum, value) => sum + value, 0) / values.length,
    avg_rate: (newest - first) / (range.ageMs / 1_000),
    rate,
    samples: toTimes(range, now)
      .map((timestamp, index) => ({ sample: values[index] ?? 0, timestamp }))
      .toReversed(),
  }
}

/** A figure with its samples: a count that rises and falls, or a running total. */
export const toStatistic = (
  name: string,
  values: readonly number[],
  range: Range | null,
  now: number,
) => ({
  [name]: values.at(-1) ?? 0,
  [`${name}_details`]: toDetails(values, range, now),
})

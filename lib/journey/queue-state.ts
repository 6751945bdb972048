import type { QueueSample } from './fact'
import type { QueueState } from './located'
import { type EpochMs, epochMs } from './types'

/** Statistics are up to ten seconds old: a reading explains only what happened this long before it. */
export const READING_LAG_MS = 15_000

/** Between two readings further apart than this, and at one older than this, anything may have happened. */
export const READING_HOLDS_MS = 120_000

const TWICE_MS = 30_000
const STUCK_MS = 10 * 60_000
const GROWING_MS = 15 * 60_000

/**
 * What a queue does, by its readings, oldest first; `longest` is the longest operation of its consumer.
 *
 *     consumers   2  2  0 ─ 30 s ─ 0      dead: twice, for a consumer that reconnects is none
 *     acked      70 70 70 ─ 10 m + longest ─ 70, and never empty                    stuck
 *     ready       4  6  9 ─ 15 m + longest ─ 14, each third fuller than the last    growing
 */
export function toQueueState(samples: readonly QueueSample[], longest: number): QueueState {
  const last = samples.at(-1)
  if (!last) return 'unknown'
  if (last.consumers === 0) {
    const since = deadSince(samples)
    if (since !== null && last.at - since >= TWICE_MS) return 'dead'
  }
  if (isStuck(samples, last, longest)) return 'stuck'
  if (isGrowing(samples, last, longest)) return 'growing'
  if (last.unacked === null || last.ready === null) return last.unacked ? 'busy' : 'unknown'
  if (last.unacked >= 1) return 'busy'
  if (last.ready === 0) return 'idle'
  return last.consumers ? 'waiting' : 'unknown'
}

/** Since when, without a break, nobody listened; null: somebody does, or it was not said. What the broker samples never says. */
export const deadSince = (samples: readonly QueueSample[]) =>
  samples.at(-1)?.consumers === 0
    ? runSince(
        samples.filter(({ consumers }) => consumers !== null),
        ({ consumers }) => consumers === 0,
      )
    : null

/** Since when, without a break, nothing was in it; null: something is, or it was not said. */
export const emptySince = (samples: readonly QueueSample[]) =>
  runSince(samples, ({ ready, unacked }) => ready === 0 && unacked === 0)

/** How far back a condition holds; a gap in the readings ends it, unless nothing was acknowledged in the gap. */
function runSince(
  samples: readonly QueueSample[],
  holds: (sample: QueueSample) => boolean,
): EpochMs | null {
  let since: QueueSample | null = null
  for (const sample of samples.toReversed()) {
    if (!holds(sample)) break
    if (since && since.at - sample.at > READING_HOLDS_MS && !isStill(sample, since)) break
    since = sample
  }
  return since?.at ?? null
}

const isStill = (a: QueueSample, b: QueueSample) => a.acked !== null && a.acked === b.acked

function isStuck(samples: readonly QueueSample[], last: QueueSample, longest: number): boolean {
  if (!last.consumers) return false
  const window = toWindow(samples, last.at - STUCK_MS - longest)
  const first = window?.[0]
  if (!window || !first || !isStill(first, last)) return false
  return window.every(
    ({ ready, unacked, acked }) =>
      ready !== null && unacked !== null && ready + unacked > 0 && acked === last.acked,
  )
}

function isGrowing(samples: readonly QueueSample[], last: QueueSample, longest: number): boolean {
  const length = GROWING_MS + longest
  const window = toWindow(samples, last.at - length)
  if (!window?.every(({ ready }) => ready !== null && ready > 0)) return false
  const lows = [0, 1, 2].map((third) => {
    const from = last.at - length + (third * length) / 3
    const until = third === 2 ? Number.POSITIVE_INFINITY : from + length / 3
    const within = window.filter(({ at }) => (third === 0 || at >= from) && at < until)
    return Math.min(...within.map(({ ready }) => ready ?? 0))
  })
  const [first = Infinity, second = Infinity, third = Infinity] = lows
  return first < second && second < third && third < Number.POSITIVE_INFINITY
}

/** The readings from the last one at or before a moment on; null where they do not go back so far. */
function toWindow(samples: readonly QueueSample[], from: number): readonly QueueSample[] | null {
  const start = samples.findLastIndex(({ at }) => at <= from)
  return start === -1 ? null : samples.slice(start)
}

/** When a reading first explains a moment. */
export const explainedFrom = (at: EpochMs): EpochMs => epochMs(at + READING_LAG_MS)

import type { QueueFact, QueueSample } from './fact'
import type { QueueSeen } from './located'
import {
  deadSince,
  emptySince,
  explainedFrom,
  READING_HOLDS_MS,
  READING_LAG_MS,
  toQueueState,
} from './queue-state'
import type { EpochMs } from './types'

/** One queue as it stands after a moment, and what its readings tell of a message sent then. */
export type QueueWatch = {
  readonly seen: QueueSeen
  /** Since when nobody listens, without a break. */
  readonly deadSince: EpochMs | null
  /** Since when nothing is in it, without a break. */
  readonly emptySince: EpochMs | null
  /** The fewest that waited at the last readings, some of which may be ahead of the others; null: not said. */
  readonly leastReady: number | null
  /** Fewer wait than came after our message: one that was sent after it was taken. */
  readonly overtaken: boolean
  /** Whether anything was given back to it since; null: not said. */
  readonly redelivered: boolean | null
  readonly evidence: readonly string[]
}

/** Why a queue does not tell: nobody read it · read too soon after that moment. */
export type QueueSilence = 'queue-not-read' | 'reading-too-young'

/**
 * Watches one queue by its readings of one source, oldest first. `since` is when our message came in, `sure` whether
 * that moment is known.
 *
 *     published   ─ 40 ─┬─ 41 ── 44 ─ 45        after: at least 45 − 44, at most 45 − 40 − 1
 *                  before└ ours  └ 15 s later
 */
export function watchQueue(
  facts: readonly QueueFact[],
  { since, sure, now, longest }: Moment,
): QueueWatch | QueueSilence {
  const read = facts.filter(({ at }) => at <= now)
  const fact = read.at(-1)
  if (!fact || now - fact.at > READING_HOLDS_MS) return 'queue-not-read'
  if (fact.at < explainedFrom(since)) return 'reading-too-young'

  const samples = toSamples(read)
  const before = sure ? samples.findLast(({ at }) => at <= since) : undefined
  const settled = samples.findLast(({ at }) => at <= fact.at - READING_LAG_MS) ?? fact
  const { queue: name, source, at: readAt, ready, unacked, consumers, headAt } = fact
  return {
    seen: {
      ...{ name, source, readAt, ready, unacked, consumers, headAt },
      state: toQueueState(samples, longest),
      after: before ? countAfter(samples, before, since, fact) : null,
    },
    deadSince: deadSince(samples),
    emptySince: emptySince(samples),
    leastReady: ready === null || settled.ready === null ? null : Math.min(ready, settled.ready),
    overtaken: before !== undefined && isOvertaken(samples, since, settled, fact),
    redelivered: before ? isMore(before.redelivered, fact.redelivered) : null,
    evidence: [fact.id],
  }
}

export type Moment = {
  readonly since: EpochMs
  readonly sure: boolean
  readonly now: EpochMs
  /** The longest operation of its consumer, in milliseconds. */
  readonly longest: number
}

/** Bounds, because a reading is of a moment up to its lag before it. A total that fell began anew. */
function countAfter(
  samples: readonly QueueSample[],
  before: QueueSample,
  since: EpochMs,
  last: QueueSample,
): QueueSeen['after'] {
  const from = samples.filter(({ at }) => at >= before.at)
  const fell = hasFallen(from)
  const with_ = from.find(({ at }) => at >= explainedFrom(since))
  if (fell || last.published === null || before.published === null || !with_) return null
  const most = Math.max(0, last.published - before.published - 1)
  return {
    least: with_.published === null ? 0 : Math.min(most, last.published - with_.published),
    most,
  }
}

/** What was published and what waits are not counted at one moment: only what came well before counts as come. */
function isOvertaken(
  samples: readonly QueueSample[],
  since: EpochMs,
  settled: QueueSample,
  last: QueueSample,
): boolean {
  const from = samples.filter(({ at }) => at >= explainedFrom(since))
  const [first] = from
  if (!first || hasFallen(from) || settled.at < first.at) return false
  if (settled.ready === null || last.ready === null) return false
  if (settled.published === null || first.published === null) return false
  return settled.published - first.published > Math.max(settled.ready, last.ready)
}

/** A total that fell began anew, and what it counted before is not in it. */
const hasFallen = (samples: readonly QueueSample[]) =>
  samples.some(
    ({ published }, index) => isMore(published, samples[index - 1]?.published ?? null) === true,
  )

const isMore = (before: number | null, after: number | null) =>
  before === null || after === null ? null : after > before

/** The readings and what each remembers of earlier ones, each moment once. */
function toSamples(facts: readonly QueueFact[]): readonly QueueSample[] {
  const byTime = new Map<number, QueueSample>()
  for (const fact of facts)
    for (const sample of [...fact.history, fact])
      if (sample.at <= fact.at) byTime.set(sample.at, sample)
  return [...byTime.values()].toSorted((a, b) => a.at - b.at)
}

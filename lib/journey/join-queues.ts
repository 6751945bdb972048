import type { QueueSeen, QueueState } from './located'
import { type EpochMs, epochMs } from './types'
import type { QueueSilence, QueueWatch } from './watch-queue'

/** The one queue of a hand-off; of several, what is true whichever of them the message went to. */
export function joinQueues(
  names: readonly string[],
  watch: (name: string) => QueueWatch | QueueSilence,
): QueueWatch | QueueSilence {
  const watched: QueueWatch[] = []
  for (const name of names) {
    const one = watch(name)
    if (typeof one === 'string') return one
    watched.push(one)
  }
  const [first] = watched
  if (!first) return 'queue-not-read'
  return watched.length === 1 ? first : join(first, watched)
}

function join(first: QueueWatch, watched: readonly QueueWatch[]): QueueWatch {
  const seen = watched.map((one) => one.seen)
  return {
    seen: {
      name: seen.map(({ name }) => name).join(', '),
      source: first.seen.source,
      state: joinStates(seen.map(({ state }) => state)),
      readAt: epochMs(Math.min(...seen.map(({ readAt }) => readAt))),
      ready: sum(seen, 'ready'),
      unacked: sum(seen, 'unacked'),
      consumers: sum(seen, 'consumers'),
      headAt: null,
      after: null,
    },
    deadSince: latest(watched.map((one) => one.deadSince)),
    emptySince: latest(watched.map((one) => one.emptySince)),
    leastReady: null,
    overtaken: watched.every(({ overtaken }) => overtaken),
    redelivered: null,
    evidence: watched.flatMap(({ evidence }) => evidence),
  }
}

function joinStates(states: readonly QueueState[]): QueueState {
  const [first = 'unknown'] = states
  if (states.every((state) => state === first)) return first
  return states.includes('busy') ? 'busy' : 'unknown'
}

const sum = (seen: readonly QueueSeen[], key: 'ready' | 'unacked' | 'consumers') =>
  seen.reduce<number | null>(
    (total, { [key]: count }) => (total === null || count === null ? null : total + count),
    0,
  )

const latest = (moments: readonly (EpochMs | null)[]): EpochMs | null =>
  moments.reduce((a, b) => (a === null || b === null ? null : a > b ? a : b), epochMs(0))

import type { Row } from './locate'
import { WORK } from './locate-handled'
import { explainedFrom } from './queue-state'
import type { Evidence } from './to-evidence'
import type { QueueWatch } from './watch-queue'

/** Handed on, and nobody has taken it. Where a table is polled, it is the queue. */
export const QUEUE_ROWS: readonly Row[] = [
  {
    // Something waits, and ours is proven to be among it.
    row: 8,
    find(evidence) {
      const queue = findWaiting(evidence)
      if (!queue || !isProven(queue, evidence)) return null
      return { ...waiting(evidence, queue), certainty: 'confirmed' }
    },
  },
  {
    // The receiver keeps the moment of taking, and there is none.
    row: 9,
    find(evidence) {
      const { hop, newest } = evidence
      if (hop.def.transport !== 'db-poll' || !evidence.keepsTaken()) return null
      if (!evidence.isFresh(hop.to) || (newest && !newest.failed)) return null
      return { ...waiting(evidence, null), certainty: 'confirmed' }
    },
  },
  {
    // Something waits: ours may be among it. Or nobody takes anything, and whether ours was sent cannot be seen.
    row: 14,
    find(evidence) {
      const queue = findWaiting(evidence) ?? findDead(evidence)
      return queue && { ...waiting(evidence, queue), certainty: 'likely' }
    },
  },
  {
    // Nobody is seen to take it, and whoever should is heard.
    row: 15,
    find(evidence) {
      const { hop, newest } = evidence
      if (hop.def.transport !== 'db-poll' || newest) return null
      if (!evidence.isAbsent(hop.to, WORK['db-poll'], hop.started)) return null
      return { ...waiting(evidence, null), certainty: 'likely' }
    },
  },
]

/** The queue, where a message that was sent and not taken for good may still wait in it. */
function findWaiting(evidence: Evidence): QueueWatch | null {
  const { sent, attempts, hop } = evidence
  if (hop.def.transport !== 'amqp' || sent.state !== 'sent') return null
  if (attempts.some(({ ended, failed }) => ended === null || !failed)) return null
  const queue = evidence.queue()
  if (!queue || !queue.seen.ready || evidence.isPassedBy()) return null
  const { after, ready, headAt, readAt } = queue.seen
  const tried = evidence.newest?.ended
  // Given back a moment ago: the reading is of before.
  if (typeof tried === 'number' && readAt < explainedFrom(tried)) return null
  if (after && ready <= after.least) return null
  return headAt !== null && sent.at !== null && headAt > sent.at + SKEW_MS ? null : queue
}

/** The head's time is whole seconds of the sender's clock. */
const SKEW_MS = 2000

/**
 *     our publish ●
 *     head     ●               the oldest that waits is no younger
 *     dead   ├────────── now   nobody has listened since
 *     ready    ≥ after + 1     more wait than came after it, and none was given back
 */
function isProven(queue: QueueWatch, evidence: Evidence): boolean {
  const at = evidence.sent.at ?? evidence.now
  if (queue.deadSince !== null && queue.deadSince <= at) return true
  if (queue.redelivered === true) return false
  const { headAt } = queue.seen
  if (headAt !== null && headAt <= at) return true
  const after = evidence.after()
  const { leastReady, redelivered } = queue
  return after !== null && leastReady !== null && redelivered === false && leastReady > after.most
}

function findDead(evidence: Evidence): QueueWatch | null {
  const { sent, attempts } = evidence
  if (sent.state !== 'unseen' || attempts.length > 0) return null
  const queue = evidence.queue()
  return queue && queue.seen.state === 'dead' && queue.seen.ready ? queue : null
}

const waiting = ({ hop, sent }: Evidence, queue: QueueWatch | null) =>
  ({
    place: 'in-queue',
    since: sent.at ?? hop.started,
    evidence: [...hop.entry.evidence, ...sent.evidence, ...(queue?.evidence ?? [])],
  }) as const

import type { Found, Row } from './locate'
import { explainedFrom } from './queue-state'
import type { Evidence } from './to-evidence'
import { epochMs } from './types'

/** The receiver has taken it. */
export const HANDLED_ROWS: readonly Row[] = [
  {
    // Begun by its own record, and not ended.
    row: 5,
    find: ({ newest }) =>
      newest?.marked && newest.ended === null
        ? { ...inHand(newest.began, newest.evidence), certainty: 'confirmed' }
        : null,
  },
  {
    // Begun by its spans; a message in hand makes that sure.
    row: 6,
    find(evidence) {
      const { newest } = evidence
      if (newest?.ended !== null) return null
      const queue = evidence.queue()
      const busy =
        (queue?.seen.unacked ?? 0) >= 1 && (queue?.seen.readAt ?? 0) >= explainedFrom(newest.began)
      return {
        ...inHand(newest.began, [...newest.evidence, ...(busy && queue ? queue.evidence : [])]),
        certainty: busy ? 'confirmed' : 'likely',
      }
    },
  },
  {
    // Ended well long enough ago for its record to show it, and it does not.
    row: 7,
    find(evidence) {
      const { newest, hop } = evidence
      if (!newest || newest.ended === null || newest.failed) return null
      const due = evidence.warnAfter(newest.ended)
      const asOf = evidence.asOf(hop.to)
      if (due === null || asOf === null || asOf < due || !evidence.isFresh(hop.to)) return null
      return { ...handled(evidence), certainty: 'confirmed' }
    },
  },
  {
    // Ended in error, and nobody tries again.
    row: 12,
    find(evidence) {
      const { newest, hop, isAbsent, isPassedBy } = evidence
      if (!newest || newest.ended === null || !newest.failed) return null
      const work = WORK[hop.def.transport]
      if (!isAbsent(hop.to, work, epochMs(newest.ended))) return null
      if (hop.def.transport === 'amqp' && !isPassedBy()) return null
      return { ...handled(evidence), certainty: 'likely' }
    },
  },
  {
    // As many wait as came after it, and somebody has a message in hand: ours, for they are taken in their order.
    row: 13,
    find(evidence) {
      const { sent, attempts } = evidence
      const queue = evidence.queue()
      const after = evidence.after()
      if (sent.state !== 'sent' || !queue || !after) return null
      if (attempts.some(({ ended }) => ended !== null)) return null
      const { ready, unacked } = queue.seen
      if (ready === null || unacked === null) return null
      if (ready > after.least || after.most >= ready + unacked) return null
      return { ...inHand(null, [...sent.evidence, ...queue.evidence]), certainty: 'likely' }
    },
  },
]

/** What a receiver does to take a message. */
export const WORK = { amqp: 'consume', 'db-poll': 'take', http: 'serve' } as const

const inHand = (since: Found['since'], evidence: readonly string[]) =>
  ({ place: 'being-handled', since, evidence }) as const

const handled = ({ newest, hop }: Evidence) =>
  ({
    place: 'handled-not-saved',
    since: newest?.ended ?? null,
    evidence: [...hop.entry.evidence, ...(newest?.evidence ?? [])],
  }) as const

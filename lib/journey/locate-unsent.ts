import type { Row } from './locate'

/** The sender has the change and has handed nothing on. Where a table is polled there is no such place. */
export const UNSENT_ROWS: readonly Row[] = [
  {
    // It keeps the moment of sending, and there is none.
    row: 16,
    find({ hop, sent, isFresh }) {
      if (hop.def.transport === 'db-poll' || sent.state !== 'not-yet') return null
      if (!isFresh(hop.from)) return null
      return {
        place: 'not-sent',
        certainty: 'confirmed',
        against: [hop.to, hop.from],
        since: hop.started,
        evidence: sent.evidence,
      }
    },
  },
  {
    // It tried and failed; or nothing is seen of a sender that is heard.
    row: 17,
    find({ hop, sent, isAbsent, keepsSent }) {
      if (hop.def.transport === 'db-poll') return null
      const failed = sent.state === 'failed'
      const unsent =
        sent.state === 'unseen' && !keepsSent() && isAbsent(hop.from, 'publish', hop.started)
      if (!failed && !unsent) return null
      const evidence = [...hop.entry.evidence, ...sent.evidence]
      return { place: 'not-sent', certainty: 'likely', since: hop.started, evidence }
    },
  },
]

import type { Arrival } from './find-arrival'
import type { Row } from './locate'
import type { SystemId } from './types'

/** The receiver shows it, or showed it once. */
export const SAVED_ROWS: readonly Row[] = [
  {
    // Its record does, or that of a step that needs this one. Nothing can speak against that.
    row: 1,
    find: ({ arrival }) =>
      arrival?.by === 'record' ? { ...saved(arrival), certainty: 'confirmed', against: [] } : null,
  },
  {
    // Its record cannot tell, and its spans do.
    row: 2,
    find: ({ arrival }) =>
      arrival?.by === 'traces' ? { ...saved(arrival), certainty: 'likely' } : null,
  },
  {
    // Its record had it, and fell back without the sender: two records of later say so, and traces say nothing of it.
    row: 3,
    find({ setBack, hop, asOf, isFresh }) {
      if (!setBack) return null
      const isLater = (system: SystemId) => (asOf(system) ?? 0) >= setBack.at || isFresh(system)
      if (!isLater(hop.to)) return null
      return {
        place: 'handled-not-saved',
        case: 'set-back',
        certainty: isLater(hop.from) ? 'confirmed' : 'likely',
        against: [],
        since: setBack.at,
        evidence: [...hop.entry.evidence, ...setBack.evidence],
      }
    },
  },
]

const saved = ({ at, evidence }: Arrival) => ({ place: 'saved', since: at, evidence }) as const

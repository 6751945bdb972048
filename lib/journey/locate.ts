import { HANDLED_ROWS } from './locate-handled'
import { QUEUE_ROWS } from './locate-in-queue'
import { SAVED_ROWS } from './locate-saved'
import { SET_ASIDE_ROWS } from './locate-set-aside'
import { UNSENT_ROWS } from './locate-unsent'
import type { Located } from './located'
import type { Evidence } from './to-evidence'
import type { EpochMs, SystemId } from './types'

/** What one row of the table found. */
export type Found = {
  readonly place: Located['place']
  readonly case?: Exclude<Located['case'], null>
  /** `confirmed` stands only where every source that could speak against it answered. */
  readonly certainty: 'confirmed' | 'likely'
  /** Whose records and spans could speak against it; the receiver's, unless said otherwise. None: nothing could. */
  readonly against?: readonly SystemId[]
  /** Since when it is there. */
  readonly since: EpochMs | null
  readonly evidence: readonly string[]
}

/** One row of the table: its number, and what it finds in the evidence. */
export type Row = {
  readonly row: number
  readonly find: (evidence: Evidence) => Found | null
}

const TABLE: readonly Row[] = [
  ...SAVED_ROWS,
  ...SET_ASIDE_ROWS,
  ...HANDLED_ROWS,
  ...QUEUE_ROWS,
  ...UNSENT_ROWS,
].toSorted((a, b) => a.row - b.row)

const UNKNOWN = 18

/**
 * Where the message of a hand-off is: the first row of the table that holds. Nobody looks for a message by
 * themselves.
 *
 *     1 2 saved · 3 set back · 4 set aside · 5 6 being handled · 7 handled, not saved · 8 9 in the queue
 *     10 11 set aside · 12 handled, not saved · 13 being handled · 14 15 in the queue · 16 17 not sent · 18 unknown
 */
export function locate(evidence: Evidence): Located {
  for (const { row, find } of TABLE) {
    const found = find(evidence)
    if (found) return toLocated(row, found, evidence)
  }
  const { from, to } = evidence.hop
  evidence.isAnswered([to, from])
  return {
    ...toCommon(evidence),
    place: 'unknown',
    case: null,
    certainty: 'cannot-tell',
    row: UNKNOWN,
    since: null,
    blindSpots: toWhy(evidence),
    evidence: evidence.sent.evidence,
  }
}

function toLocated(row: number, found: Found, evidence: Evidence): Located {
  const against = found.against ?? [evidence.hop.to]
  const answered = evidence.isAnswered(against)
  const sure = found.certainty === 'confirmed' && answered
  return {
    ...toCommon(evidence),
    place: found.place,
    case: found.case ?? null,
    certainty: sure ? 'confirmed' : 'likely',
    row,
    since: found.since,
    blindSpots: sure ? [] : evidence.missed(),
    evidence: [...new Set(found.evidence)],
  }
}

/** Where everything was asked and answered, it is too early to tell, or nobody shows it. */
function toWhy(evidence: Evidence): Located['blindSpots'] {
  const missed = evidence.missed()
  if (missed.length > 0) return missed
  const due = evidence.warnAfter(evidence.sent.at ?? evidence.hop.started)
  const code = due !== null && evidence.now < due ? 'too-early' : 'nothing-shows'
  return [{ code, source: null, system: evidence.hop.to }]
}

const toCommon = (evidence: Evidence) => ({
  sent: evidence.hop.def.transport === 'db-poll' ? null : evidence.sent.at,
  attempts: evidence.attempts,
  queue: evidence.queue()?.seen ?? null,
})

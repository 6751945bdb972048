import type { SpanFact } from './fact'
import { findAttempts } from './find-attempts'
import { endOf } from './find-current'
import { SKEW_MS } from './find-entries'
import type { Course } from './to-course'
import type { FreshnessOf } from './to-freshness'
import { type Hop, sinceOf } from './to-hop'
import type { Records } from './to-records'
import type { EpochMs, SystemId } from './types'

export type Arrival = {
  readonly at: EpochMs
  readonly by: 'record' | 'traces'
  readonly evidence: readonly string[]
}

type View = {
  readonly records: Records
  readonly course: Course
  readonly freshnessOf: FreshnessOf
  readonly now: EpochMs
}

/**
 * Where a change shows at its receiver: its record first, then its mark, then what lies further on, then spans.
 *
 *     from  B ─────────────────────────
 *     to        A ────── B ──── C        B, or a higher status, since then
 *     to                 B ──── A        set back: it had it, and its row is lower now
 */
export function findArrival(hop: Hop, view: View): Arrival | null {
  const { records, course } = view
  return (
    findInRecord(hop, hop.to, records, course) ??
    findMark(hop, records) ??
    findFurtherOn(hop, view) ??
    findBySpans(hop, view)
  )
}

/** Where the receiver fell back behind a change it had; null where it did not. */
export function findSetBack(
  hop: Hop,
  { records, course }: Pick<View, 'records' | 'course'>,
): Arrival | null {
  const record = records.now.find(({ system }) => system === hop.to)
  if (!record || hop.undone || !course.lower(record.status, hop.entry.status)) return null
  // A receiver that went back by itself was not set back.
  if (course.entryOwner(record.before, record.status) === hop.to) return null
  const had = findInHistory(hop, hop.to, records, course)
  return had ? { at: record.at, by: 'record', evidence: [had.id, ...record.evidence] } : null
}

function findInRecord(
  hop: Hop,
  system: SystemId,
  records: Records,
  course: Course,
): Arrival | null {
  const record = records.now.find((one) => one.system === system)
  const change = findInHistory(hop, system, records, course)
  if (change) {
    if (system === hop.to && findSetBack(hop, { records, course })) return null
    return { at: change.receivedAt ?? change.at, by: 'record', evidence: [change.id] }
  }
  if (!record) return null
  const { status } = hop.entry
  const shows = record.status === status || course.lower(status, record.status)
  if (!shows || (hop.backward && record.at < sinceOf(hop))) return null
  const taken = records.rows.get(system)?.takenAt
  // Where a table is polled, a row may stand there before anybody took it: its own mark says so.
  const untaken = taken === null && system === hop.to && hop.def.transport === 'db-poll'
  if (untaken && record.status === status) return null
  const at = typeof taken === 'number' && taken >= sinceOf(hop) ? taken : record.at
  return { at, by: 'record', evidence: record.evidence }
}

const findInHistory = ({ entry }: Hop, system: SystemId, records: Records, course: Course) =>
  records.histories
    .get(system)
    ?.find(
      (change) =>
        change.at >= entry.at - SKEW_MS &&
        (change.status === entry.status || course.lower(entry.status, change.status)),
    )

/** On a poll, taking the order is what the hand-off is. */
function findMark(hop: Hop, records: Records): Arrival | null {
  const row = records.rows.get(hop.to)
  if (hop.def.transport !== 'db-poll' || !row || typeof row.takenAt !== 'number') return null
  return row.takenAt >= sinceOf(hop) ? { at: row.takenAt, by: 'record', evidence: [row.id] } : null
}

function findFurtherOn(hop: Hop, view: View): Arrival | null {
  const { records, course } = view
  for (const system of hop.beyond) {
    const arrival = findInRecord(hop, system, records, course)
    if (arrival) return arrival
  }
  if (hop.beyond.length === 0) return null
  const sentOn = spansSince(hop, records).find(({ spanKind }) => spanKind === 'producer')
  return toArrival(sentOn) ?? findTakenOn(hop, view)
}

/** The system after it is seen at work on what it alone could have sent. */
function findTakenOn(hop: Hop, view: View): Arrival | null {
  const [to, ...beyond] = hop.beyond
  const def = to === undefined ? undefined : view.course.handoff(hop.to, to)
  if (to === undefined || !def) return null
  const [first] = findAttempts({ ...hop, from: hop.to, to, def, beyond }, view).ours
  return first ? { at: first.began, by: 'traces', evidence: first.evidence } : null
}

/**
 * Spans stand in for a record that cannot be read, that keeps no mark of being taken, or that no system has: the
 * newest attempt ended well, and wrote.
 */
function findBySpans(hop: Hop, view: View): Arrival | null {
  const { records, freshnessOf } = view
  const { fresh, asOf } = freshnessOf(hop.to)
  const unmarked = records.now.length === 0 || !keepsMark(hop, view)
  if (fresh && !unmarked) return null
  const newest = findAttempts(hop, view).ours.at(-1)
  if (!newest || newest.ended === null || newest.failed || !newest.wrote) return null
  // What the record could have shown, it would have shown.
  if (!unmarked && asOf !== null && newest.ended < asOf) return null
  return { at: newest.ended, by: 'traces', evidence: newest.evidence }
}

/** False on a poll whose receiver keeps no moment of taking: then a row it lacks proves nothing. */
export function keepsMark(
  hop: Hop,
  { records, freshnessOf }: Pick<View, 'records' | 'freshnessOf'>,
): boolean {
  if (hop.def.transport !== 'db-poll') return true
  const row = records.rows.get(hop.to)
  if (row) return row.takenAt !== undefined
  return !freshnessOf(hop.to).report?.notKept?.includes('orders.taken_at')
}

const spansSince = (hop: Hop, records: Records) =>
  (records.spans.get(hop.to) ?? []).filter(({ at, failed }) => !failed && at >= sinceOf(hop))

const toArrival = (span: SpanFact | undefined): Arrival | null =>
  span ? { at: endOf(span), by: 'traces', evidence: [span.id] } : null

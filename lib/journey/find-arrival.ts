import type { SpanFact } from './fact'
import { endOf } from './find-current'
import { type Entry, SKEW_MS } from './find-entries'
import type { Transport } from './pipeline'
import type { Course } from './to-course'
import type { FreshnessOf } from './to-freshness'
import type { Records } from './to-records'
import { type EpochMs, epochMs, type SystemId } from './types'

/** One step of a change on its way: the change, and the two systems it passes between. */
export type Hop = {
  readonly entry: Entry
  readonly from: SystemId
  readonly to: SystemId
  readonly transport: Transport
  readonly started: EpochMs
  /** The systems after `to` that must learn of it too. */
  readonly beyond: readonly SystemId[]
  /** `from` went back by this change: only what was entered since shows it. */
  readonly backward: boolean
  /** `from` has since gone back behind this change. */
  readonly undone: boolean
}

export type Arrival = { readonly at: EpochMs; readonly evidence: readonly string[] }

/**
 * Where a change shows at its receiver: its record first, then its mark, then what lies further on, then spans.
 *
 *     from  B ─────────────────────────
 *     to        A ────── B ──── C        B, or a higher status, since then
 *     to                 B ──── A        set back: it had it, and its row is lower now
 */
export function findArrival(
  hop: Hop,
  records: Records,
  course: Course,
  freshnessOf: FreshnessOf,
): Arrival | null {
  return (
    findInRecord(hop, hop.to, records, course) ??
    findMark(hop, records) ??
    findFurtherOn(hop, records, course) ??
    findBySpans(hop, records, course, freshnessOf)
  )
}

/** When the receiver fell back behind a change it had; null where it did not. */
export function findSetBack(hop: Hop, records: Records, course: Course): EpochMs | null {
  const record = records.now.find(({ system }) => system === hop.to)
  if (!record || hop.undone || !course.lower(record.status, hop.entry.status)) return null
  // A receiver that went back by itself was not set back.
  if (course.entryOwner(record.before, record.status) === hop.to) return null
  return findInHistory(hop, hop.to, records, course) ? record.at : null
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
    if (system === hop.to && findSetBack(hop, records, course) !== null) return null
    return { at: change.receivedAt ?? change.at, evidence: [change.id] }
  }
  if (!record) return null
  const { status } = hop.entry
  const shows = record.status === status || course.lower(status, record.status)
  if (!shows || (hop.backward && record.at < sinceOf(hop))) return null
  const taken = records.rows.get(system)?.takenAt
  const at = typeof taken === 'number' && taken >= sinceOf(hop) ? taken : record.at
  return { at, evidence: record.evidence }
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
  if (hop.transport !== 'db-poll' || !row || typeof row.takenAt !== 'number') return null
  return row.takenAt >= sinceOf(hop) ? { at: row.takenAt, evidence: [row.id] } : null
}

function findFurtherOn(hop: Hop, records: Records, course: Course): Arrival | null {
  for (const system of hop.beyond) {
    const arrival = findInRecord(hop, system, records, course)
    if (arrival) return arrival
  }
  if (hop.beyond.length === 0) return null
  return toArrival(spansSince(hop, records).find(({ spanKind }) => spanKind === 'producer'))
}

/** Spans stand in for a record that cannot be read, that keeps no mark of being taken, or that no system has. */
function findBySpans(
  hop: Hop,
  records: Records,
  course: Course,
  freshnessOf: FreshnessOf,
): Arrival | null {
  const { fresh, asOf } = freshnessOf(hop.to)
  const unmarked = records.now.length === 0 || !keepsMark(hop, records, freshnessOf)
  if (fresh && !unmarked) return null
  const after = unmarked || asOf === null ? Number.NEGATIVE_INFINITY : asOf
  return toArrival(
    spansSince(hop, records).find((span) => endOf(span) >= after && tellsOf(span, hop, course)),
  )
}

/** False on a poll whose receiver keeps no moment of taking: then a row it lacks proves nothing. */
export function keepsMark(hop: Hop, records: Records, freshnessOf: FreshnessOf): boolean {
  if (hop.transport !== 'db-poll') return true
  const row = records.rows.get(hop.to)
  if (row) return row.takenAt !== undefined
  return !freshnessOf(hop.to).report?.notKept?.includes('orders.taken_at')
}

const tellsOf = (span: SpanFact, hop: Hop, course: Course) =>
  span.statusTo === null
    ? span.spanKind === 'consumer' || hop.transport === 'db-poll'
    : span.statusTo === hop.entry.status || course.lower(hop.entry.status, span.statusTo)

const spansSince = (hop: Hop, records: Records) =>
  (records.spans.get(hop.to) ?? []).filter(({ at, failed }) => !failed && at >= sinceOf(hop))

const sinceOf = ({ entry }: Hop) => epochMs(entry.at - SKEW_MS)

const toArrival = (span: SpanFact | undefined): Arrival | null =>
  span ? { at: endOf(span), evidence: [span.id] } : null

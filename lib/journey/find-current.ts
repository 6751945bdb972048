import type { SpanFact } from './fact'
import type { Approximate } from './journey'
import type { Course } from './to-course'
import type { RecordNow, Records } from './to-records'
import { type EpochMs, epochMs, type Status, type SystemId } from './types'

/** Where the order is, before it is found among the stages. */
export type CurrentEntry = {
  readonly status: Status
  /** The system whose entry this is. */
  readonly system: SystemId
  readonly at: EpochMs
  readonly approximate: Approximate | null
  /** The system whose record shows it, where that is not the one it belongs to. */
  readonly copyOf: SystemId | null
  readonly before: Status | null
  readonly evidence: readonly string[]
}

/**
 * Which status is current. `trusted` says whether a system's rows are those of now.
 *
 *     rows      shop SUBMITTED · crm STARTED · mes APPROVED
 *     highest   STARTED, owned by mes ── mes answers ──▶ what mes shows: APPROVED (a release)
 *                                     └─ mes is silent ─▶ STARTED, as crm's copy
 */
export function findCurrent(
  records: Records,
  course: Course,
  trusted: (system: SystemId) => boolean,
): CurrentEntry | null {
  const { now } = records
  if (now.length === 0) return findInSpans([...records.spans.values()].flat(), course)

  const ended = newest(now.filter((r) => course.terminal(r.status) && isOwn(r, course)))
  if (ended) return toOwn(ended, trusted)

  const unknown = newest(now.filter((r) => !course.status(r.status)))
  if (unknown) return toOwn(unknown, trusted)

  const last = newest(now)
  const unranked = now.filter((r) => course.rank(r.status) === undefined && isOwn(r, course))
  const unrankedNow = newest(unranked.filter((r) => r.at === last?.at))
  if (unrankedNow) return toOwn(unrankedNow, trusted)

  const rank = (r: RecordNow) => course.rank(r.status) ?? Number.NEGATIVE_INFINITY
  const top = Math.max(...now.map(rank))
  const highest = now.filter((r) => rank(r) === top)
  const own = newest(highest.filter((r) => isOwn(r, course)))
  if (own) return toOwn(own, trusted)

  const copy = newest(highest)
  if (!copy) return null
  const owner = course.entryOwner(copy.before, copy.status) ?? copy.system
  const ownersRow = now.find(({ system }) => system === owner)
  if (ownersRow && trusted(owner) && !endsForAnother(ownersRow, course, trusted)) {
    return toLower(ownersRow, copy, course)
  }
  return { ...copy, system: owner, approximate: 'copy', copyOf: copy.system }
}

/** A copy of an end that its owner, who can be asked, does not show. */
function endsForAnother(
  row: RecordNow,
  course: Course,
  trusted: (system: SystemId) => boolean,
): boolean {
  const owner = course.owner(row.status)
  return course.terminal(row.status) && owner !== null && owner !== row.system && trusted(owner)
}

/** What the owner's row shows below the highest status: its own step back, or a status it has from others. */
function toLower(row: RecordNow, copy: RecordNow, course: Course): CurrentEntry {
  const before = row.before ?? copy.status
  const owner = course.entryOwner(before, row.status) ?? row.system
  if (owner === row.system) return { ...row, before, copyOf: null }
  return { ...row, before, system: owner, approximate: 'copy', copyOf: row.system }
}

const isOwn = (record: RecordNow, course: Course) =>
  (course.entryOwner(record.before, record.status) ?? record.system) === record.system

const toOwn = (record: RecordNow, trusted: (system: SystemId) => boolean): CurrentEntry => ({
  ...record,
  approximate: record.approximate ?? (trusted(record.system) ? null : 'stale'),
  copyOf: null,
})

/** The one entered last; of several at once, the one whose lane is highest. */
const newest = (records: readonly RecordNow[]): RecordNow | undefined =>
  records.reduce<RecordNow | undefined>(
    (best, r) => (best && best.at >= r.at ? best : r),
    undefined,
  )

/** Without any row: the newest status that spans name, entered when their work ended. */
function findInSpans(spans: readonly SpanFact[], course: Course): CurrentEntry | null {
  const named = spans.filter(({ statusTo }) => statusTo !== null)
  const last = named.toSorted((a, b) => endOf(b) - endOf(a) || (a.id < b.id ? -1 : 1))[0]
  if (!last || last.statusTo === null) return null
  return {
    status: last.statusTo,
    system: course.owner(last.statusTo) ?? last.system,
    at: endOf(last),
    approximate: 'from-spans',
    copyOf: null,
    before: null,
    evidence: [last.id],
  }
}

/** When a span ended. */
export const endOf = (span: SpanFact): EpochMs => epochMs(span.at + span.duration)

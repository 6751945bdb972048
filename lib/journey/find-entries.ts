import { compareText } from './collect-facts'
import type { ChangeFact } from './fact'
import { type CurrentEntry, endOf } from './find-current'
import type { Approximate } from './journey'
import type { Course } from './to-course'
import type { Records } from './to-records'
import type { EpochMs, Status, SystemId } from './types'

/** An order entering a status, by the system that made it enter. */
export type Entry = {
  readonly status: Status
  readonly system: SystemId
  readonly at: EpochMs
  /** The status its system showed before. */
  readonly before: Status | null
  readonly approximate: Approximate | null
  /** The history after this entry has a gap: when the status was left is not known exactly. */
  readonly leftInexactly: boolean
  readonly seq: number
  readonly evidence: readonly string[]
}

/** Two hosts' clocks may differ by this much; no order is concluded from less. */
export const SKEW_MS = 2000

/**
 * The entries that make the stages, the current one last. A copy of a status in another record is none.
 *
 *     mes   ······ SUBMITTED ── PRICED ─────────────────────── STARTED
 *     crm   ··· SUBMITTED ────────── PRICED ── APPROVED ─────────── STARTED
 *     shop  SUBMITTED
 *           └ shop's            └ mes's        └ crm's         └ mes's
 */
export function findEntries(
  records: Records,
  current: CurrentEntry,
  course: Course,
): readonly Entry[] {
  const own = [...records.histories.values()]
    .flatMap((history) => toOwnEntries(history, records, course))
    .concat(toRowEntries(records, course))
  const filled = [...own, ...fillFromCopies(own, records, course)]
  const all = [...filled, ...fillFromSpans(filled, records, course)]

  const now = toNow(own, current)
  const ended = course.terminal(current.status)
  // After the end, and after the row that is current, nothing unproven can come.
  const proven = new Set(own)
  const past = all.filter(
    (entry) => entry !== now.instead && (entry.at <= now.entry.at || (proven.has(entry) && !ended)),
  )
  return mergeRepeats([...mendSkew(past.toSorted(compareEntries), course), now.entry])
}

/** The current entry, and the one of a history that it stands for. */
function toNow(own: readonly Entry[], current: CurrentEntry) {
  const mine = own.filter(({ system }) => system === current.system)
  const instead = mine.findLast(
    (entry) =>
      entry.status === current.status &&
      (entry.at === current.at || (current.approximate === 'copy' && entry === mine.at(-1))),
  )
  const entry = instead
    ? {
        ...instead,
        approximate: current.approximate ?? instead.approximate,
        evidence: [...new Set([...instead.evidence, ...current.evidence])],
      }
    : toEntry(current)
  return { entry, instead }
}

function toOwnEntries(
  history: readonly ChangeFact[],
  records: Records,
  course: Course,
): readonly Entry[] {
  const record = records.now.find(({ system }) => system === history[0]?.system)
  let before: Status | null = null
  let shown: Status | null = null
  const entries: Entry[] = []
  for (const change of history) {
    if (change.status !== shown) before = shown
    shown = change.status
    const { status, system, at, seq, id } = change
    if ((course.entryOwner(before, status) ?? system) !== system) continue
    const leftInexactly = record?.gap === true && change === history.at(-1)
    entries.push({
      status,
      system,
      at,
      before,
      approximate: null,
      leftInexactly,
      seq,
      evidence: [id],
    })
  }
  return entries
}

/** A row that its history does not have yet, or that has no history. */
const toRowEntries = (records: Records, course: Course): readonly Entry[] =>
  records.now.flatMap((record) => {
    const owner = course.entryOwner(record.before, record.status) ?? record.system
    return record.basis === 'row' && owner === record.system ? [toEntry(record)] : []
  })

const toEntry = (
  from: Pick<CurrentEntry, 'status' | 'system' | 'at' | 'before' | 'approximate' | 'evidence'>,
): Entry => ({
  status: from.status,
  system: from.system,
  at: from.at,
  before: from.before,
  approximate: from.approximate,
  leftInexactly: false,
  seq: Number.MAX_SAFE_INTEGER,
  evidence: from.evidence,
})

/** Statuses of a system without a history, as other systems first copied them. */
function fillFromCopies(own: readonly Entry[], records: Records, course: Course): readonly Entry[] {
  const copies = [...records.histories.values()].flat().map((change) => ({
    status: change.status,
    at: change.at,
    id: change.id,
    approximate: 'copy' as const,
  }))
  return toFirsts(copies, own, records, course)
}

function fillFromSpans(known: readonly Entry[], records: Records, course: Course) {
  const named = [...records.spans.values()].flat().flatMap((span) =>
    span.statusTo === null
      ? []
      : [
          {
            status: span.statusTo,
            at: endOf(span),
            id: span.id,
            approximate: 'from-spans' as const,
          },
        ],
  )
  return toFirsts(named, known, records, course)
}

type Hint = {
  readonly status: Status
  readonly at: EpochMs
  readonly id: string
  readonly approximate: Approximate
}

/** The first hint of each status that has no entry yet and whose owner keeps no history. */
function toFirsts(
  hints: readonly Hint[],
  known: readonly Entry[],
  records: Records,
  course: Course,
): readonly Entry[] {
  const entered = new Set(known.map(({ status }) => status))
  const firsts = new Map<Status, Entry>()
  for (const hint of hints.toSorted((a, b) => a.at - b.at || compareText(a.id, b.id))) {
    const system = course.owner(hint.status)
    if (!system || entered.has(hint.status) || records.histories.has(system)) continue
    if (firsts.has(hint.status)) continue
    const { status, at, approximate, id } = hint
    firsts.set(status, toEntry({ status, system, at, before: null, approximate, evidence: [id] }))
  }
  return [...firsts.values()]
}

const compareEntries = (a: Entry, b: Entry) =>
  a.at - b.at || a.seq - b.seq || compareText(`${a.status} ${a.system}`, `${b.status} ${b.system}`)

/** Of two systems' entries closer than their clocks can tell, the lower status came first. */
function mendSkew(entries: readonly Entry[], course: Course): readonly Entry[] {
  const mended: Entry[] = []
  for (const entry of entries) {
    let place = mended.length
    for (let other = mended[place - 1]; other; other = mended[place - 1]) {
      const closer = other.system !== entry.system && entry.at - other.at <= SKEW_MS
      if (!closer || !course.lower(entry.status, other.status)) break
      place--
    }
    mended.splice(place, 0, entry)
  }
  return mended
}

/** A status written twice in a row is one stay. */
function mergeRepeats(entries: readonly Entry[]): readonly Entry[] {
  const merged: Entry[] = []
  for (const entry of entries) {
    const last = merged.at(-1)
    if (last?.status !== entry.status || last.system !== entry.system) merged.push(entry)
    else {
      merged[merged.length - 1] = {
        ...entry,
        at: last.at < entry.at ? last.at : entry.at,
        before: last.before,
        approximate: entry.approximate ?? last.approximate,
        evidence: [...new Set([...last.evidence, ...entry.evidence])],
      }
    }
  }
  return merged
}

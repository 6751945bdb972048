import type { Clock } from './business-time'
import { compareText } from './collect-facts'
import type { CurrentEntry } from './find-current'
import { findInHandoffs } from './find-handoff-disagreements'
import type { Disagreement, Handoff } from './journey'
import { judgeLimit, lengthenLimit, limitInForce } from './judge-limit'
import type { Course } from './to-course'
import type { FreshnessOf } from './to-freshness'
import type { RecordNow, Records } from './to-records'
import { type EpochMs, epochMs } from './types'
import { whom } from './whom'

type View = {
  readonly current: CurrentEntry
  readonly records: Records
  readonly handoffs: readonly Handoff[]
  readonly course: Course
  readonly freshnessOf: FreshnessOf
  readonly clock: Clock
  readonly now: EpochMs
}

/**
 * Records that say different things, the oldest first; those that rightly say less are none.
 *
 *     mes   ── STARTED ── COMPLETED ────────── now
 *     crm   ───── STARTED ─ ─ ─ ─ ─ ─ ─ ─ ─ ─        behind, since COMPLETED was entered
 *     shop  SUBMITTED ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─        nobody tells it: no disagreement
 */
export function findDisagreements(view: View): readonly Disagreement[] {
  const { current, records, course } = view
  const between = course.terminal(current.status)
    ? records.now.flatMap((other) => findAfterEnd(other, view))
    : records.now.flatMap((other) => compareRecords(other, view))

  const within = records.now.flatMap((record) => findContradiction(record, view))
  return [...between, ...within, ...findInHandoffs(view)].toSorted(
    (a, b) => a.since - b.since || compareText(a.code, b.code) || compareText(a.other, b.other),
  )
}

/** Whoever shows less must have been told and lack it; whoever shows more is ahead in any case. */
function compareRecords(other: RecordNow, view: View): readonly Disagreement[] {
  const { current, handoffs, course } = view
  if (other.system === (current.copyOf ?? current.system)) return []
  const waiting = handoffs.filter(
    ({ to, state }) => to === other.system && (state === 'open' || state === 'unseen'),
  )
  const since = waiting[0] && epochMs(waitsSince(waiting[0], view.now))

  if (course.lower(current.status, other.status)) {
    return [toDisagreement('ahead', other, since ?? other.at, view)]
  }
  if (!course.lower(other.status, current.status) || since === undefined) return []
  return [toDisagreement('behind', other, since, view)]
}

/** Another system at work on an order that has ended: it moved since, or has had its time to hear of it. */
function findAfterEnd(other: RecordNow, view: View): readonly Disagreement[] {
  const { current, course, clock, now } = view
  if (other.system === current.system || course.terminal(other.status)) return []
  const def = course.status(other.status)
  if (!def) return []

  const moved = other.at > current.at
  const handoff = course.handoff(current.system, other.system)
  const inForce = handoff && limitInForce(handoff.limits, now)
  const extra = handoff?.transport === 'amqp' ? handoff.longestOperationMs : 0
  const limit = inForce && judgeLimit(lengthenLimit(inForce, extra), current.at, clock)
  const waits =
    def.waitsFor === 'system' || def.waitsFor === 'seller' || def.waitsFor === 'operator'
  if (!moved && !(waits && limit && now >= limit.criticalAt)) return []
  return [toDisagreement('after-end', other, moved ? other.at : current.at, view)]
}

/** A history newer than its row is right, and the row is named. */
function findContradiction(record: RecordNow, view: View): readonly Disagreement[] {
  const row = view.records.rows.get(record.system)
  if (!record.contradicted || !row) return []
  const { fresh } = view.freshnessOf(record.system)
  return [
    {
      code: 'row-and-history',
      owner: record.system,
      ownerStatus: record.status,
      other: record.system,
      otherStatus: row.status,
      since: record.at,
      fresh,
      ...whom(fresh, record.system, 'history'),
      evidence: [...record.evidence, row.id],
    },
  ]
}

function toDisagreement(
  code: Disagreement['code'],
  other: RecordNow,
  since: EpochMs,
  { current, freshnessOf }: View,
): Disagreement {
  const shownBy = current.copyOf ?? current.system
  const fresh = freshnessOf(shownBy).fresh && freshnessOf(other.system).fresh
  return {
    code,
    owner: current.system,
    ownerStatus: current.status,
    other: other.system,
    otherStatus: other.status,
    since,
    fresh,
    ...whom(fresh, shownBy, 'owner'),
    evidence: [...new Set([...current.evidence, ...other.evidence])],
  }
}

/** The start of a wait that is still going on; a receiver that was set back waits since then. */
const waitsSince = (handoff: Handoff, now: EpochMs) => Math.min(now, now - handoff.wait)

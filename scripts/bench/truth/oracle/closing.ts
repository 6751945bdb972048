import type { Said } from './answer'
import { CRITICAL, INGEST, lateFrom, WARN } from './company'
import { asOf, type Entry, isNow, type Look, spans, wouldBeFound } from './look'

const CALL = 'POST /carrier/callback'
const LONGEST = 60_000

/** An order that was sent and that nobody closed, though the carrier called; or nobody called. */
export function judgeClosing(
  look: Look,
  current: Entry,
  isAtOdds: boolean,
): readonly (readonly Said[])[] {
  if (current.status !== 'SHIPPED' || !isNow(look, 'crm') || isAtOdds) return []
  const call = spans(look, 'crm').find(({ name, failed }) => name === CALL && !failed)
  if (call) {
    const since = (asOf(look, 'crm') ?? 0) - (call.end ?? call.begin)
    return since >= CRITICAL ? [[{ name: 'FP-10 closing-failed', sure: true }]] : []
  }
  const due = lateFrom(current.status, current.at)
  if (look.now < due + WARN + LONGEST + INGEST || !wouldBeFound(look, 'crm')) return []
  const isHeard = look.truth.others.some(
    ({ name, begin, end }) =>
      name === CALL && begin >= due && end + look.sight.exportMs <= look.now,
  )
  return isHeard && look.sight.heartbeats ? [[{ name: 'FP-10 never-closed', sure: false }]] : []
}

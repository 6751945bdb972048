import { SKEW_MS } from './find-entries'
import type { Disagreement, Handoff } from './journey'
import { isTraced } from './judge-span-absence'
import type { Course } from './to-course'
import type { FreshnessOf } from './to-freshness'
import type { RecordNow, Records } from './to-records'
import { whom } from './whom'

type View = {
  readonly records: Records
  readonly handoffs: readonly Handoff[]
  readonly course: Course
  readonly freshnessOf: FreshnessOf
}

/**
 * What a change left behind on its way, told only of databases that are fresh.
 *
 *     mes   STARTED ── COMPLETED ── PACKAGING       crm   STARTED ───────────── PACKAGING     a gap: COMPLETED
 *     crm   APPROVED ├ sent ┤ ─ ─ late ─ ─ now      mes   PRICED, no attempt       never consumed
 */
export const findInHandoffs = (view: View): readonly Disagreement[] =>
  view.handoffs.flatMap((handoff) => {
    const receiver = view.records.now.find(({ system }) => system === handoff.to)
    if (!view.freshnessOf(handoff.to).fresh) return []
    if (isSkipped(handoff, receiver, view)) return [tell('gap', handoff, receiver, 'owner')]
    return isLost(handoff, view) ? [tell('never-consumed', handoff, receiver, 'record')] : []
  })

/** The receiver kept a history before and after it, and it is in none of it. */
function isSkipped(
  { from, to, status, started, state, transport }: Handoff,
  receiver: RecordNow | undefined,
  { records, course, freshnessOf }: View,
): boolean {
  if (state !== 'saved' || transport === 'db-poll' || !receiver) return false
  if (!freshnessOf(from).fresh) return false
  const since = started - SKEW_MS
  const history = records.histories.get(to) ?? []
  return (
    history.some((change) => change.at < since) &&
    history.some((change) => change.at >= since && course.lower(status, change.status)) &&
    !history.some((change) => change.at >= since && change.status === status)
  )
}

/** Sent, past its limit, and no attempt at it by a receiver whose every attempt would be seen. */
const isLost = ({ state, level, located, to }: Handoff, { course }: View): boolean =>
  state === 'open' &&
  level !== 'ok' &&
  located !== null &&
  located.sent !== null &&
  located.attempts.length === 0 &&
  located.case !== 'set-back' &&
  isTraced(to, course.pipeline) &&
  !located.blindSpots.some(({ code }) => code === 'traces-not-complete')

function tell(
  code: 'gap' | 'never-consumed',
  { from, to, status, started, sent, evidence }: Handoff,
  receiver: RecordNow | undefined,
  why: 'owner' | 'record',
): Disagreement {
  return {
    code,
    owner: from,
    ownerStatus: status,
    other: to,
    otherStatus: receiver?.status ?? status,
    since: code === 'gap' ? started : (sent ?? started),
    fresh: true,
    ...whom(true, code === 'gap' ? from : to, why),
    evidence: [...new Set([...evidence, ...(receiver?.evidence ?? [])])],
  }
}

import type { Clock } from './business-time'
import { type Arrival, findArrival, findSetBack, type Hop, keepsMark } from './find-arrival'
import { type Entry, SKEW_MS } from './find-entries'
import type { Handoff } from './journey'
import { judgeLimit, lengthenLimit, limitInForce, toLevel } from './judge-limit'
import type { HandoffDef } from './pipeline'
import type { Course } from './to-course'
import type { FreshnessOf } from './to-freshness'
import type { Records } from './to-records'
import { type EpochMs, epochMs } from './types'

type View = {
  readonly entries: readonly Entry[]
  readonly records: Records
  readonly course: Course
  readonly freshnessOf: FreshnessOf
  readonly clock: Clock
  readonly now: EpochMs
}

/**
 * Every passing of the order between two systems, in the order of its entries.
 *
 *     shop  SUBMITTED
 *     crm      └─ saved ──▶ SUBMITTED
 *     mes                      └─ open ─ ─ ─ now        a step begins where the one before it arrived
 */
export function toHandoffs(view: View): readonly Handoff[] {
  const { entries, course } = view
  return entries.flatMap((entry, index) => {
    if (course.terminal(entry.status)) return []
    const chain = course.handedTo(entry.before, entry.status)
    const later = entries.slice(index + 1).filter(({ system }) => system === entry.system)
    const backward = entry.before !== null && course.lower(entry.status, entry.before)
    const undoing = later.find((next) => course.lower(next.status, entry.status))
    const ended = entries.find(({ status }) => course.terminal(status))
    const closedAt = undoing?.at ?? (backward ? later[0]?.at : undefined) ?? ended?.at ?? null

    const handoffs: Handoff[] = []
    let [from, started] = [entry.system, entry.at]
    for (const [step, to] of chain.entries()) {
      const def = course.handoff(from, to)
      if (!def) break
      const beyond = chain.slice(step + 1)
      const undone = undoing !== undefined
      const hop = { entry, from, to, transport: def.transport, started, beyond, backward, undone }
      const handoff = toHandoff(hop, def, closedAt, view)
      handoffs.push(handoff)
      if (handoff.arrived === null) break
      ;[from, started] = [to, handoff.arrived]
    }
    return handoffs
  })
}

function toHandoff(hop: Hop, def: HandoffDef, closedAt: EpochMs | null, view: View): Handoff {
  const { records, course, freshnessOf, clock, now } = view
  const arrival = findArrival(hop, records, course, freshnessOf)
  const arrived = arrival && later(arrival.at, hop.started)
  const setBack = arrival ? null : findSetBack(hop, records, course)
  const waitsSince = setBack === null ? hop.started : later(setBack, hop.started)
  const ends = arrived ?? closedAt ?? now

  const inForce = limitInForce(def.limits, arrived ?? now)
  // While nothing tells what its queue is doing, the consumer may rightly be at work on another order.
  const extra = def.transport === 'amqp' ? def.longestOperationMs : 0
  const limit = inForce && judgeLimit(lengthenLimit(inForce, extra), waitsSince, clock)
  const sent = findSent(hop, arrived, view)
  return {
    from: hop.from,
    to: hop.to,
    status: hop.entry.status,
    transport: def.transport,
    started: hop.started,
    sent: sent && later(sent.at, hop.started),
    arrived,
    wait: Math.max(0, ends - waitsSince),
    limit,
    ...judgeState(hop, arrived, closedAt, limit, view),
    evidence: [
      ...new Set([...hop.entry.evidence, ...(sent?.evidence ?? []), ...(arrival?.evidence ?? [])]),
    ],
  }
}

/** What is not there is judged up to the moment its database shows, and not at all where that proves nothing. */
function judgeState(
  hop: Hop,
  arrived: EpochMs | null,
  closedAt: EpochMs | null,
  limit: Handoff['limit'],
  { records, course, freshnessOf, now }: View,
): Pick<Handoff, 'state' | 'level' | 'because'> {
  if (arrived !== null) return { state: 'saved', level: toLevel(limit, arrived), because: null }
  if (closedAt !== null) return { state: 'closed', level: 'ok', because: null }

  const { source, fresh, asOf } = freshnessOf(hop.to)
  const record = records.now.find(({ system }) => system === hop.to)
  const comparable = !record || course.rank(record.status) !== undefined
  const unseen = { state: 'unseen', level: 'ok', because: source ?? 'jaeger' } as const
  // No record anywhere: what only traces know is missed in no database.
  if (records.now.length === 0) return { ...unseen, because: 'jaeger' }
  if (asOf === null || !comparable || !keepsMark(hop, records, freshnessOf)) return unseen

  const level = toLevel(limit, epochMs(Math.min(now, asOf)))
  return fresh || level !== 'ok' ? { state: 'open', level, because: null } : unseen
}

/** The sender's own mark, else its first message since that can be of this change. */
function findSent(hop: Hop, arrived: EpochMs | null, view: View): Arrival | null {
  if (hop.transport === 'db-poll') return null
  const { entries, records } = view
  const since = hop.entry.at - SKEW_MS
  const change = records.histories
    .get(hop.from)
    ?.find(({ status, at }) => status === hop.entry.status && at >= since)
  if (typeof change?.sentAt === 'number') return { at: change.sentAt, evidence: [change.id] }
  if (change?.sentAt === null) return null

  const next = entries.find(({ system, at }) => system === hop.from && at > hop.started)
  const until = Math.min(next?.at ?? Number.POSITIVE_INFINITY, (arrived ?? Infinity) + SKEW_MS)
  const span = records.spans
    .get(hop.from)
    ?.find(
      ({ spanKind, failed, at }) =>
        spanKind === 'producer' && !failed && at >= hop.started - SKEW_MS && at <= until,
    )
  return span ? { at: span.at, evidence: [span.id] } : null
}

const later = (a: EpochMs, b: EpochMs): EpochMs => (a > b ? a : b)

import { keepsMark } from './find-arrival'
import type { Entry } from './find-entries'
import type { Handoff } from './journey'
import { judgeLimit, lengthenLimit, limitInForce, toLevel } from './judge-limit'
import { locate } from './locate'
import { type Evidence, type EvidenceView, toEvidence } from './to-evidence'
import type { Hop } from './to-hop'
import { type EpochMs, epochMs } from './types'

type View = EvidenceView & { readonly entries: readonly Entry[] }

/** A hand-off, and everything that is known of it. */
export type WatchedHandoff = { readonly handoff: Handoff; readonly evidence: Evidence }

/**
 * Every passing of the order between two systems, in the order of its entries. Where the message is, is looked up
 * for those that are open, and for the last one.
 *
 *     shop  SUBMITTED
 *     crm      └─ saved ──▶ SUBMITTED
 *     mes                      └─ open ─ ─ ─ now        a step begins where the one before it arrived
 */
export function watchHandoffs(view: View): readonly WatchedHandoff[] {
  const watched = view.entries.flatMap((_, index) => watchEntry(index, view))
  const last = watched.findLast(({ handoff }) => handoff.state !== 'closed')
  return watched.map((one) => {
    const asked = one === last || one.handoff.state === 'open' || one.handoff.state === 'unseen'
    return asked ? { ...one, handoff: { ...one.handoff, located: locate(one.evidence) } } : one
  })
}

function watchEntry(index: number, view: View): readonly WatchedHandoff[] {
  const { entries, course } = view
  const entry = entries[index]
  if (!entry || course.terminal(entry.status)) return []
  const chain = course.handedTo(entry.before, entry.status)
  const later = entries.slice(index + 1).filter(({ system }) => system === entry.system)
  const backward = entry.before !== null && course.lower(entry.status, entry.before)
  const record = view.records.now.find(({ system }) => system === entry.system)
  // Without a history only its record shows that it went back.
  const undoing = [...later, ...(record && record.at > entry.at ? [record] : [])].find((next) =>
    course.lower(next.status, entry.status),
  )
  const ended = entries.find(({ status }) => course.terminal(status))
  const closedAt = undoing?.at ?? (backward ? later[0]?.at : undefined) ?? ended?.at ?? null

  const watched: WatchedHandoff[] = []
  let [from, started] = [entry.system, entry.at]
  for (const [step, to] of chain.entries()) {
    const def = course.handoff(from, to)
    if (!def) break
    const sender = from
    const began = started
    const next = entries.find(({ system, at }) => system === sender && at > began)?.at ?? null
    const beyond = chain.slice(step + 1)
    const undone = undoing !== undefined
    const hop = { entry, from, to, def, started, next, beyond, backward, undone, closedAt }
    const evidence = toEvidence(hop, view)
    const handoff = toHandoff(hop, evidence, view)
    watched.push({ handoff, evidence })
    if (handoff.arrived === null) break
    ;[from, started] = [to, handoff.arrived]
  }
  return watched
}

function toHandoff(hop: Hop, evidence: Evidence, view: View): Handoff {
  const { clock, now } = view
  const { arrival, setBack, sent } = evidence
  const { def, closedAt } = hop
  const arrived = arrival && later(arrival.at, hop.started)
  const waitsSince = setBack ? later(setBack.at, hop.started) : hop.started
  const ends = arrived ?? closedAt ?? now

  const inForce = limitInForce(def.limits, arrived ?? now)
  const extra = mayBeAtWork(arrived ?? closedAt, evidence) ? def.longestOperationMs : 0
  const limit = inForce && judgeLimit(lengthenLimit(inForce, extra), waitsSince, clock)
  const sentAt = def.transport === 'db-poll' ? null : sent.at
  return {
    from: hop.from,
    to: hop.to,
    status: hop.entry.status,
    transport: def.transport,
    started: hop.started,
    sent: sentAt && later(sentAt, hop.started),
    arrived,
    wait: Math.max(0, ends - waitsSince),
    limit,
    ...judgeState(hop, arrived, limit, view),
    located: null,
    evidence: [
      ...new Set([
        ...hop.entry.evidence,
        ...(sentAt === null ? [] : sent.evidence),
        ...(arrival?.evidence ?? []),
      ]),
    ],
  }
}

/** The consumer may rightly be at work on another order: its queue says so, or nothing tells what it does. */
function mayBeAtWork(over: EpochMs | null, evidence: Evidence): boolean {
  if (evidence.hop.def.transport !== 'amqp') return false
  const state = over === null ? evidence.queue()?.seen.state : undefined
  return state === undefined || state === 'busy' || state === 'unknown'
}

/** What is not there is judged up to the moment its database shows, and not at all where that proves nothing. */
function judgeState(
  hop: Hop,
  arrived: EpochMs | null,
  limit: Handoff['limit'],
  { records, course, freshnessOf, now }: View,
): Pick<Handoff, 'state' | 'level' | 'because'> {
  if (arrived !== null) return { state: 'saved', level: toLevel(limit, arrived), because: null }
  if (hop.closedAt !== null) return { state: 'closed', level: 'ok', because: null }

  const { source, fresh, asOf } = freshnessOf(hop.to)
  const record = records.now.find(({ system }) => system === hop.to)
  const comparable = !record || course.rank(record.status) !== undefined
  const unseen = { state: 'unseen', level: 'ok', because: source ?? 'jaeger' } as const
  // No record anywhere: what only traces know is missed in no database.
  if (records.now.length === 0) return { ...unseen, because: 'jaeger' }
  if (asOf === null || !comparable || !keepsMark(hop, { records, freshnessOf })) return unseen

  const level = toLevel(limit, epochMs(Math.min(now, asOf)))
  return fresh || level !== 'ok' ? { state: 'open', level, because: null } : unseen
}

const later = (a: EpochMs, b: EpochMs): EpochMs => (a > b ? a : b)

// Long because it is one object: every question that may be asked of a hand-off, and when it cannot be answered.
import type { Clock } from './business-time'
import type { CounterFact, DeadLetterFact, QueueFact } from './fact'
import { type Arrival, findArrival, findSetBack, keepsMark } from './find-arrival'
import { findAttempts } from './find-attempts'
import { SKEW_MS } from './find-entries'
import { findSent, type Sent } from './find-sent'
import type { Heartbeat, Work } from './heartbeat'
import { joinQueues } from './join-queues'
import type { SourceReport } from './journey'
import { judgeLimit, lengthenLimit, limitInForce } from './judge-limit'
import { answersInFull, isTraced, judgeSpanAbsence, TRACES } from './judge-span-absence'
import type { Attempt, PlaceBlindSpot } from './located'
import { explainedFrom } from './queue-state'
import type { Course } from './to-course'
import type { FreshnessOf } from './to-freshness'
import type { Hop } from './to-hop'
import type { Readings } from './to-readings'
import type { Records } from './to-records'
import { type EpochMs, epochMs, type SystemId } from './types'
import { type QueueWatch, watchQueue } from './watch-queue'

/** What every hand-off of one order is judged from. */
export type EvidenceView = {
  readonly records: Records
  readonly readings: Readings
  readonly heartbeats: readonly Heartbeat[]
  readonly sources: readonly SourceReport[]
  readonly course: Course
  readonly freshnessOf: FreshnessOf
  readonly clock: Clock
  readonly now: EpochMs
}

/**
 * Everything that can be known of one hand-off. It is the only way to the facts for whoever says where a message is:
 * what cannot be seen is a question it answers with no, and remembers.
 */
export type Evidence = {
  readonly hop: Hop
  readonly now: EpochMs
  readonly arrival: Arrival | null
  /** Where the receiver fell back behind the change it had; null: it did not. */
  readonly setBack: Arrival | null
  readonly sent: Sent
  /** Oldest first. */
  readonly attempts: readonly Attempt[]
  readonly newest: Attempt | null
  /** A message sent after ours was taken. */
  readonly overtaken: boolean
  /** What set it aside, newest last. */
  readonly deadLetters: readonly DeadLetterFact[]
  counters(): readonly CounterFact[]
  /** The queue where what failed lies, newest reading last. */
  readonly setAside: readonly QueueFact[]
  /** The queue as it was read late enough to tell of this message; null: it was not, or there is none. */
  queue(): QueueWatch | null
  /** Up to which moment the record of `system` can be judged; null: it cannot. */
  asOf(system: SystemId): EpochMs | null
  /** The record of `system` can be trusted for what it lacks. */
  isFresh(system: SystemId): boolean
  /** The receiver keeps the moment of taking. */
  keepsTaken(): boolean
  /** The sender keeps the moment of sending. */
  keepsSent(): boolean
  /** No span of that work is missing by chance: there was none. */
  isAbsent(system: SystemId, work: Work, expected: EpochMs): boolean
  /** Whatever would speak against a place was asked and answered: without that nothing is confirmed. */
  isAnswered(systems: readonly SystemId[]): boolean
  /** How many waited behind it, noted as a blind spot where nobody counts. */
  after(): QueueWatch['seen']['after']
  /** Neither in the queue nor in hand any more. */
  isPassedBy(): boolean
  /** So long after a moment as the hand-off may take until it is drawn as late; null: it has no limit. */
  warnAfter(at: EpochMs): EpochMs | null
  /** What was asked and could not be seen, each once. */
  missed(): readonly PlaceBlindSpot[]
}

/** Opens the evidence of one hand-off; nothing is looked up before it is asked for. */
export function toEvidence(hop: Hop, view: EvidenceView): Evidence {
  const { records, readings, course, freshnessOf, sources, heartbeats, now } = view
  const { pipeline } = course
  const missed = new Map<string, PlaceBlindSpot>()
  const miss = (code: PlaceBlindSpot['code'], source: string | null, system: SystemId | null) => {
    missed.set(`${code} ${source} ${system}`, { code, source, system })
    return false
  }
  const { def } = hop
  const inForce = limitInForce(def.limits, now)
  const late = (at: EpochMs, extra: number) =>
    inForce && judgeLimit(lengthenLimit(inForce, extra), at, view.clock).warnAt

  const arrival = once(() => findArrival(hop, view))
  const sent = once(() => findSent(hop, arrival()?.at ?? null, records))
  const attempts = once(() => findAttempts(hop, { records, course, now }))
  const queue = once(() => {
    const since = sent().at ?? hop.started
    const moment = { since, sure: sent().at !== null, now, longest: def.longestOperationMs }
    return joinQueues(def.queues ?? [], (name) => readBest(name, readings.queues, moment))
  })

  const evidence: Evidence = {
    hop,
    now,
    get arrival() {
      return arrival()
    },
    get setBack() {
      return arrival() ? null : findSetBack(hop, view)
    },
    get sent() {
      return sent()
    },
    get attempts() {
      return attempts().ours
    },
    get newest() {
      return attempts().ours.at(-1) ?? null
    },
    get overtaken() {
      return attempts().overtaken
    },
    get deadLetters() {
      const since = hop.started - SKEW_MS
      return readings.deadLetters.filter(
        ({ queue: name, at }) => at >= since && at <= now && (def.queues?.includes(name) ?? true),
      )
    },
    counters() {
      const { counters } = readings
      const read = sources.some(({ source, state }) => COUNTS.has(source) && state === 'ok')
      if (!read && counters.length === 0) miss('counters-not-read', 'prometheus', null)
      return counters
    },
    setAside: readings.queues.filter(
      ({ use, queue: name }) => use === 'set-aside' && (def.dlq?.includes(name) ?? false),
    ),
    queue() {
      if (def.transport !== 'amqp') return null
      const watched = queue()
      if (typeof watched !== 'string') {
        const { state, consumers, source } = watched.seen
        if (state === 'unknown' && consumers === 0) miss('one-reading', source, null)
        return watched
      }
      miss(watched, 'rabbitmq', null)
      return null
    },
    asOf: (system) => freshnessOf(system).asOf,
    isFresh(system) {
      const { fresh, asOf, source } = freshnessOf(system)
      // What is younger than the data cannot be missed in them, nor an order that no database has.
      if (fresh && asOf !== null && asOf >= hop.started && records.now.length > 0) return true
      return miss('record-not-fresh', source, system)
    },
    keepsTaken: () =>
      keepsMark(hop, view) || miss('mark-not-kept', freshnessOf(hop.to).source, hop.to),
    keepsSent: () => sent().kept || miss('mark-not-kept', freshnessOf(hop.from).source, hop.from),
    isAbsent(system, work, expected) {
      const extra = def.longestOperationMs + pipeline.sampling.ingestLagMs
      const missing = { system, work, def, expected, overdue: late(expected, extra) }
      const seen = { pipeline, sources, records, heartbeats, now }
      const why = judgeSpanAbsence(missing, seen)
      for (const code of why) miss(code, TRACES, system)
      const busy = system === hop.to && isAtWork(evidence)
      if (busy) miss('at-work', null, system)
      return why.length === 0 && !busy
    },
    isAnswered(systems) {
      const seen = { pipeline, sources, records, heartbeats, now }
      const heard = systems.map(
        (system) =>
          !isTraced(system, pipeline) ||
          answersInFull(system, seen) ||
          miss('traces-not-complete', TRACES, system),
      )
      const fresh = systems.map(
        (system) => course.system(system)?.database === undefined || evidence.isFresh(system),
      )
      return [...heard, ...fresh].every(Boolean)
    },
    after() {
      const watched = evidence.queue()
      if (watched && watched.seen.after === null) miss('count-unknown', watched.seen.source, null)
      return watched?.seen.after ?? null
    },
    isPassedBy() {
      if (evidence.overtaken) return true
      const watched = evidence.queue()
      if (watched?.overtaken) return true
      if (!watched || watched.emptySince === null) return false
      const since = Math.max(watched.emptySince, explainedFrom(sent().at ?? hop.started))
      const quiet = late(epochMs(since), 0)
      if (quiet === null) return miss('no-limit', null, null)
      return watched.seen.readAt >= quiet
    },
    warnAfter: (at) => late(at, 0),
    missed: () => [...missed.values()],
  }
  return evidence
}

/** A message in hand, or an attempt that has not ended. */
const isAtWork = (evidence: Evidence) =>
  evidence.newest?.ended === null || (evidence.queue()?.seen.unacked ?? 0) >= 1

/** The broker's own reading, else that of the metrics. */
function readBest(
  name: string,
  facts: readonly QueueFact[],
  moment: Parameters<typeof watchQueue>[1],
) {
  const ofQueue = facts.filter(({ queue, use }) => queue === name && use === 'work')
  const sources = [...new Set(ofQueue.map(({ source }) => source))].toSorted((a, b) =>
    a === BROKER ? -1 : b === BROKER ? 1 : a < b ? -1 : 1,
  )
  const read = sources.map((source) =>
    watchQueue(
      ofQueue.filter((fact) => fact.source === source),
      moment,
    ),
  )
  return read.find((one) => typeof one !== 'string') ?? read[0] ?? 'queue-not-read'
}

const BROKER = 'rabbitmq'
const COUNTS = new Set([BROKER, 'prometheus'])

function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | undefined
  return () => {
    found ??= { value: find() }
    return found.value
  }
}

import type { SpanFact } from './fact'
import { findFailedRequest } from './find-failed-request'
import { findRestart, type Restart } from './find-restart'
import type { Current, Disagreement, Duplicate, Handoff, JudgedLimit, Stage } from './journey'
import { judgeLimit, lengthenLimit, limitInForce } from './judge-limit'
import { answersInFull, isTraced, judgeSpanAbsence } from './judge-span-absence'
import type { Located } from './located'
import type { ChannelDef, OperationDef, WaitsFor } from './pipeline'
import type { Course } from './to-course'
import type { Evidence, EvidenceView } from './to-evidence'
import type { RecordNow } from './to-records'
import { type EpochMs, epochMs, type Status, type SystemId } from './types'
import type { WatchedHandoff } from './watch-handoffs'

/**
 * What passes on a hand-off: `intake` an order that is taken from where it was placed · `order` one that is sent to
 * be worked on · `price` · `registration` the first its receiver hears of an order · `approval` what lets the
 * receiver begin · `news` what it need only know.
 */
export type Cargo = 'intake' | 'order' | 'price' | 'registration' | 'approval' | 'news'

/** One hand-off that was looked into. */
export type Passing = {
  readonly handoff: Handoff
  readonly located: Located
  readonly evidence: Evidence
  readonly cargo: Cargo
  /** Past its warn limit, counted up to the moment that the receiver's record shows. */
  readonly late: boolean
  /** Past its critical limit, counted likewise. */
  readonly overdue: boolean
  /** The two records say different things, and the one that lacks it had its time. */
  readonly mismatch: boolean
}

/** All that a rule may ask about one order. What proves nothing is not in it, or is asked of an `Evidence`. */
export type Case = {
  readonly now: EpochMs
  readonly course: Course
  readonly channel: ChannelDef | null
  readonly current: Current | null
  readonly stage: Stage | null
  readonly stages: readonly Stage[]
  /** Past its warn limit. */
  readonly late: boolean
  readonly waitsFor: WaitsFor | null
  /** Those that are open, and the last one; oldest first, of each two systems the oldest. */
  readonly passings: readonly Passing[]
  /** The oldest that has not arrived, else the last one. */
  readonly passing: Passing | null
  readonly disagreements: readonly Disagreement[]
  readonly duplicates: readonly Duplicate[]
  /** A request to place it that was not answered well; null: none is seen. */
  readonly failedRequest: SpanFact | null
  readonly view: EvidenceView
  /** The status after this one on the way of its channel. */
  next(status: Status): Status | null
  /** The moment that the record of `system` shows; null: nobody can say what it lacks. */
  asOf(system: SystemId): EpochMs | null
  /** The record of `system` can be trusted for what it lacks. */
  isFresh(system: SystemId): boolean
  /** No span of `system` is missing because the trace store is silent. */
  isHeard(system: SystemId): boolean
  /** How long the way between two systems may take from a moment on; null: there is none, or it has no limit. */
  limitOf(from: SystemId, to: SystemId, at: EpochMs): JudgedLimit | null
  /** A call that may have come since `began`, and was to be expected by `expected`, is not missing by chance: none came. */
  isUncalled(operation: OperationDef, by: SystemId, began: EpochMs, expected: EpochMs): boolean
  /** When the process of `system` that these spans came from was started again since; null: nothing says so. */
  restartOf(system: SystemId, spans: readonly string[]): Restart | null
  /** What the record of `system` shows, whatever its age. */
  record(system: SystemId): RecordNow | null
}

type View = EvidenceView & {
  readonly current: Current | null
  readonly stages: readonly Stage[]
  readonly watched: readonly WatchedHandoff[]
  readonly disagreements: readonly Disagreement[]
  readonly duplicates: readonly Duplicate[]
}

/** Puts before the rules what there is to judge. */
export function toCase(view: View): Case {
  const { current, stages, watched, course, records, freshnessOf, now } = view
  const stage = current ? (stages.at(-1) ?? null) : null
  const channel = course.pipeline.channels.find(({ id }) => id === course.channel) ?? null
  const next = (status: Status) => {
    const path = channel?.path ?? []
    const at = path.indexOf(status)
    return at === -1 ? null : (path[at + 1] ?? null)
  }
  const asOf = (system: SystemId) => freshnessOf(system).asOf
  const asked = { ...view, pipeline: course.pipeline }
  const limitOf = (from: SystemId, to: SystemId, at: EpochMs, extra = 0) => {
    const inForce = limitInForce(course.handoff(from, to)?.limits ?? [], now)
    return inForce && judgeLimit(lengthenLimit(inForce, extra), at, view.clock)
  }
  const record = (system: SystemId) => records.now.find((one) => one.system === system) ?? null
  const passings = watched.flatMap((one) => {
    const { handoff, evidence } = one
    if (!handoff.located) return []
    const cargo = toCargo(handoff, { course, channel, next, record })
    return [{ handoff, evidence, located: handoff.located, cargo, ...judge(handoff, now) }]
  })
  const open = passings.filter(({ located }) => located.place !== 'saved')
  const first = open.filter((one, at) => open.findIndex((other) => isSameWay(one, other)) === at)
  const saved = passings.filter(({ located }) => located.place === 'saved')
  return {
    now,
    course,
    channel,
    current,
    stage,
    stages,
    late: stage !== null && stage.level !== 'ok',
    waitsFor: stage?.waitsFor ?? null,
    passings: [...first, ...saved],
    passing: first[0] ?? saved.at(-1) ?? null,
    disagreements: view.disagreements,
    duplicates: view.duplicates,
    failedRequest: findFailedRequest(records, course),
    view,
    next,
    asOf,
    isFresh: (system) => freshnessOf(system).fresh,
    isHeard: (system) => !isTraced(system, asked.pipeline) || answersInFull(system, asked),
    limitOf,
    isUncalled({ system, spans }, by, began, expected) {
      const def = course.handoff(by, system)
      if (!def) return false
      const extra = def.longestOperationMs + asked.pipeline.sampling.ingestLagMs
      const overdue = limitOf(by, system, expected, extra)?.warnAt ?? null
      const missing = {
        system,
        work: 'serve',
        def,
        spans,
        since: began,
        expected,
        overdue,
      } as const
      return judgeSpanAbsence(missing, asked).length === 0
    },
    restartOf: (system, spans) => findRestart(system, spans, view),
    record,
  }
}

const isSameWay = (a: Passing, b: Passing) =>
  a.handoff.from === b.handoff.from && a.handoff.to === b.handoff.to

/** Of what can be missed, the level says it; of what only traces can miss, the time. */
function judge({ state, level, limit }: Handoff, now: EpochMs) {
  if (state === 'open')
    return {
      late: level !== 'ok',
      overdue: level === 'breach',
      mismatch: level === 'breach',
    }
  const open = state === 'unseen' && limit !== null
  return {
    late: open && now >= limit.warnAt,
    overdue: open && now >= limit.criticalAt,
    mismatch: false,
  }
}

type Ask = Pick<Case, 'course' | 'channel' | 'next' | 'record'>

function toCargo(handoff: Handoff, ask: Ask): Cargo {
  const { from, to, status, transport } = handoff
  const { course, channel } = ask
  switch (course.status(status)?.waitsFor) {
    case 'seller':
      return channel?.entry === from && ask.record(to) === null ? 'registration' : 'price'
    case 'operator':
      return letsBegin(handoff, ask) ? 'approval' : 'news'
    case 'carrier':
      return 'news'
    default:
      return transport !== 'amqp' && course.owner(status) === from ? 'intake' : 'order'
  }
}

/** The receiver makes the next step, and the sender made this one: not so where it was released. */
function letsBegin({ from, to, status }: Handoff, { course, next }: Ask): boolean {
  const begins = next(status)
  return begins !== null && course.owner(begins) === to && course.owner(status) === from
}

/** The oldest moment that the records of these systems show; null: one of them shows none. */
export function oldestAsOf(
  { asOf }: Pick<Case, 'asOf'>,
  systems: readonly SystemId[],
): EpochMs | null {
  const moments = systems.map(asOf)
  return moments.some((at) => at === null) ? null : epochMs(Math.min(...moments.map(Number)))
}

// Long because every kind of blind spot stands beside the others.
import { compareText } from './collect-facts'
import type { Fact, SpanFact } from './fact'
import { isOn } from './is-on'
import type { BlindSpot, SourceReport } from './journey'
import type { Pipeline } from './pipeline'
import type { Course } from './to-course'
import type { FreshnessOf } from './to-freshness'
import { toCoverage } from './to-lanes'
import type { Records } from './to-records'
import type { EpochMs, SystemId } from './types'

type View = {
  readonly facts: readonly Fact[]
  readonly sources: readonly SourceReport[]
  readonly records: Records
  readonly course: Course
  readonly freshnessOf: FreshnessOf
  /** Sources that could not say whether the order came twice. */
  readonly silentOnNumber: readonly string[]
  readonly now: EpochMs
}

const TRACES = 'jaeger'
const DAY = 86_400_000

/** What could not be seen of this order, and why; a notice only, which never makes anything look better. */
export function findBlindSpots(view: View): readonly BlindSpot[] {
  return [
    ...view.sources.flatMap((report) => findInReport(report, view.course.pipeline)),
    ...findUntraced(view),
    ...findSilent(view),
    ...findHistory(view),
    ...findUnknown(view),
    ...findDoubles(view),
    ...findInTraces(view),
    ...findUnseenDuplicates(view),
  ]
}

/** One that says nothing at all is named already. */
const findUnseenDuplicates = ({ sources, silentOnNumber }: View): readonly BlindSpot[] =>
  silentOnNumber
    .filter((name) => sources.some(({ source, state }) => source === name && state !== 'missing'))
    .map((source) => spot('duplicates-unseen', { source }))

const SILENT = {
  missing: 'source-missing',
  'not-configured': 'source-missing',
  stale: 'source-stale',
  partial: 'source-partial',
} as const

function findInReport(report: SourceReport, pipeline: Pipeline): readonly BlindSpot[] {
  const { source, state, asOf, notes = [] } = report
  const missed = findMissedMarks(report, pipeline)
  const values = {
    reason: report.reason ?? state,
    ...(asOf === null ? {} : { asOf }),
  }
  return [
    ...(state === 'ok' ? [] : [spot(SILENT[state], { source, values })]),
    ...(missed.length > 0
      ? [spot('not-kept', { source, values: { columns: missed.join(', ') } })]
      : []),
    ...notes
      .filter(({ code }) => code === 'foreign-environment')
      .map((note) => spot('foreign-environment', { source, values: note.values })),
  ]
}

/** The moments whose absence leaves a question open: of these systems, by these columns. */
const MARKS: Readonly<Record<string, (pipeline: Pipeline) => readonly SystemId[]>> = {
  'orders.pricing_started_at': ({ pricing }) => (pricing ? [pricing.system] : []),
  'orders.taken_at': ({ handoffs }) =>
    handoffs.filter(({ transport }) => transport === 'db-poll').map(({ to }) => to),
  'status_changes.sent_at': ({ handoffs }) =>
    handoffs.filter(({ transport }) => transport !== 'db-poll').map(({ from }) => from),
}

/** A column that nothing would be concluded from is no blind spot, kept or not. */
const findMissedMarks = ({ notKept = [], systems }: SourceReport, pipeline: Pipeline) =>
  Object.entries(MARKS)
    .filter(
      ([column, of]) => notKept.includes(column) && of(pipeline).some((id) => systems.includes(id)),
    )
    .map(([column]) => column)

/** Lanes that no trace will ever fill. */
const findUntraced = ({ course: { pipeline } }: View): readonly BlindSpot[] =>
  pipeline.systems
    .filter(({ id, optional }) => !optional && toCoverage(id, pipeline) !== 'traced')
    .map(({ id }) =>
      spot('not-traced', { system: id, values: { coverage: toCoverage(id, pipeline) } }),
    )

/** A traced part whose system worked on the order while traces are kept, and none of whose spans is there. */
function findSilent({ facts, sources, course, now }: View): readonly BlindSpot[] {
  const traces = sources.find(({ source }) => source === TRACES)
  if (traces?.state !== 'ok') return []
  const { sampling, components } = course.pipeline
  const [oldest, newest] = [now - sampling.retentionMs, now - sampling.ingestLagMs]

  const heard = new Set(facts.flatMap((fact) => (fact.kind === 'span' ? [fact.service] : [])))
  const worked = new Map<SystemId, EpochMs>()
  for (const { kind, system, at } of facts) {
    const counts = kind !== 'span' && at >= oldest && at <= newest
    if (counts && at < (worked.get(system) ?? Number.POSITIVE_INFINITY)) worked.set(system, at)
  }
  return components
    .filter(({ coverage, services }) => coverage === 'traced' && services.length > 0)
    .filter(({ services }) => !services.some((service) => heard.has(service)))
    .flatMap(({ id, system }) => {
      const since = worked.get(system)
      if (since === undefined) return []
      return [spot('no-spans', { source: TRACES, system, values: { component: id, since } })]
    })
}

/** Records without a history, and histories that end before their row does. */
function findHistory({ records, freshnessOf }: View): readonly BlindSpot[] {
  return records.now.flatMap(({ system, status, gap }) => {
    const { source } = freshnessOf(system)
    if (gap) return [spot('history-gap', { source, system, values: { status } })]
    return records.histories.has(system) ? [] : [spot('history-missing', { source, system })]
  })
}

/** Statuses of any row or history that the pipeline does not name, each once. */
function findUnknown({ facts, course }: View): readonly BlindSpot[] {
  const said = facts.flatMap((fact) => {
    const status = fact.kind === 'span' ? fact.statusTo : 'status' in fact ? fact.status : null
    return status === null || course.status(status) ? [] : [{ ...fact, status }]
  })
  const each = new Map(said.map((one) => [`${one.system} ${one.status}`, one]))
  return [...each.values()].map(({ source, system, status }) =>
    spot('unknown-status', { source, system, values: { status } }),
  )
}

/** Rows that cannot all be right of one order: several of one system, or of several channels. One of them is used. */
function findDoubles({ facts }: View): readonly BlindSpot[] {
  const rows = facts.filter((fact) => fact.kind === 'row')
  const systems = [...new Set(rows.map(({ system }) => system))]
  const channels = [...new Set(rows.map(({ channel }) => channel))]
  return [
    ...systems.flatMap((system) => {
      const count = rows.filter((row) => row.system === system).length
      return count > 1 ? [spot('two-records', { system, values: { count } })] : []
    }),
    ...(channels.length > 1
      ? [spot('two-channels', { values: { channels: channels.join(', ') } })]
      : []),
  ]
}

function findInTraces({ facts, sources, course, now }: View): readonly BlindSpot[] {
  const { sampling, components } = course.pipeline
  const spans = facts.filter((fact) => fact.kind === 'span')
  const records = facts.filter((fact) => fact.kind === 'row' || fact.kind === 'change')
  const asked = sources.some(({ source, state }) => source === TRACES && state !== 'not-configured')
  const traced = asked && components.some(({ coverage }) => coverage === 'traced')
  const began = Math.min(
    ...records.map((fact) => (fact.kind === 'row' ? Math.min(fact.createdAt, fact.at) : fact.at)),
  )

  return [
    ...findBroken(spans, course.pipeline),
    ...(traced && records.length > 0 && began < now - sampling.retentionMs
      ? [spot('past-retention', { source: TRACES, values: { days: sampling.retentionMs / DAY } })]
      : []),
    ...(traced && sampling.orderTraffic < 1
      ? [spot('sampled', { source: TRACES, values: { share: sampling.orderTraffic } })]
      : []),
    ...(spans.length > 0 && records.length === 0 ? [findUnrecorded(sources)] : []),
  ]
}

/** An order that only traces know: how many databases there are, and how many of them said that they have no such order. */
function findUnrecorded(sources: readonly SourceReport[]): BlindSpot {
  const databases = sources.filter(({ source }) => source !== TRACES)
  const without = databases.filter(({ state }) => state === 'ok')
  return spot('only-traces', {
    source: TRACES,
    values: { databases: databases.length, without: without.length },
  })
}

/** Where the context broke, by system and by who sent to it: the spans behind it stand alone. */
function findBroken(spans: readonly SpanFact[], pipeline: Pipeline): readonly BlindSpot[] {
  const found = new Map<string, BlindSpot>()
  for (const span of spans.filter(({ contextBroken }) => contextBroken)) {
    const from = findSender(span, pipeline)
    const key = `${span.system} ${from}`
    const values = { ...(from === null ? {} : { from }), count: countIn(found.get(key)) + 1 }
    found.set(key, spot('context-broken', { source: TRACES, system: span.system, values }))
  }
  return [...found].toSorted(([a], [b]) => compareText(a, b)).map(([, one]) => one)
}

const countIn = (known: BlindSpot | undefined) => Number(known?.values.count ?? 0)

/** The only system that sends where a message was taken from; null: there are several, or none. */
function findSender(span: SpanFact, { handoffs }: Pipeline): SystemId | null {
  const ways = handoffs.filter((def) => def.to === span.system && def.transport === 'amqp')
  const [way, second] = ways.filter((def) => isOn(span, def))
  return way && !second ? way.from : null
}

const spot = (
  code: BlindSpot['code'],
  about: Partial<Pick<BlindSpot, 'source' | 'system' | 'values'>>,
): BlindSpot => ({ code, source: null, system: null, values: {}, ...about })

import { SKEW_MS } from './find-entries'
import type { Heartbeat, Work } from './heartbeat'
import { isOn } from './is-on'
import type { SourceNote, SourceReport } from './journey'
import type { PlaceBlindSpot } from './located'
import type { HandoffDef, Pipeline } from './pipeline'
import type { Records } from './to-records'
import type { EpochMs, SystemId } from './types'

export const TRACES = 'jaeger'

/** A span that should be there, were everything well. */
export type Missing = {
  readonly system: SystemId
  readonly work: Work
  readonly def: HandoffDef
  /** Matches the names of the spans that are that work; none: all of its kind are. */
  readonly spans?: RegExp
  /** Since when it may have come, where that is before it was to be expected. */
  readonly since?: EpochMs
  /** From when on it was to be expected. */
  readonly expected: EpochMs
  /** When it is late even for a consumer that was at work on another order; null: there is no limit. */
  readonly overdue: EpochMs | null
}

type View = {
  readonly pipeline: Pipeline
  readonly sources: readonly SourceReport[]
  readonly records: Records
  readonly heartbeats: readonly Heartbeat[]
  readonly now: EpochMs
}

/**
 * Why a span that is not there proves nothing; none: it is absent. All of it must hold: its system is traced, orders
 * are sampled in full, the time is within retention, it is overdue, its service was heard doing just that for some
 * order, and the trace store answered in full.
 *
 *     expected ●──── warn + longest + ingest lag ────▶ overdue ─ ─ now
 *                        ♥ a span of this kind, of any order
 */
export function judgeSpanAbsence(missing: Missing, view: View): readonly PlaceBlindSpot['code'][] {
  const { system, expected, overdue, since = expected } = missing
  const { sampling } = view.pipeline
  if (!isTraced(system, view.pipeline)) return ['not-traced']
  return [
    ...(sampling.orderTraffic < 1 ? (['sampled'] as const) : []),
    ...(since - SKEW_MS < view.now - sampling.retentionMs ? (['past-retention'] as const) : []),
    ...(overdue === null ? (['no-limit'] as const) : []),
    ...(overdue !== null && view.now < overdue ? (['too-early'] as const) : []),
    ...(answersInFull(system, view) ? [] : (['traces-not-complete'] as const)),
    ...(isHeard(missing, view) ? [] : (['no-heartbeat'] as const)),
  ]
}

const servicesOf = (system: SystemId, { components }: Pipeline) =>
  components.filter((one) => one.system === system && one.services.length > 0)

/** Every part of it is: one that is not may have done the work. */
export function isTraced(system: SystemId, pipeline: Pipeline): boolean {
  const parts = servicesOf(system, pipeline)
  return parts.length > 0 && parts.every(({ coverage }) => coverage === 'traced')
}

/** Nothing was cut, left out or dropped that may have been of this system. */
export function answersInFull(system: SystemId, { sources, pipeline }: View): boolean {
  const report = sources.find(({ source }) => source === TRACES)
  if (report?.state !== 'ok') return false
  const services = servicesOf(system, pipeline).flatMap((part) => part.services)
  return !report.notes?.some(
    ({ code, values }) =>
      HIDES.has(code) &&
      (values.service === undefined || services.includes(String(values.service))),
  )
}

const HIDES: ReadonlySet<SourceNote['code']> = new Set([
  'possibly-cut',
  'not-searched',
  'foreign-environment',
  'trace-gone',
  'first-spans-only',
  'service-failed',
])

function isHeard({ system, work, def, expected, spans }: Missing, view: View): boolean {
  const services = servicesOf(system, view.pipeline).flatMap((part) => part.services)
  const places = [...(def.queues ?? []), ...(def.exchange === undefined ? [] : [def.exchange])]
  const others = view.heartbeats.some(
    (one) =>
      one.work === work &&
      // Not the very work that is looked for, a moment ago.
      one.at > expected &&
      services.includes(one.service) &&
      (spans === undefined || spans.test(one.name)) &&
      (one.where === null || places.length === 0 || places.includes(one.where)),
  )
  if (others || spans !== undefined) return others
  const kind = KINDS[work]
  const own = view.records.spans.get(system) ?? []
  return own.some((span) => span.spanKind === kind && span.at > expected && isOn(span, def))
}

/** Taking from a table has no kind of its own, so only others' spans tell of it. */
const KINDS = { publish: 'producer', consume: 'consumer', serve: 'server', take: null } as const

// Long because the questions and what is made of their answers are read together.
import type { Pipeline } from '@/lib/journey/pipeline'
import type { SystemReading } from '@/lib/journey/system-reading'
import type { EpochMs, SystemId } from '@/lib/journey/types'
import type { SpanFamily, WorkGauge } from '../metric-names'
import { toOperationName } from '../operation-name'
import type { Ask, Series } from './ask'
import type { FoundNames } from './names'
import { anyOf, is, quote, rate, select, sumBy } from './promql'
import { type Bucket, toQuantile } from './quantile'

/** The stretch that rates are of. */
const WINDOW = '5m'
const WINDOW_MS = 300_000
const SERVED_OPERATIONS = 3
const PRICING_OPERATIONS = 2
const HIDDEN = '[operation]'

/** A service whose silence would mean something. */
type Service = { readonly service: string; readonly system: SystemId; readonly expected: boolean }

/** Collects answers; a question that fails costs itself. */
export type Gather = <T>(work: Promise<readonly T[]>) => Promise<readonly T[]>

type Round = {
  readonly ask: Ask
  readonly found: FoundNames
  readonly pipeline: Pipeline
  readonly at: EpochMs
  readonly gather: Gather
}

/**
 * How every configured service does: first by services, beside them the busiest operations; then those in detail.
 *
 *     calls by service and status   ■■■
 *     buckets by service            ■■■■■
 *     busiest operations, pricing   ■■■■  ─▶  their calls  ■■■   their buckets  ■■■
 *     work in progress              ■■
 */
export async function readSystems(round: Round): Promise<readonly SystemReading[]> {
  const services = servicesOf(round.pipeline)
  const names = services.map(({ service }) => service)
  const family = round.found.spans
  const [perService, operations, inProgress, parts] = await Promise.all([
    family ? figuresOf(round, family, scopeOfServices(family, names)) : [],
    family?.operation ? readOperations(round, family, names) : [],
    readInProgress(round),
    family?.operation ? readParts(round, family) : [],
  ])
  const toReading = (figures: Figures, { service, system }: Service): SystemReading => ({
    system,
    service,
    operation: figures.operation,
    at: round.at,
    windowMs: WINDOW_MS,
    callsPerMinute: figures.callsPerMinute,
    errorRatio: figures.errorRatio,
    p95Ms: figures.p95Ms,
    p95AtLeast: figures.p95AtLeast,
    inProgress: workOf(inProgress, service, figures.operation),
  })
  return services.flatMap((one) => {
    const own = perService.find(({ service }) => service === one.service)
    const work = workOf(inProgress, one.service, null)
    const isKnown = own !== undefined || work !== null || one.expected
    const below = operations.filter(({ service }) => service === one.service)
    const ofParts = parts.flatMap(({ part, figures }) =>
      figures.service === one.service ? [{ ...toReading(figures, one), part }] : [],
    )
    return isKnown
      ? [...[own ?? nothingOf(one.service), ...below].map((it) => toReading(it, one)), ...ofParts]
      : []
  })
}

/** The parts that are told by themselves: all their operations together. */
async function readParts(round: Round, family: SpanFamily) {
  const { operation, service } = family
  const { parts = [] } = round.pipeline
  if (operation === null) return []
  const each = await Promise.all(
    parts.map(async ({ id: part, system, spans }) => {
      const found = await figuresOf(round, family, {
        matchers: [
          anyOf(service, servicesIn(round.pipeline, system)),
          kindOf(family),
          // A matcher is of the whole name, and a pattern of any part of it.
          `${operation}=~${quote(`.*(?:${spans.source}).*`)}`,
        ],
        by: [service],
      })
      return found.map((figures) => ({ part, figures }))
    }),
  )
  return each.flat()
}

const servicesOf = ({ components }: Pipeline): readonly Service[] =>
  components.flatMap(({ services, system, coverage }) =>
    services.map((service) => ({
      service,
      system,
      expected: coverage === 'traced' || coverage === 'metrics',
    })),
  )

/** What is asked for: the calls of one selection, and how they are told apart. */
type Scope = { readonly matchers: readonly (string | null)[]; readonly by: readonly string[] }

const kindOf = ({ kind }: SpanFamily) => kind && is(kind.label, kind.value)

const scopeOfServices = (family: SpanFamily, services: readonly string[]): Scope => ({
  matchers: [anyOf(family.service, services), kindOf(family)],
  by: [family.service],
})

type Figures = Omit<SystemReading, 'system' | 'at' | 'windowMs' | 'inProgress'>

const nothingOf = (service: string): Figures => ({
  service,
  operation: null,
  callsPerMinute: null,
  errorRatio: null,
  p95Ms: null,
  p95AtLeast: false,
})

/** Calls, errors and durations of one selection. */
async function figuresOf(
  { ask, at, gather }: Round,
  family: SpanFamily,
  { matchers, by }: Scope,
): Promise<readonly Figures[]> {
  const { calls, duration, failed } = family
  const query = (metric: string, labels: readonly string[]) =>
    gather(ask.now(sumBy(labels, rate(select(metric, ...matchers), WINDOW)), at))
  const apart = 'metric' in failed
  const [counted, failures, buckets] = await Promise.all([
    query(calls, apart ? by : [...by, failed.label]),
    apart ? query(failed.metric, by) : [],
    duration ? query(duration.metric, [...by, 'le']) : [],
  ])
  const keyOf = ({ labels }: Series) => JSON.stringify(by.map((name) => labels[name] ?? ''))
  const isFailure = ({ labels }: Series) => !apart && labels[failed.label] === failed.value
  const keys = new Set([...counted, ...buckets].map(keyOf))
  return [...keys].map((key) => {
    const own = counted.filter((one) => keyOf(one) === key)
    const errors = apart ? failures.filter((one) => keyOf(one) === key) : own.filter(isFailure)
    const perSecond = sum(own)
    const quantile = toQuantile(0.95, toBuckets(buckets.filter((one) => keyOf(one) === key)))
    const [service = '', operation = null] = JSON.parse(key) as string[]
    return {
      service,
      operation,
      callsPerMinute: perSecond === null ? null : perSecond * 60,
      errorRatio: toRatio(sum(errors), perSecond),
      p95Ms: quantile && quantile.value * (duration?.unit === 's' ? 1_000 : 1),
      p95AtLeast: quantile?.atLeast ?? false,
    }
  })
}

/** The operations that services answer most often, and the calculation of prices. */
async function readOperations(
  round: Round,
  family: SpanFamily,
  services: readonly string[],
): Promise<readonly Figures[]> {
  const { operation } = family
  if (operation === null) return []
  const { ask, at, gather, pipeline } = round
  const by = [family.service, operation]
  const busiest = async (most: number, ...matchers: readonly (string | null)[]) => {
    const calls = sumBy(by, rate(select(family.calls, ...matchers), WINDOW))
    const found = await gather(ask.now(`topk by (${family.service}) (${most}, ${calls})`, at))
    return found.filter(({ points: [point] }) => (point?.value ?? 0) > 0)
  }
  const { pricing } = pipeline
  const found = await Promise.all([
    busiest(SERVED_OPERATIONS, anyOf(family.service, services), kindOf(family)),
    pricing
      ? busiest(
          PRICING_OPERATIONS,
          anyOf(family.service, servicesIn(pipeline, pricing.system)),
          `${operation}=~${quote(pricing.spans.source)}`,
        )
      : [],
  ])
  const [served, calculations] = found.map((series) => [
    ...new Set(series.flatMap(({ labels }) => labels[operation] || [])),
  ])
  const detail = (names: readonly string[] | undefined, kind: string | null) =>
    names?.length
      ? figuresOf(round, family, {
          matchers: [anyOf(family.service, services), kind, anyOf(operation, names)],
          by,
        })
      : []
  const figures = await Promise.all([
    detail(served, kindOf(family)),
    // It is nobody's request: its spans are of any kind.
    detail(calculations, null),
  ])
  const asked = new Set(
    found.flat().map(({ labels }) => `${labels[family.service]} ${labels[operation]}`),
  )
  return figures
    .flat()
    .filter((one) => asked.has(`${one.service} ${one.operation}`))
    .map((one) => ({ ...one, operation: toOperationName(one.operation ?? '', pipeline) }))
    .filter((one) => one.operation !== HIDDEN)
    .sort(byCalls)
}

const byCalls = (a: Figures, b: Figures): number =>
  (b.callsPerMinute ?? 0) - (a.callsPerMinute ?? 0) ||
  ((a.operation ?? '') < (b.operation ?? '') ? -1 : 1)

const servicesIn = ({ components }: Pipeline, system: SystemId): readonly string[] =>
  components.filter((one) => one.system === system).flatMap(({ services }) => services)

type Work = { readonly service: string; readonly operation: string | null; readonly value: number }

async function readInProgress({ ask, at, found, gather }: Round): Promise<readonly Work[]> {
  const each = await Promise.all(
    found.inProgress.map(async (gauge) => {
      const query = gauge.label ? sumBy([gauge.label], gauge.metric) : `sum(${gauge.metric})`
      return toWork(gauge, await gather(ask.now(query, at)))
    }),
  )
  return each.flat()
}

const toWork = (gauge: WorkGauge, series: readonly Series[]): readonly Work[] =>
  series.flatMap(({ labels, points: [point] }) => {
    // OpenTelemetry writes `namespace/name` into `job`.
    const named = gauge.label ? labels[gauge.label]?.split('/').at(-1) : gauge.service
    const value = point?.value ?? null
    return named && value !== null && value >= 0
      ? [{ service: named, operation: gauge.operation, value }]
      : []
  })

function workOf(all: readonly Work[], service: string, operation: string | null): number | null {
  const own = all.filter((one) => one.service === service && one.operation === operation)
  return own.length > 0 ? own.reduce((total, { value }) => total + value, 0) : null
}

/** null: nobody counts it. */
function sum(series: readonly Series[]): number | null {
  const values = series.flatMap(({ points }) => points[0]?.value ?? [])
  return values.length > 0
    ? Math.max(
        0,
        values.reduce((total, value) => total + value, 0),
      )
    : null
}

/** No series of errors is no error, as long as there are calls. */
const toRatio = (errors: number | null, calls: number | null): number | null =>
  calls === null || calls === 0 ? null : Math.min(1, (errors ?? 0) / calls)

const toBuckets = (series: readonly Series[]): readonly Bucket[] =>
  series.flatMap(({ labels, points: [point] }) => {
    const le = labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le || Number.NaN)
    return Number.isNaN(le) || point?.value == null ? [] : [{ le, count: point.value }]
  })

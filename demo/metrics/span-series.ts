import type { Emitted } from '@/demo/spans/emit'
import type { CompanySeries } from './evaluate'

/** The bounds of OpenTelemetry's connector, in milliseconds. */
const BOUNDS = [2, 4, 6, 8, 10, 50, 100, 200, 400, 800, 1_000, 1_400, 2_000, 5_000, 10_000, 15_000]
const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER']
/** Rates are of five minutes; what is older is only counted. */
export const REMEMBERED_MS = 1_200_000
const PREFIX = 'traces_span_metrics_'

type Ended = { readonly end: number; readonly ms: number }
type Counted = {
  readonly labels: Readonly<Record<string, string>>
  readonly begunAt: number
  ended: Ended[]
  /** How many are forgotten, by the index of their bound. */
  readonly before: number[]
}

/** Counts the spans of the company as a collector does: calls and durations, by service, operation, kind and status. */
export function createSpanSeries() {
  const counted = new Map<string, Counted>()
  let series: readonly CompanySeries[] = []

  return {
    hear(spans: readonly Emitted[]): void {
      const known = counted.size
      for (const { service, span, end } of spans) {
        const kind = KINDS[span.kind] ?? 'UNSPECIFIED'
        const status = span.status?.code === 2 ? 'ERROR' : 'UNSET'
        const key = `${service} ${span.name} ${kind} ${status}`
        const one = counted.get(key) ?? begin(service, span.name, kind, status, end)
        counted.set(key, one)
        one.ended.push({ end, ms: end - Number(span.startTimeUnixNano) / 1e6 })
      }
      if (counted.size > known) series = [...counted.values()].flatMap(toSeries)
    },
    /** Forgets what no rate is reckoned from any more. */
    forget(now: number): void {
      for (const one of counted.values()) {
        const old = one.ended.filter(({ end }) => end < now - REMEMBERED_MS)
        for (const { ms } of old) {
          const at = placeOf(ms)
          one.before[at] = (one.before[at] ?? 0) + 1
        }
        if (old.length > 0) one.ended = one.ended.filter((each) => !old.includes(each))
      }
    },
    series: () => series,
  }
}

const begin = (
  service: string,
  name: string,
  kind: string,
  status: string,
  end: number,
): Counted => ({
  labels: {
    service_name: service,
    span_name: name,
    span_kind: `SPAN_KIND_${kind}`,
    status_code: `STATUS_CODE_${status}`,
  },
  begunAt: end - 60_000, // The collector has counted none before the first.
  ended: [],
  before: [],
})

const placeOf = (ms: number): number => {
  const place = BOUNDS.findIndex((bound) => ms <= bound)
  return place === -1 ? BOUNDS.length : place
}

function toSeries(one: Counted): readonly CompanySeries[] {
  const upTo = (at: number, place: number) =>
    one.before.reduce((sum, count = 0, index) => (index <= place ? sum + count : sum), 0) +
    one.ended.reduce((sum, { end, ms }) => (end <= at && placeOf(ms) <= place ? sum + 1 : sum), 0)
  const of = (name: string, place: number, more: Readonly<Record<string, string>> = {}) => ({
    labels: { __name__: `${PREFIX}${name}`, ...one.labels, ...more },
    valueAt: (at: number) => (at < one.begunAt ? null : upTo(at, place)),
  })
  const buckets = [...BOUNDS, Number.POSITIVE_INFINITY].map((bound, place) =>
    of('duration_milliseconds_bucket', place, { le: Number.isFinite(bound) ? `${bound}` : '+Inf' }),
  )
  return [of('calls_total', BOUNDS.length), ...buckets]
}

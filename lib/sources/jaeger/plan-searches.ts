import type { Pipeline } from '@/lib/journey/pipeline'
import { type EpochMs, epochMs } from '@/lib/journey/types'
import type { TimeWindow } from '../answers'

/** The searches of one look-up: each costs a hundred gets. */
export const MAX_SEARCHES = 12

const HOUR = 3_600_000
const SLICE = 7 * 24 * HOUR
/** Clocks of the company's hosts may be a little ahead of ours. */
export const AHEAD = 60_000

/** Who is asked, and by which attribute. `service: null` asks all of them at once. */
export type Target = { readonly service: string | null; readonly attribute: string }
export type Search = Target & { readonly window: TimeWindow; readonly limit?: number }

/** A window, and the moments of the order in it; none where it only fills a slice. */
export type PlannedWindow = TimeWindow & { readonly moments: readonly EpochMs[] }

type Known = {
  readonly moments: readonly EpochMs[]
  readonly createdAt: EpochMs | null
  readonly now: EpochMs
  readonly retentionMs: number
  /** In how many windows at most, be they longer than seven days; without it, as many as it takes. */
  readonly most?: number
}

/**
 * Where to search, newest first: an hour around each moment, the last one up to now; without any, all the time
 * since the order was created, else all that is retained.
 *
 *   created   moments                      now
 *      ·      ─┼─   ─┼──┼─        ┼───────────▶     windows 3, 2 and 1
 */
export function planWindows({
  moments,
  createdAt,
  now,
  retentionMs,
  most = Number.POSITIVE_INFINITY,
}: Known): readonly PlannedWindow[] {
  const oldest = now - retentionMs
  const past = moments.filter((at) => at >= oldest && at <= now).sort((a, b) => a - b)
  const from = Math.max(oldest, (createdAt ?? oldest) - HOUR)
  const spans =
    past.length > 0
      ? past.map((at, index) => ({
          from: at - HOUR,
          until: index === past.length - 1 ? now + AHEAD : at + HOUR,
        }))
      : [{ from: Math.min(from, now - HOUR), until: now + AHEAD }]

  return merge(spans)
    .flatMap((span) => toSlices(span, Math.max(SLICE, (span.until - span.from) / most)))
    .map((window) => ({
      ...window,
      moments: past.filter((at) => at >= window.from && at < window.until),
    }))
    .sort((a, b) => b.from - a.from)
}

type Span = { readonly from: number; readonly until: number }

const merge = (sorted: readonly Span[]): readonly Span[] =>
  sorted.reduce<readonly Span[]>((merged, span) => {
    const last = merged.at(-1)
    if (!last || last.until < span.from) return [...merged, span]
    return [...merged.slice(0, -1), { from: last.from, until: Math.max(last.until, span.until) }]
  }, [])

/** Slices of at most that length, cut from the newer end. */
function toSlices({ from, until }: Span, length: number): readonly TimeWindow[] {
  const count = Math.max(1, Math.ceil((until - from) / length))
  return Array.from({ length: count }, (_, index) => ({
    from: epochMs(Math.max(from, until - (index + 1) * length)),
    until: epochMs(until - index * length),
  }))
}

/**
 * The same moments in at most `most` windows where a week each is enough: neighbours become one, so that the
 * searches last for all of them.
 *
 *   ─┼─   ─┼──┼─      ┼──▶     four windows for
 *   └─────────────┘ └────▶     two searches
 */
export function packWindows(
  newestFirst: readonly PlannedWindow[],
  most: number,
): readonly PlannedWindow[] {
  if (newestFirst.length <= most) return newestFirst
  return newestFirst.reduce<readonly PlannedWindow[]>((packed, window) => {
    const newer = packed.at(-1)
    if (!newer || newer.until - window.from > SLICE) return [...packed, window]
    const { from, moments } = window
    return [...packed.slice(0, -1), { ...newer, from, moments: [...moments, ...newer.moments] }]
  }, [])
}

/** Two halves, the newer first; null where a window is too short to halve. */
export function halve({ from, until }: TimeWindow): readonly [TimeWindow, TimeWindow] | null {
  if (until - from < 2 * AHEAD) return null
  const middle = epochMs(Math.round((from + until) / 2))
  return [
    { from: middle, until },
    { from, until: middle },
  ]
}

/** Every traced service under the one attribute that carries the order id there. */
export const serviceTargets = ({ components, orderId }: Pipeline): readonly Target[] =>
  components
    .filter(({ coverage }) => coverage === 'traced')
    .flatMap(({ services, idAttribute }) =>
      services.map((service) => ({
        service,
        attribute: idAttribute ?? orderId.attributes[0] ?? 'order.id',
      })),
    )

/** All services at once, once for each attribute in use. */
export const servicelessTargets = (pipeline: Pipeline): readonly Target[] =>
  [...new Set(serviceTargets(pipeline).map(({ attribute }) => attribute))].map((attribute) => ({
    service: null,
    attribute,
  }))

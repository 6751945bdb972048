import { compareText } from './collect-facts'
import type { SpanFact } from './fact'
import type { SystemId } from './types'

type Moved = Pick<SpanFact, 'traceId' | 'spanId' | 'parentId' | 'system' | 'clockShift'>

/** How far the clocks of two systems are apart, where a span of one calls a span of the other. */
export type ClockHop = {
  readonly from: SystemId
  readonly to: SystemId
  /** The middle one of the differences that are not nothing, in milliseconds; positive: the clock of `to` is behind. */
  readonly delta: number
  /** The smallest and the greatest of them; both 0 where there are none. */
  readonly least: number
  readonly most: number
  /** Calls between the two, and how many of them say that the clocks differ. */
  readonly calls: number
  readonly moved: number
}

/**
 * What the two clocks of every call say, by pair of systems. Within one system a pair is listed only where its
 * clocks differ. Without any `moved` there is nothing to adjust.
 */
export function toClockHops(spans: readonly Moved[]): readonly ClockHop[] {
  const byId = new Map(spans.map((span) => [toKey(span.traceId, span.spanId), span]))
  const pairs = new Map<string, { from: SystemId; to: SystemId; deltas: number[] }>()
  for (const span of spans) {
    const parent = span.parentId === null ? null : byId.get(toKey(span.traceId, span.parentId))
    if (!parent) continue
    // Fractions of a microsecond are rounding.
    const delta = Math.round((span.clockShift - parent.clockShift) * 1_000) / 1_000
    if (parent.system === span.system && delta === 0) continue
    const [from, to] = [parent.system, span.system]
    const pair = pairs.get(`${from}>${to}`) ?? { from, to, deltas: [] }
    pairs.set(`${from}>${to}`, pair)
    pair.deltas.push(delta)
  }
  return [...pairs.values()]
    .map(({ from, to, deltas }) => {
      const moved = deltas.filter((delta) => delta !== 0).toSorted((a, b) => a - b)
      return {
        from,
        to,
        delta: moved[Math.floor(moved.length / 2)] ?? 0,
        least: moved[0] ?? 0,
        most: moved.at(-1) ?? 0,
        calls: deltas.length,
        moved: moved.length,
      }
    })
    .toSorted((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to))
}

const toKey = (traceId: string, spanId: string) => `${traceId}:${spanId}`

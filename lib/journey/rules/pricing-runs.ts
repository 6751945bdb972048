import type { SpanFact } from '../fact'
import type { Attempt } from '../located'
import type { OperationDef } from '../pipeline'
import type { Case, Passing } from '../to-case'
import { type EpochMs, epochMs, type SystemId } from '../types'

/** One try of the calculation. */
export type Run = {
  readonly began: EpochMs
  /** null: not seen to have ended. */
  readonly ended: EpochMs | null
  readonly failed: boolean
  /** A span of the calculation itself, not of whatever it runs in. */
  readonly calculation: boolean
  /** The record of its system says that it began. */
  readonly marked: boolean
  readonly evidence: readonly string[]
}

const SKEW_MS = 2000

/**
 * The tries of the calculation of one order, oldest first: of the message it came by, of its own spans, and of the
 * mark in the record.
 *
 *     consumer     ├─────────── attempt ───────────
 *     calculation     ├────── run ──────┤
 *     record           ● pricing_started_at: of that run
 */
export function toRuns(
  order: Case,
  passing: Passing | null,
  { system, spans: pattern }: OperationDef,
): readonly Run[] {
  const { records } = order.view
  const own = (records.spans.get(system) ?? [])
    .filter(({ name }) => pattern.test(name))
    .map((span) => ({
      began: span.at,
      ended: epochMs(span.at + span.duration),
      failed: span.failed,
      calculation: true,
      marked: false,
      evidence: [span.id],
    }))
  const row = records.rows.get(system)
  const mark = row?.pricingStartedAt
  const marked =
    row && typeof mark === 'number' && !passing
      ? [{ ...NOTHING, began: mark, marked: true, evidence: [row.id] }]
      : []
  // That it was taken is no beginning of the calculation.
  const isTaking = ({ evidence, began }: Attempt) =>
    evidence.every((id) => id === row?.id) && began !== mark
  const attempts =
    passing?.located.attempts.filter((one) => !isTaking(one)) ?? findOpen(order, system)
  return [...own, ...marked, ...attempts.map(toRun)]
    .filter((run) => !(run.marked && run.ended === null && own.some((one) => covers(one, run))))
    .toSorted((a, b) => a.began - b.began)
}

/** Work below spans that have not ended, of an order that no message brought: a run for each of them. */
function findOpen({ view, stage }: Case, system: SystemId): readonly Attempt[] {
  const since = (stage?.entered ?? Number.POSITIVE_INFINITY) - SKEW_MS
  const firsts = new Map<string, SpanFact>()
  for (const span of view.records.spans.get(system) ?? []) {
    const inner = span.spanKind !== 'server' && span.spanKind !== 'consumer'
    const key = `${span.traceId}:${span.parentId}`
    if (span.orphan && inner && span.at >= since && !firsts.has(key)) firsts.set(key, span)
  }
  const open = { ended: null, failed: false, wrote: false, marked: false }
  return [...firsts.values()].map(({ id, at }) => ({ ...open, began: at, evidence: [id] }))
}

const NOTHING = { ended: null, failed: false, calculation: false }

const toRun = ({ began, ended, failed, marked, evidence }: Attempt): Run => ({
  began,
  ended,
  failed,
  marked,
  evidence,
  calculation: false,
})

const covers = (a: Run, b: Run) =>
  a.ended !== null && a.began - SKEW_MS <= b.began && b.began <= a.ended + SKEW_MS

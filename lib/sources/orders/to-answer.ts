import type { SourceReport, SourceState } from '@/lib/journey/journey'
import type { EpochMs, SystemId } from '@/lib/journey/types'
import type { OrdersAnswer } from '../answers'
import type { Round } from './database'
import { isStale, toAsOf } from './freshness'
import { keeps } from './shape'
import { toFacts } from './to-facts'

/** Which database was asked, and when. */
export type Asked = {
  readonly name: string
  readonly source: string
  readonly systems: readonly SystemId[]
  readonly askedAt: EpochMs
  readonly answeredAt: EpochMs
}

/** What one database answered: facts with a report that says how far they can be trusted. */
export function toAnswer(
  { shape, rows, age }: Round,
  asked: Asked & { readonly broker: SystemId },
): OrdersAnswer {
  if (!rows) {
    const report = { ...toSilence(asked, 'contract'), notKept: [...shape.broken, ...shape.notKept] }
    return { facts: [], traceIds: [], reports: [report] }
  }

  const { facts, traceIds, notes } = toFacts(rows, asked)
  const asOf = toAsOf(age, asked.askedAt)
  // A row that was dropped is not one that does not exist: nothing may be concluded from its absence.
  const state: SourceState =
    notes.length > 0 ? 'partial' : isStale(asOf, asked.askedAt) ? 'stale' : 'ok'
  return {
    facts,
    traceIds,
    reports: [
      {
        ...toReport(asked),
        state,
        reason: null,
        asOf,
        keepsHistory: keeps(shape, 'status_changes'),
        notKept: shape.notKept,
        notes,
      },
    ],
  }
}

/** The report of a database that gave no answer; `reason` is a fault, or `contract`. */
export function toSilence(asked: Asked, reason: string): SourceReport {
  return { ...toReport(asked), state: 'missing', reason, asOf: null }
}

const toReport = ({ source, systems, askedAt, answeredAt }: Asked) => ({
  source,
  systems,
  askedAt,
  tookMs: Math.max(0, answeredAt - askedAt),
})

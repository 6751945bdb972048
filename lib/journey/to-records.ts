import { compareText } from './collect-facts'
import type { ChangeFact, Fact, RowFact, SpanFact } from './fact'
import type { Approximate } from './journey'
import type { Course } from './to-course'
import { type SpanTree, toSpanTree } from './to-span-tree'
import type { EpochMs, Status, SystemId } from './types'

/** What one system's record says now, by its row and its history together. */
export type RecordNow = {
  readonly system: SystemId
  readonly status: Status
  readonly at: EpochMs
  /** `history`: the entry of its history · `row`: the history does not have it. */
  readonly basis: 'history' | 'row'
  readonly approximate: Approximate | null
  /** The status its history showed before. */
  readonly before: Status | null
  readonly evidence: readonly string[]
  /** The row is newer than the history, and says something else. */
  readonly gap: boolean
  /** The history is newer than the row, and says something else. */
  readonly contradicted: boolean
}

/** The facts of one order by system. */
export type Records = {
  readonly rows: ReadonlyMap<SystemId, RowFact>
  /** By time and sequence. */
  readonly histories: ReadonlyMap<SystemId, readonly ChangeFact[]>
  /** Spans that belong to this order alone, by system and time. */
  readonly spans: ReadonlyMap<SystemId, readonly SpanFact[]>
  /** The same spans by their place in their traces. */
  readonly tree: SpanTree
  /** Every system of the pipeline that has a row or a history, in the order of the lanes. */
  readonly now: readonly RecordNow[]
}

/** Sorts collected facts into the records of the systems. */
export function toRecords(facts: readonly Fact[], course: Course): Records {
  const rows = new Map<SystemId, RowFact>()
  const histories = new Map<SystemId, ChangeFact[]>()
  const spans = new Map<SystemId, SpanFact[]>()

  for (const fact of facts) {
    if (fact.kind === 'row') rows.set(fact.system, newerRow(rows.get(fact.system), fact, course))
    if (fact.kind === 'change') append(histories, fact)
    if (fact.kind === 'span' && !fact.shared) append(spans, fact)
  }

  const now = course.pipeline.systems.flatMap(({ id }) => {
    const record = toRecordNow(rows.get(id), histories.get(id) ?? [])
    return record ? [record] : []
  })
  const tree = toSpanTree(() => [...spans.values()].flat())
  return { rows, histories, spans, tree, now }
}

/**
 * Weighs a row against its history.
 *
 *     history  A ── B            A ── B            A ── B ── C
 *     row           B            ·······  C        ···· B ····
 *              they agree        a gap: the row    contradicted: the history
 */
function toRecordNow(
  row: RowFact | undefined,
  history: readonly ChangeFact[],
): RecordNow | undefined {
  const last = history.at(-1)
  if (!row && !last) return undefined
  if (!row || (last && last.status === row.status)) {
    return last && fromHistory(last, history, row, null)
  }
  if (last && last.at > row.at) return fromHistory(last, history, undefined, 'row-disagrees')

  const inexact = last ? (row.approximate ? 'history-gap' : null) : 'no-history'
  return {
    system: row.system,
    status: row.status,
    at: row.at,
    basis: 'row',
    approximate: inexact,
    before: last?.status ?? null,
    evidence: [row.id],
    gap: last !== undefined,
    contradicted: false,
  }
}

function fromHistory(
  last: ChangeFact,
  history: readonly ChangeFact[],
  row: RowFact | undefined,
  approximate: Approximate | null,
): RecordNow {
  const other = history.findLastIndex(({ status }) => status !== last.status)
  const stay = history.slice(other + 1)
  return {
    system: last.system,
    status: last.status,
    at: stay[0]?.at ?? last.at,
    basis: 'history',
    approximate,
    before: history[other]?.status ?? null,
    evidence: [...stay.map(({ id }) => id), ...(row ? [row.id] : [])],
    gap: false,
    contradicted: approximate !== null,
  }
}

/** A row from the system's own database counts before any other; of two, the one written last. */
function newerRow(known: RowFact | undefined, row: RowFact, course: Course): RowFact {
  if (!known) return row
  const home = `orders:${course.system(row.system)?.database}`
  const order =
    Number(row.source === home) - Number(known.source === home) ||
    row.updatedAt - known.updatedAt ||
    row.at - known.at ||
    compareText(row.id, known.id)
  return order > 0 ? row : known
}

function append<T extends { readonly system: SystemId }>(map: Map<SystemId, T[]>, fact: T): void {
  const list = map.get(fact.system)
  if (list) list.push(fact)
  else map.set(fact.system, [fact])
}

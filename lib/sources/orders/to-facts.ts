import type { z } from 'zod'
import type { ChangeFact, DeadLetterFact, Fact, RowFact } from '@/lib/journey/fact'
import type { SourceNote } from '@/lib/journey/journey'
import { type EpochMs, epochMs, type Kept, type SystemId } from '@/lib/journey/types'
import { allow } from './allow'
import type { ViewName } from './contract'
import { MAX_CHANGES } from './queries'
import {
  type ChangeRow,
  changeRow,
  type DeadLetterRow,
  deadLetterRow,
  type OrderRow,
  orderRow,
} from './schema'
import { findTraceId } from './traceparent'

/** What one snapshot of one database held about one order, unparsed. */
export type RawRows = {
  readonly orders: readonly unknown[]
  readonly changes: readonly unknown[]
  readonly deadLetters: readonly unknown[]
}

export type Speaker = {
  readonly name: string
  /** Systems whose records it holds; a row of another system is refused. */
  readonly systems: readonly SystemId[]
  /** The lane of messages that were set aside. */
  readonly broker: SystemId
}

export type ReadFacts = {
  readonly facts: readonly Fact[]
  readonly traceIds: readonly string[]
  readonly notes: readonly SourceNote[]
}

/** Turns rows into facts. A row that breaks the contract is dropped and noted; the others stand. */
export function toFacts(raw: RawRows, speaker: Speaker): ReadFacts {
  const isOurs = ({ system }: { system: SystemId }) => speaker.systems.includes(system)
  const orders = parseRows('orders', orderRow, raw.orders, isOurs)
  const changes = parseRows('status_changes', changeRow, raw.changes.slice(0, MAX_CHANGES), isOurs)
  const deadLetters = parseRows('dead_letters', deadLetterRow, raw.deadLetters)
  const newest = firstOfEachSystem(orders.rows)
  const traceIds = [...newest, ...changes.rows].flatMap(
    ({ traceparent }) => findTraceId(traceparent ?? '') ?? [],
  )

  return {
    facts: [
      ...newest.map((row) => toRowFact(row, speaker)),
      ...changes.rows.map((row) => toChangeFact(row, speaker)),
      ...deadLetters.rows.map((row) => toDeadLetterFact(row, speaker)),
    ],
    traceIds: [...new Set(traceIds)],
    notes: [
      ...orders.notes,
      ...rejected('orders', 'system', orders.rows.length - newest.length),
      ...changes.notes,
      ...deadLetters.notes,
      ...cut(raw.changes.length),
    ],
  }
}

function toRowFact(row: OrderRow, { name }: Speaker): RowFact {
  return {
    kind: 'row',
    id: `row:${name}:${row.system}`,
    source: `orders:${name}`,
    system: row.system,
    at: epochMs(row.status_changed_at ?? row.updated_at),
    channel: row.channel,
    status: row.status,
    createdAt: epochMs(row.created_at),
    updatedAt: epochMs(row.updated_at),
    takenAt: toKept(row.taken_at),
    pricingStartedAt: toKept(row.pricing_started_at),
    approximate: row.status_changed_at === undefined,
    attributes: allow(row),
  }
}

function toChangeFact(row: ChangeRow, { name }: Speaker): ChangeFact {
  return {
    kind: 'change',
    id: `change:${name}:${row.system}:${row.seq}:${row.status}:${row.changed_at}`,
    source: `orders:${name}`,
    system: row.system,
    at: epochMs(row.changed_at),
    status: row.status,
    seq: row.seq,
    sentAt: toKept(row.sent_at),
    receivedAt: toKept(row.received_at),
    attributes: allow(row),
  }
}

function toDeadLetterFact(row: DeadLetterRow, { name, broker }: Speaker): DeadLetterFact {
  return {
    kind: 'dead-letter',
    id: `dead:${name}:${row.queue}:${row.message_id ?? ''}:${row.died_at}`,
    source: `orders:${name}`,
    system: broker,
    at: epochMs(row.died_at),
    queue: row.queue,
    reason: row.reason,
    count: row.count,
    attributes: allow(row),
  }
}

const toKept = (value: number | null | undefined): Kept<EpochMs> =>
  typeof value === 'number' ? epochMs(value) : value

function parseRows<T>(
  view: ViewName,
  schema: z.ZodType<T>,
  raw: readonly unknown[],
  accepts: (row: T) => boolean = () => true,
): { rows: T[]; notes: SourceNote[] } {
  const rows: T[] = []
  const refused = new Map<string, number>()
  for (const one of raw) {
    const { data, error } = schema.safeParse(one)
    if (data && accepts(data)) rows.push(data)
    else {
      const column = String(error?.issues[0]?.path[0] ?? 'system')
      refused.set(column, (refused.get(column) ?? 0) + 1)
    }
  }
  return { rows, notes: [...refused].flatMap(([column, count]) => rejected(view, column, count)) }
}

const firstOfEachSystem = (rows: readonly OrderRow[]): OrderRow[] =>
  rows.filter((row, index) => rows.findIndex(({ system }) => system === row.system) === index)

const rejected = (view: ViewName, column: string, rows: number): SourceNote[] =>
  rows > 0 ? [{ code: 'row-rejected', values: { view, column, rows } }] : []

const cut = (found: number): SourceNote[] =>
  found > MAX_CHANGES ? [{ code: 'possibly-cut', values: { shown: MAX_CHANGES } }] : []

import type { OrderPermit, Sighting, TracePermit } from '@/lib/access/permit'
import type { Scope } from '@/lib/access/viewer'
import type { Fact, SpanFact } from '@/lib/journey/fact'
import type { SourceReport } from '@/lib/journey/journey'
import type { EpochMs } from '@/lib/journey/types'

/** What the order databases say of one order. A database that did not answer has a report and no facts. */
export type OrdersAnswer = {
  readonly facts: readonly Fact[]
  /** One per configured database. */
  readonly reports: readonly SourceReport[]
  /** Trace ids from `traceparent` columns, 32 lower-case hex digits. */
  readonly traceIds: readonly string[]
}

/** The order databases, all of them, behind one interface. */
export type OrdersSource = {
  /** Whether any database has the order within the scope. For the gate. */
  sight(orderId: string, scope: Scope): Promise<Sighting>
  /** Which of these orders exist within the scope. For the gate. */
  sightMany(
    orderIds: readonly string[],
    scope: Scope,
  ): Promise<Sighting & { readonly found: readonly string[] }>
  /** Everything kept of one order. Never throws `SourceError`: silence is in the reports. */
  read(permit: OrderPermit): Promise<OrdersAnswer>
  close(): Promise<void>
}

export type TimeWindow = { readonly from: EpochMs; readonly until: EpochMs }

/** What is known before the trace store is asked. */
export type TraceQuestion = {
  /** Known ids, 32 lower-case hex digits: fetched by id, first and in parallel. */
  readonly traceIds: readonly string[]
  /** Moments of status changes, for search windows around them. */
  readonly moments: readonly EpochMs[]
  readonly createdAt: EpochMs | null
}

export type TracesAnswer = {
  readonly facts: readonly SpanFact[]
  readonly report: SourceReport
  /** How many other orders were cut, by trace id. */
  readonly otherOrders: Readonly<Record<string, number>>
}

/** The trace store behind one interface, whatever dialect it speaks. */
export type TracesSource = {
  /** Whether any recent trace carries the order. For the gate. Throws `SourceError`. */
  sight(orderId: string): Promise<boolean>
  /** The orders on the spans of a trace; empty: no such trace, or none on it. For the gate. Throws `SourceError`. */
  ordersOn(traceId: string): Promise<readonly string[]>
  /** The spans of one order. Throws `SourceError` only when nothing at all could be read. */
  read(permit: OrderPermit, question: TraceQuestion): Promise<TracesAnswer>
  /** The orders a permitted trace carries, for the viewer who may read one of them. */
  resolve(permit: TracePermit): Promise<readonly string[]>
}

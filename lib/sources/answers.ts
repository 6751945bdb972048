import type { NumberPermit, OrderPermit, Sighting, TracePermit } from '@/lib/access/permit'
import type { Scope } from '@/lib/access/viewer'
import type { CounterFact, Fact, FileFact, QueueFact, SpanFact } from '@/lib/journey/fact'
import type { Heartbeat, Work } from '@/lib/journey/heartbeat'
import type { Same, SourceReport } from '@/lib/journey/journey'
import type { BrokerAlarm, SystemReading } from '@/lib/journey/system-reading'
import type { EpochMs } from '@/lib/journey/types'

/** What the order databases say of one order. A database that did not answer has a report and no facts. */
export type OrdersAnswer = {
  readonly facts: readonly Fact[]
  /** One per configured database. */
  readonly reports: readonly SourceReport[]
  /** Trace ids from `traceparent` columns, 32 lower-case hex digits. */
  readonly traceIds: readonly string[]
}

/** An order as its partner names it; without the partner, as any of them does. */
export type PartnerNumber = { readonly number: string; readonly partner: string | null }

/** Orders of one model at one partner, made within a window. */
export type PartnerModel = {
  readonly model: string
  readonly partner: string
  readonly made: TimeWindow
}

/** The orders with one number, each with its records and without its history. */
export type NumberedOrders = {
  readonly orders: readonly (Pick<OrdersAnswer, 'facts' | 'reports'> & {
    readonly orderId: string
  })[]
  /** Sources that gave no answer, as in `SourceReport.source`. */
  readonly silent: readonly string[]
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
  /** Whether an order within the scope has this number at its partner. For the gate. */
  sightNumber(number: string, scope: Scope): Promise<Sighting>
  /** The orders of a permitted number, as far as the viewer's scope goes. Never throws `SourceError`. */
  readNumber(permit: NumberPermit): Promise<NumberedOrders>
  /** The other orders that the partner of a permitted one calls by the same number. Never throws `SourceError`. */
  readSameNumber(permit: OrderPermit, sent: PartnerNumber): Promise<NumberedOrders>
  /** The other orders of a permitted one's model at its partner. Never throws `SourceError`. */
  readSameModel(permit: OrderPermit, of: PartnerModel): Promise<NumberedOrders>
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

/** What all sources beside the order databases say of one order. */
export type BesideAnswer = {
  readonly facts: readonly Fact[]
  /** One per source that was asked, or that should be there. */
  readonly reports: readonly SourceReport[]
  /** How many other orders were cut, by trace id. */
  readonly otherOrders: Readonly<Record<string, number>>
  /** What the services were heard doing for any order; none where no silence matters. */
  readonly heartbeats: readonly Heartbeat[]
}

/** Orders that may be one that came twice, and by what they were found. */
export type SameOrders = NumberedOrders & Pick<Same, 'by'>

/** With what is found by the number that its partner gave the order, or by its model. */
export type Beside = BesideAnswer & {
  /** Other orders of its partner that may be this one; null where nothing would tell. */
  readonly same: SameOrders | null
}

/** Of which service to hear that it does what. */
export type Listening = { readonly service: string; readonly work: Work }

/** The trace store behind one interface, whatever dialect it speaks. */
export type TracesSource = {
  /** Whether any recent trace carries the order. For the gate. Throws `SourceError`. */
  sight(orderId: string): Promise<boolean>
  /** The orders on the spans of a trace; empty: no such trace, or none on it. For the gate. Throws `SourceError`. */
  ordersOn(traceId: string): Promise<readonly string[]>
  /** The spans of one order. Throws `SourceError` only when nothing at all could be read. */
  read(permit: OrderPermit, question: TraceQuestion): Promise<TracesAnswer>
  /**
   * What these services were heard doing lately, for any order. It tells nothing of one, so no permit is asked for.
   * Never throws `SourceError`: silence is none.
   */
  hear(asked: readonly Listening[]): Promise<readonly Heartbeat[]>
  /** The orders a permitted trace carries, for the viewer who may read one of them. */
  resolve(permit: TracePermit): Promise<readonly string[]>
}

/** What the broker shows now: of its queues, never of a message in them. */
export type BrokerAnswer = {
  /** One per queue of the pipeline's hand-offs, and per queue where their messages are set aside. */
  readonly facts: readonly (QueueFact | CounterFact)[]
  readonly alarms: readonly BrokerAlarm[]
  readonly report: SourceReport
}

/** The broker's management interface. It is asked for readings of all queues at once, whoever's order it is. */
export type BrokerSource = {
  /** Throws `SourceError` only when nothing at all could be read. */
  read(): Promise<BrokerAnswer>
}

/** Where the order's file should be. */
export type FileQuestion = { readonly bucket: string; readonly key: string }

export type FilesAnswer = {
  readonly facts: readonly FileFact[]
  readonly report: SourceReport
}

/** The file storage, asked with HEAD alone. */
export type FilesSource = {
  /** Throws `SourceError` only when nothing at all could be read. */
  read(permit: OrderPermit, question: FileQuestion): Promise<FilesAnswer>
}

export type MetricsAnswer = {
  /** Readings of queues and rises of counters, for the moments that were asked for. */
  readonly facts: readonly (QueueFact | CounterFact)[]
  readonly report: SourceReport
}

export type SystemsAnswer = {
  readonly readings: readonly SystemReading[]
  readonly report: SourceReport
}

/** The metrics store. */
export type MetricsSource = {
  /** The broker's queues and counters around these moments, and now. Throws `SourceError`. */
  read(moments: readonly EpochMs[]): Promise<MetricsAnswer>
  /** How every configured service does now. Throws `SourceError`. */
  systems(): Promise<SystemsAnswer>
}

import type { Attributes, EpochMs, Kept, Status, SystemId } from './types'

/** What every fact says: which source, which system it is about, when. */
type Said = {
  /** Stable for one thing said: the same row, change or span always has the same id. */
  readonly id: string
  /** `orders:<database>`, `jaeger`, `rabbitmq`, `s3` or `prometheus`. */
  readonly source: string
  readonly system: SystemId
  readonly at: EpochMs
}

/** The current row of one system's record. `at` is when its status was entered. */
export type RowFact = Said & {
  readonly kind: 'row'
  readonly channel: string
  readonly status: Status
  readonly createdAt: EpochMs
  readonly updatedAt: EpochMs
  readonly takenAt: Kept<EpochMs>
  readonly pricingStartedAt: Kept<EpochMs>
  /** True where the view has no column for the moment its status was entered, and `updatedAt` stands in. */
  readonly approximate: boolean
  readonly attributes: Attributes
}

/** One change of one system's record. `at` is when it was written. */
export type ChangeFact = Said & {
  readonly kind: 'change'
  readonly status: Status
  readonly seq: number
  /** When this change was handed on. */
  readonly sentAt: Kept<EpochMs>
  /** When it came from another system. */
  readonly receivedAt: Kept<EpochMs>
  readonly attributes: Attributes
}

/** A message about the order that was set aside. `at` is when it died. */
export type DeadLetterFact = Said & {
  readonly kind: 'dead-letter'
  readonly queue: string
  readonly reason: string
  readonly count: number
  readonly attributes: Attributes
}

export type SpanKind = 'server' | 'client' | 'producer' | 'consumer' | 'internal' | 'unspecified'

export type SpanLink = { readonly traceId: string; readonly spanId: string }

/** An event inside a span that names what happened: a status change, an exception. */
export type SpanEvent = {
  readonly name: string
  readonly at: EpochMs
  readonly attributes: Attributes
}

/** A span that belongs to the order, or one it shares with others. `at` is its start. */
export type SpanFact = Said & {
  readonly kind: 'span'
  readonly traceId: string
  readonly spanId: string
  /** Within the same trace; null for a root. */
  readonly parentId: string | null
  readonly links: readonly SpanLink[]
  /** A configured `service.name`, else `[service]`. */
  readonly service: string
  readonly name: string
  readonly spanKind: SpanKind
  /** Milliseconds, never negative. */
  readonly duration: number
  /** Milliseconds to add to `at`, and to the times of events, for the clocks of its trace to agree: a guess, for display alone. 0: none needed. */
  readonly clockShift: number
  readonly failed: boolean
  /** Done for several orders at once: it proves nothing about this one, and carries no attributes. */
  readonly shared: boolean
  /** Its parent is named and not there: still running, late, or lost. */
  readonly orphan: boolean
  /** A consumer with neither parent nor link: the context broke here. */
  readonly contextBroken: boolean
  /** The status this span says the order entered. */
  readonly statusTo: Status | null
  readonly statusFrom: Status | null
  readonly attributes: Attributes
  /** How many attributes the allow-list dropped. */
  readonly hidden: number
  readonly events: readonly SpanEvent[]
  /** Known warnings of the trace store about this span, such as adjusted times. */
  readonly warnings: readonly string[]
}

/** What a queue showed at one moment. `null`: it was not said, which is not zero. */
export type QueueSample = {
  readonly at: EpochMs
  /** Messages that wait. */
  readonly ready: number | null
  /** Messages that were delivered and not acknowledged yet. */
  readonly unacked: number | null
  readonly consumers: number | null
  /** Running totals since the queue, or its node, began. */
  readonly published: number | null
  readonly acked: number | null
  readonly redelivered: number | null
}

/** A reading of one queue, by the broker or by the metrics. `at` is when it was read. */
export type QueueFact = Said &
  Omit<QueueSample, 'at'> & {
    readonly kind: 'queue'
    readonly queue: string
    /** `set-aside`: where messages lie that nobody could handle. */
    readonly use: 'work' | 'set-aside'
    /** When the oldest waiting message was published; null: its publisher does not say. */
    readonly headAt: EpochMs | null
    /** Earlier readings of the same queue, oldest first, as far back as anybody looked. */
    readonly history: readonly QueueSample[]
    readonly attributes: Attributes
  }

/** A counter of the broker that rose between `since` and `at`. It never names an order. */
export type CounterFact = Said & {
  readonly kind: 'counter'
  /** `unroutable` published to nowhere · `dead-lettered` set aside · `discarded` dropped and not kept. */
  readonly counter: 'unroutable' | 'dead-lettered' | 'discarded'
  /** null: the counter does not tell queues apart. */
  readonly queue: string | null
  readonly since: EpochMs
  readonly by: number
  readonly attributes: Attributes
}

/** What the file storage says of the order's file. `at` is when the file was stored, else when it was asked. */
export type FileFact = Said & {
  readonly kind: 'file'
  /** `forbidden` and `unclear` say nothing about whether it is there. */
  readonly state: 'there' | 'absent' | 'forbidden' | 'unclear'
  /** Another object of the same bucket was found within ten minutes: only then is `absent` an absence. */
  readonly proven: boolean
  readonly askedAt: EpochMs
  readonly modifiedAt: EpochMs | null
  /** Bytes. */
  readonly size: number | null
  readonly attributes: Attributes
}

export type Fact =
  | RowFact
  | ChangeFact
  | DeadLetterFact
  | SpanFact
  | QueueFact
  | CounterFact
  | FileFact

import type { EpochMs, Label, Status, SystemId } from './types'

/** How long, and on which clock: the unit decides. `ms` of the wall clock, or of business hours. */
export type Duration = { readonly clock: 'wall' | 'business'; readonly ms: number }

/** A warn and a critical duration, in force from a moment until a later one begins. */
export type Limit = {
  readonly validFrom: EpochMs
  readonly warn: Duration
  readonly critical: Duration
}

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'

/** The working week of `bh` limits. Hours are minutes after local midnight: `[540, 780]` is 09:00–13:00. */
export type Calendar = {
  readonly timeZone: string
  readonly days: readonly Weekday[]
  readonly hours: readonly (readonly [from: number, to: number])[]
  /** Local dates, `2026-01-01`. */
  readonly holidays: readonly string[]
}

export type SystemKind = 'service' | 'storage' | 'broker' | 'browser'

/** One lane, from top to bottom. */
export type SystemDef = {
  readonly id: SystemId
  readonly kind: SystemKind
  readonly label: Label
  /** The order database its rows are in. */
  readonly database?: string
  /** Shown only when it has spans. */
  readonly optional: boolean
  /** The 95th percentile of its answers above which it is slow now; milliseconds. */
  readonly latency?: { readonly warn: number; readonly critical: number }
}

export type Coverage = 'traced' | 'metrics' | 'logs' | 'db' | 'none'

/** A traced, metered or silent part of a system. */
export type Component = {
  readonly id: string
  readonly system: SystemId
  readonly coverage: Coverage
  /** `service.name` values that are this component. */
  readonly services: readonly string[]
  /** The attribute that carries the order id on this component's spans, searched first. */
  readonly idAttribute?: string
  /** Services on whose spans a storage or a broker is seen. */
  readonly seenFrom?: readonly string[]
  /** Whether a storage may be asked for one file's size and date. */
  readonly probe?: 'head' | 'off'
  /** Whether a storage may be asked for unfinished uploads. */
  readonly listUploads?: boolean
  /** Whether a broker's management API may be asked. */
  readonly managementApi?: boolean
}

export type WaitsFor = 'customer' | 'system' | 'seller' | 'operator' | 'carrier'

export type StatusDef = {
  readonly id: Status
  readonly label: Label
  /** Its place in the order of statuses; without one it is never compared with another. */
  readonly rank?: number
  readonly terminal: boolean
  /** The owning system by channel. */
  readonly owner: Readonly<Record<string, SystemId>>
  /** The chain of systems that must learn of it, by channel. */
  readonly handedTo: Readonly<Record<string, readonly SystemId[]>>
  readonly waitsFor?: WaitsFor
  /** The clock its waiting time is shown in. */
  readonly clock: 'wall' | 'business'
  readonly limits: readonly Limit[]
}

export type Transport = 'db-poll' | 'amqp' | 'http'

export type HandoffDef = {
  readonly from: SystemId
  readonly to: SystemId
  readonly transport: Transport
  /** The longest time the consumer may rightly spend on one message. */
  readonly longestOperationMs: number
  /** So many failed attempts, and a message is not tried again. */
  readonly giveUpAfter: number
  readonly limits: readonly Limit[]
  readonly exchange?: string
  readonly routingKeys?: readonly string[]
  readonly queues?: readonly string[]
  /** Where its messages lie once they are set aside. */
  readonly dlq?: readonly string[]
}

/** An operation that is known by its spans. */
export type OperationDef = {
  readonly system: SystemId
  /** The status it runs in. */
  readonly within: Status
  /** Matches the names of the spans that are the operation itself. */
  readonly spans: RegExp
}

/** An operation whose own duration is judged. */
export type LimitedOperationDef = OperationDef & { readonly limits: readonly Limit[] }

/** A part of a system whose slowness is said by itself, because it is about no order, or about one sort of caller. */
export type PartDef = {
  readonly id: 'catalogue' | 'editor' | 'partner-api'
  readonly system: SystemId
  /** Matches the names of the spans that serve it. */
  readonly spans: RegExp
}

export type ChannelDef = {
  readonly id: string
  readonly label: Label
  readonly entry: SystemId
  readonly entryService: string
  /** Matches the name of the span that submits an order. */
  readonly submit: RegExp
  /** Of whom the sentences about its orders speak. */
  readonly placedBy: 'customer' | 'partner'
  readonly orderWithoutFile: 'allowed' | 'forbidden'
  readonly path: readonly Status[]
  readonly maySkip: readonly Status[]
  /** Where a file's key is not a column: `orders/{orderId}/model.stl`. */
  readonly fileKey?: string
  readonly fileBucket?: string
}

/** One point of the checklist, such as "priced". */
export type MilestoneDef = {
  readonly id: string
  readonly label: Label
  /** The status that it takes, by channel; absent in a channel on whose way it does not lie. */
  readonly reached?: Readonly<Record<string, Status>>
  /** `record`: the owner's record is there or beyond · `file`: the order's file is known to be stored. */
  readonly proof: 'record' | 'file'
  /** Whether those to whom that status is handed must have it too. */
  readonly told: boolean
}

/** A further allowed step; `from: '*'` is any. `by` owns the entry it makes. */
export type ExtraTransition = {
  readonly name: string
  readonly from: Status | '*'
  readonly to: Status
  readonly by?: SystemId
  readonly handedTo: readonly SystemId[]
}

/** The configured model of one company, as the journey needs it. `lib/pipeline` reads it from YAML. */
export type Pipeline = {
  readonly preset?: 's0' | 's1' | 's2' | 's3' | 's4' | 'custom'
  /** Whether partners have pages of their own. */
  readonly partnerPortal?: boolean
  /** Whether signing in demands a second factor. */
  readonly requireMfa?: boolean
  readonly name: Label
  readonly environment: string
  readonly orderId: {
    readonly pattern: RegExp
    readonly canonical: 'upper' | 'lower' | 'as-is'
    /** Aliases on spans, the first present wins. */
    readonly attributes: readonly string[]
    /** One that fits the pattern, for the empty look-up box. */
    readonly example: string
  }
  readonly calendar: Calendar
  readonly defaultLocale: 'ru' | 'en'
  readonly channels: readonly ChannelDef[]
  readonly systems: readonly SystemDef[]
  readonly databases: Readonly<Record<string, { readonly copy: boolean }>>
  readonly components: readonly Component[]
  /** In order of rank; those without a rank last. */
  readonly statuses: readonly StatusDef[]
  readonly handoffs: readonly HandoffDef[]
  readonly extraTransitions: readonly ExtraTransition[]
  /** The share of failed calls above which a system fails now: 0.02 is 2 %. */
  readonly errorShare?: { readonly warn: number; readonly critical: number }
  /** The points of the checklist, in the order in which they are shown. */
  readonly milestones: readonly MilestoneDef[]
  readonly sampling: {
    readonly orderTraffic: number
    readonly retentionMs: number
    readonly ingestLagMs: number
  }
  /** From one status to another, the promise to the customer. */
  readonly promise?: {
    readonly from: Status
    readonly to: Status
    readonly limits: readonly Limit[]
  }
  readonly pricing?: LimitedOperationDef
  /** The message of the carrier by which an order ends. */
  readonly closing?: OperationDef
  readonly parts?: readonly PartDef[]
  /** Two orders of one partner that are made so close together, in milliseconds, may be one that came twice. */
  readonly sameOrderWithinMs: number
  /** An order's file is needed until the order enters this status. */
  readonly fileNeededUntil?: Status
  /** What the allow-list's `set(…)` validators accept. */
  readonly names: {
    readonly services: readonly string[]
    readonly queues: readonly string[]
    readonly exchanges: readonly string[]
    readonly routingKeys: readonly string[]
    /** Names of business spans, and events, that may be shown as they are. */
    readonly operations: readonly RegExp[]
  }
}

// Long because every shape of a journey stands beside the others.
import type { Fact } from './fact'
import type { Finding, Verdict } from './finding'
import type { Heartbeat } from './heartbeat'
import type { Located } from './located'
import type { Coverage, Duration, SystemKind, Transport, WaitsFor } from './pipeline'
import type { EpochMs, Level, Status, SystemId } from './types'

/** `ok` answered in full · `stale` answered with old data · `partial` answered in part · `missing` no answer. */
export type SourceState = 'ok' | 'stale' | 'partial' | 'missing' | 'not-configured'

/** What one source answered this time. `reason` is a closed code with a text in the catalogues. */
export type SourceReport = {
  /** `orders:<database>`, `jaeger`, `rabbitmq`, `s3` or `prometheus`. */
  readonly source: string
  readonly state: SourceState
  readonly reason: string | null
  /** The moment its data shows: now for a primary, the replay time of a standby; null: unknown. */
  readonly asOf: EpochMs | null
  readonly askedAt: EpochMs
  /** How long it took, in milliseconds. */
  readonly tookMs: number
  /** Systems whose records this source holds; those of the traced components for a trace store. */
  readonly systems: readonly SystemId[]
  /** False where it keeps no status history. */
  readonly keepsHistory?: boolean
  /** Columns of the contract it does not keep, as `orders.taken_at`; a view that is not there by its name. */
  readonly notKept?: readonly string[]
  /** What a trace search did not cover, or cut: closed codes with their parameters. */
  readonly notes?: readonly SourceNote[]
}

/** `code` has a text in the catalogues; `values` are its parameters (names and numbers, never data). */
export type SourceNote = {
  readonly code:
    | 'possibly-cut'
    | 'not-searched'
    | 'foreign-environment'
    | 'other-orders-cut'
    | 'trace-gone'
    | 'first-spans-only'
    | 'service-failed'
    | 'unfiltered-search'
    | 'clock-adjusted'
    | 'history-missing'
    | 'row-rejected'
    | 'refused-login'
    | 'refused-tag'
    | 'refused-vhost'
    | 'refused-right'
    | 'broker-unread'
    | 'vhost-missing'
    | 'statistics-off'
    | 'node-down'
    | 'queue-missing'
    | 'queue-unread'
    | 'figures-missing'
    | 'figures-rejected'
    | 'figures-old'
  readonly values: Readonly<Record<string, string | number>>
}

/** Everything the sources said about one order, in any order and any number of times. */
export type Gathered = {
  readonly orderId: string
  readonly facts: readonly Fact[]
  readonly sources: readonly SourceReport[]
  /** Traces whose other orders were cut: how many, by trace id. */
  readonly otherOrders: Readonly<Record<string, number>>
  /** Other orders of its partner that may be this one; null where nothing would tell. */
  readonly same: Same | null
  /** What the services were heard doing for any order; without it the absence of a span proves nothing. */
  readonly heartbeats?: readonly Heartbeat[]
}

export type Same = {
  /** What they share with it: the partner's own number, or the model where there is none. */
  readonly by: 'number' | 'model'
  readonly orders: readonly Pick<Gathered, 'orderId' | 'facts'>[]
  /** Sources that could not say, as in `SourceReport.source`. */
  readonly silent: readonly string[]
}

/** Another live order that its partner sent at nearly the same time, under the same number or of the same model. */
export type Duplicate = {
  readonly orderId: string
  readonly status: Status
  readonly createdAt: EpochMs
  /** By its number it is confirmed, by its model likely. */
  readonly certainty: 'confirmed' | 'likely'
}

export type BlindSpot = {
  readonly code:
    | 'source-missing'
    | 'source-stale'
    | 'source-partial'
    | 'not-traced'
    | 'no-spans'
    | 'history-missing'
    | 'history-gap'
    | 'context-broken'
    | 'past-retention'
    | 'sampled'
    | 'only-traces'
    | 'unknown-status'
    | 'not-kept'
    | 'foreign-environment'
    | 'two-records'
    | 'two-channels'
    | 'duplicates-unseen'
  readonly source: string | null
  readonly system: SystemId | null
  readonly values: Readonly<Record<string, string | number>>
}

/** Why a figure is not exact. */
export type Approximate =
  | 'no-history'
  | 'history-gap'
  | 'copy'
  | 'stale'
  | 'from-spans'
  | 'row-disagrees'

/** The limits that judged one stay, as durations and as the moments they fall on. */
export type JudgedLimit = {
  readonly warn: Duration
  readonly critical: Duration
  readonly warnAt: EpochMs
  /** Never before one business day after `warnAt` where the two run on different clocks. */
  readonly criticalAt: EpochMs
}

/** The stay of one order in one status. */
export type Stage = {
  readonly status: Status
  /** False where the pipeline does not know the status. */
  readonly known: boolean
  readonly system: SystemId
  readonly entered: EpochMs
  /** null: still there. */
  readonly left: EpochMs | null
  /** Wall-clock milliseconds, never negative. */
  readonly dwell: number
  /** Milliseconds on the business calendar; null where the calendar plays no part. */
  readonly businessDwell: number | null
  /** The clock the wait is shown in. */
  readonly clock: 'wall' | 'business'
  readonly limit: JudgedLimit | null
  /** Today's limit where it differs from the one that judged a past stage. */
  readonly limitToday: JudgedLimit | null
  readonly level: Level
  readonly approximate: Approximate | null
  readonly waitsFor: WaitsFor | null
  /** Ids of the facts it rests on. */
  readonly evidence: readonly string[]
}

/** A status that comes next, for the way still ahead. */
export type ComingStage = { readonly status: Status; readonly system: SystemId }

/** When a status still ahead is due, reckoned from the limits of what stands before it. */
export type ExpectedStage = ComingStage & {
  /** When it is entered if every stay before it ends with its plan. */
  readonly planned: EpochMs
  /** When it is entered at the latest. */
  readonly from: EpochMs
  /** When it is left at the latest; `from` where it has no limit, as the last one. */
  readonly until: EpochMs
  /** Its own limit, judged from `from`. */
  readonly limit: JudgedLimit | null
  /** `limits-from-now`: the present stay is past its limit, so the rest is reckoned from now. */
  readonly restsOn: 'limits' | 'limits-from-now'
}

/** An order passing from one system to the next. */
export type Handoff = {
  readonly from: SystemId
  readonly to: SystemId
  readonly status: Status
  readonly transport: Transport
  /** When `from` entered the status, or the system before handed it over. */
  readonly started: EpochMs
  /** When `from` says it sent it on; null: not yet, or not kept. */
  readonly sent: EpochMs | null
  /** When `to` shows it; null: not seen there. */
  readonly arrived: EpochMs | null
  /** From `started` (or from when `to` fell back behind it) to `arrived`, or to now; milliseconds, never negative. */
  readonly wait: number
  readonly limit: JudgedLimit | null
  readonly level: Level
  /** `saved` seen at `to` · `open` not there, on fresh data · `unseen` cannot be judged · `closed` overtaken. */
  readonly state: 'saved' | 'open' | 'unseen' | 'closed'
  /** The source that cannot be trusted for an absence, where `unseen`. */
  readonly because: string | null
  /** Where its message is; null: not asked, because it arrived or was overtaken and is not the last one. */
  readonly located: Located | null
  readonly evidence: readonly string[]
}

/** One lane of the timeline. */
export type Lane = {
  readonly system: SystemId
  readonly kind: SystemKind
  /** The best coverage of its components; `none` without components. */
  readonly coverage: Coverage
  readonly optional: boolean
  /** What this lane is drawn from: nothing is `unseen`. */
  readonly drawnFrom: readonly ('traces' | 'database')[]
  /** Stays of this system's own record, for an untraced lane. */
  readonly factIds: readonly string[]
}

/** One trace of the order, without its spans. */
export type TraceSummary = {
  readonly traceId: string
  readonly started: EpochMs
  readonly ended: EpochMs
  readonly rootService: string
  readonly rootName: string
  readonly services: readonly string[]
  readonly spanCount: number
  readonly sharedCount: number
  readonly errorCount: number
  readonly orphanCount: number
  readonly contextBroken: boolean
  /** Why spans seem to be missing in it; null: none do. Only `not-arrived` is worth waiting for. */
  readonly gap: 'not-arrived' | 'past-retention' | 'not-traced' | 'sampled' | 'lost' | null
  /** Orders of others in this trace, cut by the adapter. */
  readonly otherOrders: number
  /** Ids of traces of this order that its spans link to, or that link to it. */
  readonly linkedTraceIds: readonly string[]
}

/** Two records, or a record and its history, that say different things. */
export type Disagreement = {
  /**
   * `gap` a copy never showed what its owner did, and shows more now · `never-consumed` a message was sent in time,
   * and nobody is seen to have taken it.
   */
  readonly code: 'behind' | 'ahead' | 'row-and-history' | 'after-end' | 'gap' | 'never-consumed'
  /** Who is right by the pipeline: the owner of the status. */
  readonly owner: SystemId
  readonly ownerStatus: Status
  readonly other: SystemId
  readonly otherStatus: Status
  readonly since: EpochMs
  /** False while a side is stale: then nothing is concluded from it. */
  readonly fresh: boolean
  /** Whose record to believe; null: nobody's, while a side is stale. */
  readonly believe: SystemId | null
  /** `owner` it sets the status · `history` a history is written at the moment of a change · `record` what is not in it has not come. */
  readonly why: 'owner' | 'history' | 'record' | 'not-fresh'
  readonly evidence: readonly string[]
}

export type Turn = WaitsFor | 'nobody' | 'unknown'

/** Why a point of the checklist is not done. Each has a text in the catalogues. */
export type MilestoneReason =
  | 'handoff-open'
  | 'handoff-unseen'
  | 'source-missing'
  | 'source-stale'
  | 'source-partial'
  | 'age-unknown'
  | 'unknown-status'
  | 'unknown-channel'
  | 'only-traces'
  | 'no-record'
  | 'not-kept'
  | 'not-asked'
  | 'no-file'
  | 'file-absent'
  | 'file-differs'
  | 'ended'
  | 'channel'

/** One point of the checklist. Nothing is done because nothing spoke against it. */
export type Milestone = {
  readonly id: string
  /** `not-seen`: it may be so, and nothing that answered tells · `not-on-path`: it will not come. */
  readonly state: 'done' | 'not-yet' | 'not-seen' | 'not-on-path'
  /** When it was done; null: not done, or nobody wrote down when. */
  readonly at: EpochMs | null
  readonly approximate: Approximate | null
  readonly because: MilestoneReason | null
  /** The source that cannot be trusted for an absence, where `not-seen`. */
  readonly source: string | null
  /** Whose record it is, or who was not told. */
  readonly system: SystemId | null
  readonly evidence: readonly string[]
}

/** Where the order is now. */
export type Current = {
  readonly status: Status
  readonly known: boolean
  readonly system: SystemId
  readonly since: EpochMs
  readonly approximate: Approximate | null
  readonly terminal: boolean
  readonly turn: Turn
  /** Never better than if every source could be trusted. */
  readonly level: Level
  /** Index of its stage in `stages`. */
  readonly stage: number
  /** The system whose record shows the status, where it is a copy because `system` cannot be asked. */
  readonly copyOf: SystemId | null
}

/** Everything known of one order. */
export type Journey = {
  readonly orderId: string
  readonly channel: string | null
  /** Whom an answer about it is for. */
  readonly placedBy: 'customer' | 'partner'
  readonly now: EpochMs
  /** null: no source says a status. */
  readonly current: Current | null
  /** Why it is where it is; null: nothing is known that could be judged. */
  readonly verdict: Verdict | null
  /** What else was found, the most pressing first. */
  readonly findings: readonly Finding[]
  readonly stages: readonly Stage[]
  readonly coming: readonly ComingStage[]
  /** Those of `coming` whose time the limits bound; the first ones of it, in its order. */
  readonly expected: readonly ExpectedStage[]
  readonly handoffs: readonly Handoff[]
  /** In the order of the pipeline; none where it has no milestones. */
  readonly checklist: readonly Milestone[]
  readonly lanes: readonly Lane[]
  readonly traces: readonly TraceSummary[]
  readonly disagreements: readonly Disagreement[]
  /** The oldest first; none where this order itself has ended. */
  readonly duplicates: readonly Duplicate[]
  readonly blindSpots: readonly BlindSpot[]
  readonly sources: readonly SourceReport[]
  /** Sorted by time, source rank, sequence and id; each once. */
  readonly facts: readonly Fact[]
  /** The promise to the customer, where it has begun. */
  readonly promise: {
    readonly started: EpochMs
    readonly limit: JudgedLimit
    readonly level: Level
    readonly kept: EpochMs | null
  } | null
}

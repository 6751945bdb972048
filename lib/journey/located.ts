import type { EpochMs, SystemId } from './types'

/** Where the message of a hand-off is. `unknown`: nothing else can be shown. */
export type Place =
  | 'not-sent'
  | 'in-queue'
  | 'being-handled'
  | 'set-aside'
  | 'handled-not-saved'
  | 'saved'
  | 'unknown'

/** How sure that is. `likely`: one source, or one that does not name the order. */
export type Certainty = 'confirmed' | 'likely' | 'cannot-tell'

/** What would make a place surer. Each has a text in the catalogues. */
export type PlaceBlindSpot = {
  readonly code:
    | 'record-not-fresh'
    | 'mark-not-kept'
    | 'not-traced'
    | 'traces-not-complete'
    | 'sampled'
    | 'past-retention'
    | 'too-early'
    | 'no-limit'
    | 'no-heartbeat'
    | 'at-work'
    | 'queue-not-read'
    | 'reading-too-young'
    | 'one-reading'
    | 'count-unknown'
    | 'counters-not-read'
    | 'nothing-shows'
  /** Which source would tell; null: none could. */
  readonly source: string | null
  /** Whose part it is; null: no system's in particular. */
  readonly system: SystemId | null
}

/** One try of a receiver at a message. A redelivery is a new one; the newest decides. */
export type Attempt = {
  readonly began: EpochMs
  /** null: not seen to have ended. */
  readonly ended: EpochMs | null
  readonly failed: boolean
  /** A write without error was seen within it. */
  readonly wrote: boolean
  /** The receiver's own record says that it began. */
  readonly marked: boolean
  readonly evidence: readonly string[]
}

/**
 * `dead` nobody takes from it · `stuck` nothing leaves it · `growing` more comes than leaves · `busy` somebody has a
 * message in hand · `waiting` messages wait and nobody has one in hand at this moment · `idle` nothing in it.
 */
export type QueueState = 'dead' | 'stuck' | 'growing' | 'busy' | 'waiting' | 'idle' | 'unknown'

/** What the queue of a hand-off shows. `null`: it was not said, which is not zero. */
export type QueueSeen = {
  readonly name: string
  readonly source: string
  readonly state: QueueState
  readonly readAt: EpochMs
  readonly ready: number | null
  readonly unacked: number | null
  readonly consumers: number | null
  /** When the oldest waiting message was published. */
  readonly headAt: EpochMs | null
  /** How many were published after ours: at least, and at most. */
  readonly after: { readonly least: number; readonly most: number } | null
}

/** Where the message of one hand-off is, by the first row of the table that held. */
export type Located = {
  readonly place: Place
  readonly case: 'set-back' | 'dead-lettered' | 'discarded' | 'unroutable' | null
  readonly certainty: Certainty
  /** The number of the row, 1 to 18. */
  readonly row: number
  readonly sent: EpochMs | null
  /** Since when it is there; null: unknown. */
  readonly since: EpochMs | null
  /** Oldest first. */
  readonly attempts: readonly Attempt[]
  /** null: no queue lies between the two, or nobody read it. */
  readonly queue: QueueSeen | null
  /** None where it is confirmed. */
  readonly blindSpots: readonly PlaceBlindSpot[]
  /** Ids of the facts it rests on. */
  readonly evidence: readonly string[]
}

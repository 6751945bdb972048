import { type Entry, SKEW_MS } from './find-entries'
import type { HandoffDef } from './pipeline'
import { type EpochMs, epochMs, type SystemId } from './types'

/** One step of a change on its way: the change, and the two systems it passes between. */
export type Hop = {
  readonly entry: Entry
  readonly from: SystemId
  readonly to: SystemId
  readonly def: HandoffDef
  readonly started: EpochMs
  /** When `from` entered its next status, so that what it sends is of that one; null: it has not. */
  readonly next: EpochMs | null
  /** The systems after `to` that must learn of it too. */
  readonly beyond: readonly SystemId[]
  /** `from` went back by this change: only what was entered since shows it. */
  readonly backward: boolean
  /** `from` has since gone back behind this change. */
  readonly undone: boolean
  /** When the change was overtaken, so that nobody need learn of it any more; null: it was not. */
  readonly closedAt: EpochMs | null
}

/** Only what was said from here on can be of this hop. */
export const sinceOf = ({ entry }: Hop): EpochMs => epochMs(entry.at - SKEW_MS)

import type { Located } from './located'
import type { EpochMs, Level, Status, SystemId } from './types'

/** The cases of each finding. Each has its texts in the catalogues. */
export const CASES = {
  'FP-01': ['not-saved', 'only-traces'],
  'FP-02': ['lost', 'lost-priced', 'damaged', 'damaged-priced', 'upload-failed', 'unreadable'],
  'FP-03': ['not-taken', 'taking-failed', 'not-sent-on'],
  'FP-04': ['waiting', 'news-waiting'],
  'FP-05': ['dead-lettered', 'discarded', 'unroutable', 'news-set-aside', 'loop'],
  'FP-06': [
    'late-start',
    'longer',
    'hung',
    'slow-or-hung',
    'failed',
    'interrupted',
    'ended-unsaved',
    'not-begun',
    'no-price-yet',
  ],
  'FP-07': ['mismatch'],
  'FP-08': ['mismatch'],
  'FP-09': ['customer', 'seller', 'operator', 'operator-in-work', 'carrier'],
  'FP-10': [
    'not-replicated',
    'released',
    'set-back',
    'set-back-approval',
    'closing-failed',
    'never-closed',
  ],
  'FP-11': ['file', 'replaced', 'transition', 'copy-ahead'],
  'FP-13': ['missing', 'duplicates'],
  'FP-14': ['source-missing', 'source-stale', 'not-traced', 'unclear'],
} as const

export type FindingId = keyof typeof CASES
export type FindingCase = { readonly [Id in FindingId]: (typeof CASES)[Id][number] }
type AnyCase = FindingCase[FindingId]

/** For whoever must know them at run time. */
export const FINDING_IDS = Object.keys(CASES) as readonly FindingId[]
export const FINDING_CASES: readonly AnyCase[] = [...new Set(Object.values(CASES).flat())]

/** Why an order that is on time is where it is. Each has a text in the catalogues. */
export const ON_TRACK = [
  'customer',
  'under-way',
  'placed',
  'seller',
  'operator',
  'operator-in-work',
  'carrier',
  'ended',
  'not-seen',
  'busy',
  'normal',
  'taken',
] as const

export type OnTrackCase = (typeof ON_TRACK)[number]

/** What the sentence of a finding names. Moments, never ages: a sentence told later is the same sentence. */
export type FindingValues = {
  readonly from?: SystemId
  readonly to?: SystemId
  readonly system?: SystemId
  readonly status?: Status
  /** What another record shows. */
  readonly other?: Status
  readonly since?: EpochMs
  /** When the oldest message that waits was sent. */
  readonly oldest?: EpochMs
  /** How long it had waited before, in milliseconds. */
  readonly waited?: number
  readonly count?: number
  readonly source?: string
  readonly sources?: readonly string[]
}

/** Why two records say different things: where the message between them is. */
export type Because = {
  readonly place: Exclude<Located['place'], 'saved' | 'unknown'>
  readonly case: Located['case']
  /** Whose part it is. */
  readonly system: SystemId
  readonly certainty: 'confirmed' | 'likely'
}

/** What one rule found, without a sentence. */
export type Finding = {
  readonly id: FindingId
  readonly case: AnyCase
  readonly certainty: 'confirmed' | 'likely' | 'cannot-tell'
  readonly level: Level
  readonly values: FindingValues
  readonly because: Because | null
  /** What its queue does that nobody works off. */
  readonly also: 'no-consumer' | 'stuck' | null
  /** Ids of the facts it rests on. */
  readonly evidence: readonly string[]
}

/** What explains an order that is on time; `id` is the rule that says so, null where its status alone does. */
export type OnTrack = {
  readonly id: FindingId | null
  readonly case: OnTrackCase
  readonly certainty: 'confirmed' | 'likely' | null
  readonly values: FindingValues
  readonly evidence: readonly string[]
}

/** The answer to "why is this order where it is". */
export type Verdict = { readonly level: Level } & (
  | ({ readonly kind: 'finding' } & Finding)
  | ({ readonly kind: 'on-track' } & OnTrack)
  | {
      readonly kind: 'unknown-status'
      readonly certainty: 'cannot-tell'
      readonly values: FindingValues
      readonly evidence: readonly string[]
    }
)

import type {
  ChangeFact,
  CounterFact,
  DeadLetterFact,
  FileFact,
  QueueFact,
  RowFact,
  SpanEvent,
  SpanFact,
} from './fact'
import type { Journey, SourceReport } from './journey'
import type { EpochMs } from './types'

/** Attribute names and values as one viewer may see them. */
type Visible = { readonly attributes: Readonly<Record<string, string>> }

type Seen<F> = Omit<F, 'attributes'> & Visible

export type SpanEventView = Seen<SpanEvent>
export type RowFactView = Seen<RowFact>
export type ChangeFactView = Seen<ChangeFact>
export type DeadLetterFactView = Seen<DeadLetterFact>
export type SpanFactView = Omit<SpanFact, 'attributes' | 'events'> &
  Visible & { readonly events: readonly SpanEventView[] }

/** For whoever may know no more than how full it is, figures are null and there is no history. */
export type QueueFactView = Seen<QueueFact>
export type CounterFactView = Seen<CounterFact>
/** For whoever may know no more than whether it is there, size and time are null. */
export type FileFactView = Seen<FileFact>

export type FactView =
  | RowFactView
  | ChangeFactView
  | DeadLetterFactView
  | SpanFactView
  | QueueFactView
  | CounterFactView
  | FileFactView

/** A journey as one viewer may see it: the one shape of HTML, RSC, JSON and event streams. */
export type JourneyView = Omit<Journey, 'facts'> & {
  readonly facts: readonly FactView[]
  /** True where spans exist and this viewer may not see them one by one. */
  readonly spansWithheld: boolean
  /** False while the traces are still being read: then spans and their blind spots are not in yet. */
  readonly complete: boolean
  /** What more this viewer may be told of the verdict. */
  readonly mayRead: { readonly devops: boolean; readonly customerText: boolean }
  /** A template of the trace store's own page, `{traceId}` in it; null where there is none for this viewer. */
  readonly traceUrl: string | null
}

/** How old each part of a view is at a later moment, while nothing else has changed. */
export type Ages = {
  readonly now: EpochMs
  readonly sources: readonly Pick<SourceReport, 'source' | 'asOf' | 'askedAt' | 'tookMs'>[]
}

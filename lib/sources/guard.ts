import type { EpochMs } from '@/lib/journey/types'

/**
 * What stands in front of one source: at most `inFlight` calls at once, a bounded queue behind them, one
 * flight per key shared by all who ask while it runs and for `shareMs` after, and a breaker.
 */
export type Guard = {
  /** Runs `work` unless the same key is in the air or has just landed. Refusals are `SourceError`: busy, open. */
  run<T>(key: string, work: () => Promise<T>): Promise<T>
  /** `open` while the breaker refuses. */
  state(): 'closed' | 'open' | 'probing'
  /** Since when every call has failed for the source's own fault; null: the last one was answered, or none was made. */
  silentSince(): EpochMs | null
}

import type { EpochMs } from './types'

/** The kinds of work by which an order passes on: taking it from a table, sending, consuming, answering a call. */
export type Work = 'take' | 'publish' | 'consume' | 'serve'

/** A span of one service that belonged to some order, of which no more is told than what it did, and when. */
export type Heartbeat = {
  readonly service: string
  readonly work: Work
  /** The exchange or queue it was on; null: of no matter, or not said. */
  readonly where: string | null
  /** The name of the span, as the names of all spans are shown. */
  readonly name: string
  /** Which process of the service, see `process-of.ts`; null: it does not say. */
  readonly process: string | null
  readonly at: EpochMs
}

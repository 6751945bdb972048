/** What goes wrong with one message of one system: `skipped` it is never sent · `error` sending fails. */
export type SendingFault = 'skipped' | 'error' | 'unroutable'

/**
 * How often handling a message fails, and what becomes of it becomes: `ok` the next try saves it · `aside` it is kept
 * where nobody works · `unkept` it is dropped · `acked` it is taken for handled.
 */
export type HandlingFault = {
  readonly fails: number
  readonly becomes: 'ok' | 'aside' | 'unkept' | 'acked'
}

export type PricingFault =
  | { readonly kind: 'error' | 'unreadable' | 'hangs' | 'unsaved' | 'not-begun' | 'times-out' }
  | { readonly kind: 'cut'; readonly afterMs: number; readonly becomes: 'again' | 'lost' }

/** What goes wrong. Keys of messages are `system STATUS`: who sends it, or who handles it, and what it is about. */
export type Faults = {
  readonly create?: 'error' | 'refused'
  readonly submit?: 'error' | 'error-then-ok' | 'refused'
  readonly upload?: 'error' | 'error-then-ok'
  readonly poller?: { readonly stops: number; readonly resumes?: number }
  readonly take?: 'skips' | 'fails'
  readonly sending?: Readonly<Record<string, SendingFault>>
  readonly consumers?: readonly {
    readonly queue: string
    readonly down: number
    readonly up?: number
  }[]
  /** From then on whoever handles a message of this queue never finishes with it. */
  readonly stuck?: { readonly queue: string; readonly from: number }
  readonly handling?: Readonly<Record<string, HandlingFault | 'unsaved'>>
  readonly pricing?: PricingFault
  /** The carrier's message comes, and the order is not closed. */
  readonly closing?: 'unsaved'
  /** A message that was handled is handled once more. */
  readonly again?: { readonly system: string; readonly status: string; readonly at: number }
  readonly byHand?: readonly {
    readonly system: string
    readonly status: string
    readonly at: number
  }[]
  readonly file?: {
    readonly lostAt?: number
    readonly stored?: { readonly at: number; readonly size: number; readonly etag: string }
  }
}

/** What people do, and how long after they can. Whoever is not named does nothing. */
export type People = {
  readonly approve?: number
  readonly start?: number
  readonly release?: number
  readonly startAgain?: number
  readonly complete?: number
  readonly pack?: number
  readonly ship?: number
  readonly close?: number
}

/** One order as it is to be lived through. */
export type Plan = {
  readonly seed: number
  readonly channel: 'shop' | 'partner'
  readonly placedAt: number
  readonly hasFile: boolean
  readonly pricingMs: number
  readonly people: People
  readonly faults: Faults
  /** Other orders an hour, and how long a price of theirs takes. */
  readonly traffic: { readonly perHour: number; readonly longestMs: number; readonly from?: number }
  /** Orders of others that are sent to production right before ours. */
  readonly ahead?: readonly number[]
  /** The same right after ours. */
  readonly behind?: readonly number[]
  readonly context: 'parent' | 'link' | 'none'
  /** Whether every span of production names the order, or the outer ones alone. */
  readonly ownIds: boolean
  /** How far the clock of each service is wrong. */
  readonly skew: Readonly<Record<string, number>>
  /** The same order sent again by its partner, so much later. */
  readonly twins?: readonly { readonly after: number; readonly status: string }[]
  /** Whether the record names the file before it is there. */
  readonly earlyKey?: boolean
  /** A status of the company's own, such as an order that is cancelled in the sales system. */
  readonly cancelAt?: number
  readonly until: number
}

import { z } from 'zod'
import type { EpochMs } from '@/lib/journey/types'

/** The order id of an address, as it was typed; `toOrderId` brings it to its canonical form. */
export const orderParams = z.object({ orderId: z.string().trim().min(1).max(200) })

/** What the look-up box sends: an order id, a trace id, a partner's number, or nothing yet. */
export const lookupQuery = z.object({ q: z.string().max(500).optional() })

/** One of several orders that a look-up may mean. */
export type Candidate = {
  readonly orderId: string
  readonly channel: string | null
  /** The partner's id, where the viewer may see it. */
  readonly partner: string | null
  readonly createdAt: EpochMs | null
  /** null: no record says one. */
  readonly current: { readonly status: string; readonly since: EpochMs } | null
}

/** What one source said when it was asked for an order that was not found. */
export type AskedSource = {
  /** `orders:<database>` or `jaeger`. */
  readonly source: string
  readonly answer: 'unknown-there' | 'silent' | 'not-asked'
  /** Since when it has not answered; null: not known. */
  readonly since: EpochMs | null
  readonly at: EpochMs
}

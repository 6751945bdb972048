import { z } from 'zod'

/** The order id of an address, as it was typed; `toOrderId` brings it to its canonical form. */
export const orderParams = z.object({ orderId: z.string().trim().min(1).max(200) })

/** What the look-up box sends: an order id, a trace id, or nothing yet. */
export const lookupQuery = z.object({ q: z.string().max(500).optional() })

import 'server-only'
import { z } from 'zod'
import { orderParams } from '@/lib/contract/order'
import { toOrderId } from '@/lib/pipeline/order-id'
import { sources } from '@/lib/sources/wiring'

/** The order id of an address in its canonical form: one order, one id in the audit, however it was typed. */
export const orderInput = orderParams.transform((params, context) => {
  const orderId = toOrderId(params.orderId, sources().pipeline)
  if (orderId) return { ...params, orderId }

  context.addIssue({ code: 'custom', path: ['orderId'], message: 'Not an order number' })
  return z.NEVER
})

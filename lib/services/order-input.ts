import 'server-only'
import { z } from 'zod'
import { followQuery } from '@/lib/contract/follow'
import { orderParams } from '@/lib/contract/order'
import { toOrderId } from '@/lib/pipeline/order-id'
import { sources } from '@/lib/sources/wiring'

/** The order id of an address in its canonical form: one order, one id in the audit, however it was typed. */
export const orderInput = orderParams.transform(withCanonicalId)

/** The same for its stream of events. */
export const followInput = followQuery.transform(withCanonicalId)

function withCanonicalId<Input extends { readonly orderId: string }>(
  input: Input,
  context: z.RefinementCtx,
): Input {
  const orderId = toOrderId(input.orderId, sources().pipeline)
  if (orderId) return { ...input, orderId }

  context.addIssue({ code: 'custom', path: ['orderId'], message: 'Not an order number' })
  return z.NEVER
}

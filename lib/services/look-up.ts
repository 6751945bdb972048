import 'server-only'
import { isAppError, type NotFoundError } from '@/lib/errors'
import { toOrderId, toTraceId } from '@/lib/pipeline/order-id'
import { recordEvent } from '@/lib/store/audit/record'
import type { Context } from './context'

/** Where a look-up leads: one order, several that one trace carries, or nowhere. */
export type LookUp =
  | { readonly kind: 'order'; readonly orderId: string }
  | { readonly kind: 'candidates'; readonly traceId: string; readonly orderIds: readonly string[] }
  | {
      readonly kind: 'unknown' | 'invalid'
      readonly text: string
      /** Sources that could not be asked. */
      readonly silent: readonly string[]
    }

/**
 * Reads what was typed: an order id leads to its page, which asks the gate itself; a trace id is resolved to
 * the orders on its spans that this viewer may read.
 */
export async function lookUp(context: Context, text: string): Promise<LookUp> {
  const orderId = toOrderId(text, context.pipeline)
  if (orderId) return { kind: 'order', orderId }

  const traceId = toTraceId(text)
  if (!traceId) {
    await recordInvalid(context)
    return { kind: 'invalid', text, silent: [] }
  }
  try {
    return toLookUp(traceId, await resolveTrace(context, traceId))
  } catch (error) {
    if (!isNotFound(error)) throw error
    return { kind: 'unknown', text: traceId, silent: error.silent }
  }
}

function toLookUp(traceId: string, orderIds: readonly string[]): LookUp {
  const [only] = orderIds
  return only && orderIds.length === 1
    ? { kind: 'order', orderId: only }
    : { kind: 'candidates', traceId, orderIds }
}

async function resolveTrace(context: Context, traceId: string): Promise<readonly string[]> {
  const { viewer, request, traces, orders } = context
  const permit = await context.permit(viewer, request, 'order.resolve', {
    type: 'trace',
    id: traceId,
  })
  const carried = (await traces?.resolve(permit)) ?? []
  const { partner, channel } = viewer.scope
  if (partner === undefined && channel === undefined) return carried
  return (await orders.sightMany(carried, viewer.scope)).found
}

/** A refusal that the gate never sees, because there is nothing to ask it about. */
const recordInvalid = ({ viewer, request }: Context): Promise<void> =>
  recordEvent({
    action: 'order.lookup',
    request,
    viewer,
    decision: 'deny',
    reason: 'invalid-input',
    status: 400,
  })

const isNotFound = (error: unknown): error is NotFoundError =>
  isAppError(error) && error.code === 'not-found'

import 'server-only'
import type { Candidate } from '@/lib/contract/order'
import { isAppError, type NotFoundError } from '@/lib/errors'
import { toOrderId, toPartnerNumber, toTraceId } from '@/lib/pipeline/order-id'
import { recordEvent } from '@/lib/store/audit/record'
import type { Context } from './context'
import { toCandidate } from './to-candidate'

/** Where a look-up leads: one order, several that one trace carries or one number names, or nowhere. */
export type LookUp =
  | { readonly kind: 'order'; readonly orderId: string }
  | { readonly kind: 'candidates'; readonly traceId: string; readonly orderIds: readonly string[] }
  | {
      readonly kind: 'numbered'
      readonly number: string
      readonly candidates: readonly Candidate[]
      /** Sources that could not say whether there are more. */
      readonly silent: readonly string[]
    }
  | {
      readonly kind: 'unknown' | 'invalid'
      readonly text: string
      /** Sources that could not be asked. */
      readonly silent: readonly string[]
    }

/**
 * Reads what was typed: an order id leads to its page, which asks the gate itself; a trace id is resolved to
 * the orders on its spans that this viewer may read, a partner's number to those that bear it.
 */
export async function lookUp(context: Context, text: string): Promise<LookUp> {
  const orderId = toOrderId(text, context.pipeline)
  if (orderId) return { kind: 'order', orderId }

  const traceId = toTraceId(text)
  const number = traceId ? null : toPartnerNumber(text)
  try {
    if (traceId) return toLookUp(traceId, await resolveTrace(context, traceId))
    if (number) return toNumbered(number, await resolveNumber(context, number))
  } catch (error) {
    if (!isNotFound(error)) throw error
    return { kind: 'unknown', text: traceId ?? number ?? text, silent: error.silent }
  }
  await recordInvalid(context)
  return { kind: 'invalid', text, silent: [] }
}

/** One order only where every database said so. */
function toNumbered(number: string, { candidates, silent }: Numbered): LookUp {
  const [only] = candidates
  return only && candidates.length === 1 && silent.length === 0
    ? { kind: 'order', orderId: only.orderId }
    : { kind: 'numbered', number, candidates, silent }
}

function toLookUp(traceId: string, orderIds: readonly string[]): LookUp {
  const [only] = orderIds
  return only && orderIds.length === 1
    ? { kind: 'order', orderId: only }
    : { kind: 'candidates', traceId, orderIds }
}

type Numbered = {
  readonly candidates: readonly Candidate[]
  readonly silent: readonly string[]
}

async function resolveNumber(context: Context, number: string): Promise<Numbered> {
  const { viewer, request, orders, pipeline } = context
  const permit = await context.permit(viewer, request, 'order.resolve', {
    type: 'partner-number',
    id: number,
  })
  const found = await orders.readNumber(permit)
  return {
    // What is no order id of this company has no page to lead to.
    candidates: found.orders
      .filter(({ orderId }) => toOrderId(orderId, pipeline) === orderId)
      .map((order) => toCandidate(order, context)),
    silent: found.silent,
  }
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

import 'server-only'
import type { Action } from '@/lib/access/policy'
import { type Projected, project } from '@/lib/access/project'
import { buildJourney } from '@/lib/journey/build-journey'
import type { Gathered } from '@/lib/journey/journey'
import type { JourneyView } from '@/lib/journey/journey-view'
import { rememberOrder } from '@/lib/store/recent-orders'
import type { Context } from './context'
import { gatherBeside } from './gather-beside'
import { readSameOrder } from './read-same-order'
import { toGathered } from './to-gathered'

/** One order for one viewer, in the two halves in which it arrives. Both come of the same permit. */
export type OpenedJourney = {
  /** From the order databases alone, within their time limit. */
  readonly early: () => Promise<Projected<JourneyView>>
  /** With everything else: traces, queues, the file, counters. */
  readonly complete: () => Promise<Projected<JourneyView>>
}

/**
 * Opens one order: the gate decides and writes its row, then the databases are read, then all other sources at once.
 *
 *     permit ── databases ──┬── orders of the same number ── early
 *                           └── the others ────────────────── complete
 *
 * Throws what the gate throws; a silent source is a blind spot of the journey, never an error.
 */
export async function openJourney(
  context: Context,
  action: Extract<Action, 'journey.view' | 'journey.json'>,
  orderId: string,
): Promise<OpenedJourney> {
  const { viewer, request, orders, pipeline, now, hashKey, traceUrl, policy } = context
  const permit = await context.permit(viewer, request, action, { type: 'order', id: orderId })

  const view = (gathered: Omit<Gathered, 'orderId'>, complete: boolean) =>
    project(buildJourney({ orderId, ...gathered }, pipeline, now()), viewer, {
      hashKey,
      traceUrl,
      complete,
      policy,
    })

  const rows = orders.read(permit)
  if (!request.background) await rememberOrder(permit) // While the databases are being read.
  const sameOrder = rows.then((answer) => readSameOrder(orders, permit, answer, pipeline))
  return {
    async early() {
      const { facts, reports } = await rows
      return view({ facts, sources: reports, otherOrders: {}, same: await sameOrder }, false)
    },
    async complete() {
      const answer = await rows
      const beside = await gatherBeside(context, permit, answer)
      return view(toGathered(answer, { ...beside, same: await sameOrder }), true)
    },
  }
}

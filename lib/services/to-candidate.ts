import 'server-only'
import { project } from '@/lib/access/project'
import type { Candidate } from '@/lib/contract/order'
import { buildJourney } from '@/lib/journey/build-journey'
import { epochMs } from '@/lib/journey/types'
import type { NumberedOrders } from '@/lib/sources/answers'
import type { Context } from './context'

/** What tells an order from others, as the viewer may see it: what its records say, without its history. */
export function toCandidate(
  { orderId, facts, reports }: NumberedOrders['orders'][number],
  { viewer, pipeline, hashKey, policy, now }: Context,
): Candidate {
  const gathered = { orderId, facts, sources: reports, otherOrders: {}, same: null }
  const view = project(buildJourney(gathered, pipeline, now()), viewer, {
    ...{ hashKey, policy, traceUrl: null, complete: true },
  })
  const made = facts.flatMap((fact) => (fact.kind === 'row' ? [fact.createdAt] : []))
  const { channel, current } = view
  return {
    orderId,
    channel,
    partner: view.facts.find(hasPartner)?.attributes.partner_id ?? null,
    createdAt: made.length > 0 ? epochMs(Math.min(...made)) : null,
    current: current && { status: current.status, since: current.since },
  }
}

const hasPartner = ({ attributes }: { readonly attributes: Readonly<Record<string, string>> }) =>
  attributes.partner_id !== undefined

import { NotFoundError } from '@/lib/errors'
import { definePublicRoute } from '@/lib/http/define-public-route'
import { findUnreadiness } from '@/lib/http/find-unreadiness'
import { readinessAskers } from '@/lib/http/readiness-askers'

export const dynamic = 'force-dynamic'

/** Whether a balancer may send people here: the store, an audit sink, not draining. For whom the operator names. */
export const GET = definePublicRoute(async (_request, { clientAddress }) => {
  if (!clientAddress || !readinessAskers().has(clientAddress))
    throw new NotFoundError('No such address')
  const reason = await findUnreadiness()
  return new Response(reason ?? 'ready', { status: reason ? 503 : 200 })
})

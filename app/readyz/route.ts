import { NotFoundError } from '@/lib/errors'
import { definePublicRoute } from '@/lib/http/define-public-route'
import { findUnreadiness } from '@/lib/http/find-unreadiness'

export const dynamic = 'force-dynamic'

/** Whether a balancer may send people here: the store, an audit sink, not draining. For loopback alone. */
export const GET = definePublicRoute(async (_request, { clientAddress }) => {
  if (!/^(127\.|::1$)/.test(clientAddress ?? '')) throw new NotFoundError('No such address')
  const reason = await findUnreadiness()
  return new Response(reason ?? 'ready', { status: reason ? 503 : 200 })
})

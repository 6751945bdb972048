import { endProviderSessions } from '@/lib/auth/end-provider-sessions'
import { definePublicRoute } from '@/lib/http/define-public-route'

export const dynamic = 'force-dynamic'

/** The provider signs a session out: it proves itself by a token, so there is no Origin to check. */
export const POST = definePublicRoute(async (request, info) => {
  const form = new URLSearchParams(await request.text())
  await endProviderSessions(form.get('logout_token') ?? '', info)
  return new Response(null, { status: 200 })
})

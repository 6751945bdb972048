import { cookies } from 'next/headers'
import { requireAppOrigin } from '@/lib/auth/require-app-origin'
import { findSessionId, toDeletions } from '@/lib/auth/session-cookie'
import { signOut } from '@/lib/auth/sign-out'
import { definePublicRoute } from '@/lib/http/define-public-route'

export const dynamic = 'force-dynamic'

/** Ends the session that asks, here first and then at the provider. */
export const POST = definePublicRoute(async (request, info) => {
  requireAppOrigin(request)
  const carried = (await cookies()).getAll()
  const location = await signOut(await findSessionId(carried), info)

  // What the browser keeps of our pages goes, too: the back button shows the sign-in page.
  const headers = new Headers({ location, 'clear-site-data': '"cache"' })
  for (const deletion of toDeletions(carried)) headers.append('set-cookie', deletion)
  return new Response(null, { status: 303, headers })
})

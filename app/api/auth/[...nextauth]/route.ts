import { cookies } from 'next/headers'
import { getLocale } from 'next-intl/server'
import type { Reply } from '@/lib/auth/ask-next-auth'
import { beginSignIn } from '@/lib/auth/begin-sign-in'
import { finishSignIn } from '@/lib/auth/finish-sign-in'
import { recordLoginFailure } from '@/lib/auth/record-login-failure'
import { requireAppOrigin } from '@/lib/auth/require-app-origin'
import { toFailedSignIn } from '@/lib/auth/to-failed-sign-in'
import { isAppError, NotFoundError } from '@/lib/errors'
import { definePublicRoute } from '@/lib/http/define-public-route'
import { toReturnTo } from '@/lib/http/return-to'
import { logError } from '@/lib/log-error'

export const dynamic = 'force-dynamic'

/** `POST /api/auth/signin/oidc`, from our own sign-in page. */
export const POST = definePublicRoute(async (request) => {
  requirePath(request, '/api/auth/signin/oidc')
  requireAppOrigin(request)
  const form = new URLSearchParams(await request.text())
  const locale = await getLocale()
  const reply = await orFailed(() => beginSignIn(toReturnTo(form.get('returnTo')), locale))
  return toResponse(reply)
})

/** `GET /api/auth/callback/oidc`, from the provider. */
export const GET = definePublicRoute(async (request, info) => {
  requirePath(request, '/api/auth/callback/oidc')
  const query = new URL(request.url).searchParams
  const carried = (await cookies()).getAll()
  const reply = await orFailed(() => finishSignIn({ query, cookies: carried }))
  if (!reply.ok) await recordLoginFailure(info, reply.failure ?? 'callback')
  return toResponse(reply)
})

function requirePath(request: Request, path: string): void {
  if (new URL(request.url).pathname !== path) throw new NotFoundError('No such address')
}

/** A provider that does not answer is a sentence on the sign-in page. */
async function orFailed(step: () => Promise<Reply>): Promise<Reply> {
  try {
    return await step()
  } catch (error) {
    if (!isAppError(error)) throw error
    logError(error)
    return {
      ok: false,
      location: null,
      setCookies: [],
      failure: error.code === 'source' ? 'provider' : 'callback',
    }
  }
}

function toResponse({ ok, location, setCookies, failure = 'callback' }: Reply): Response {
  const headers = { location: ok && location ? location : toFailedSignIn(failure) }
  const response = new Response(null, { status: 303, headers })
  for (const cookie of setCookies) response.headers.append('set-cookie', cookie)
  return response
}

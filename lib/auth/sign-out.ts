import 'server-only'
import type { RequestInfo } from '@/lib/access/viewer'
import { readEnv } from '@/lib/env'
import { isAppError } from '@/lib/errors'
import { logError } from '@/lib/log-error'
import { recordEvent } from '@/lib/store/audit/record'
import { endSession, findStandingSession } from '@/lib/store/sessions'
import { loadProvider } from './provider'
import { unsealText } from './seal'

/** Ends a session, and says where the browser signs out at the provider; `/signin` where the provider has no such place. */
export async function signOut(sessionId: string | null, request: RequestInfo): Promise<string> {
  const { nextAuthSecret } = readEnv()
  const session = sessionId && (await findStandingSession(sessionId))
  const ended = sessionId ? await endSession(sessionId) : null
  if (session) {
    const { id, issuer, subject, name, roles, scope } = session
    const viewer = { issuer, subject, name, roles, scope, sessionId: id }
    const done = { decision: 'allow', reason: null, status: 303 } as const
    await recordEvent({ action: 'logout', request, viewer, ...done })
  }
  const sealed = ended?.idTokenSealed
  return findEndSessionUrl(sealed ? unsealText(sealed, nextAuthSecret) : null)
}

async function findEndSessionUrl(idToken: string | null): Promise<string> {
  const { oidc, baseUrl } = readEnv()
  const endpoint = await findEndpoint(oidc.issuer)
  if (!endpoint) return '/signin'

  const url = new URL(endpoint)
  url.searchParams.set('client_id', oidc.clientId)
  url.searchParams.set('post_logout_redirect_uri', `${baseUrl.origin}/`)
  if (idToken) url.searchParams.set('id_token_hint', idToken)
  return url.href
}

/** Signing out here does not wait for a provider that is down. */
async function findEndpoint(issuer: URL): Promise<string | null> {
  try {
    return (await loadProvider(issuer)).endSessionEndpoint
  } catch (error) {
    if (!isAppError(error)) throw error
    logError(error)
    return null
  }
}

import 'server-only'
import { cookies, headers } from 'next/headers'
import { readEnv } from '@/lib/env'
import { UnauthenticatedError } from '@/lib/errors'
import { toRequestInfo } from '@/lib/http/request-info'
import { epochMs } from '@/lib/journey/types'
import { recordEvent } from '@/lib/store/audit/record'
import { endOlderSession, openSession } from '@/lib/store/sessions'
import { lacksFactor } from './lacks-factor'
import { readClaims } from './read-claims'
import { sealText } from './seal'
import { findSessionId } from './session-cookie'
import { toRights } from './to-rights'

/**
 * Opens the session of a verified sign-in, ends the one it replaces, and writes the sign-in down.
 * Throws where a second factor is missing, the claims cannot be read, or no audit sink takes the row.
 *
 *   claims ─▶ rights ─▶ row in the store ─▶ audit ─▶ the cookie gets the row's id
 */
export async function openSessionOf(profile: unknown, idToken: string): Promise<string> {
  const { oidc, nextAuthSecret } = readEnv()
  const claims = readClaims(profile, epochMs(Date.now()))
  const { iss, sub, sid, name = null, amr = [], acr = null, authTime } = claims
  if (lacksFactor({ amr, acr })) throw new UnauthenticatedError('A second factor is missing')

  const { roles, scope, problem } = toRights(claims, oidc.rolesClaim, oidc.roleMap)
  const older = await findSessionId((await cookies()).getAll())
  const sessionId = await openSession({
    issuer: iss,
    subject: sub,
    name,
    roles,
    scope,
    amr,
    acr,
    authTime,
    idpSid: sid ?? null,
    idTokenSealed: sealText(idToken, nextAuthSecret),
  })
  if (older) await endOlderSession(older)

  await recordEvent({
    action: problem ? 'login_refused' : 'login',
    request: toRequestInfo(await headers()),
    viewer: { issuer: iss, subject: sub, name, roles, scope, sessionId },
    decision: problem ? 'deny' : 'allow',
    reason: problem,
    status: 302,
  })
  return sessionId
}

import 'server-only'
import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose'
import type { RequestInfo } from '@/lib/access/viewer'
import { readEnv } from '@/lib/env'
import { InvalidInputError } from '@/lib/errors'
import { recordEvent } from '@/lib/store/audit/record'
import { endSessionsOf } from '@/lib/store/sessions'
import { loadProvider } from './provider'
import { createSeenTokens } from './seen-tokens'
import { verifyLogoutToken } from './verify-logout-token'

// On globalThis, so that keys are fetched, and tokens remembered, once per process.
const held = globalThis as {
  oidcKeys?: { readonly uri: string; readonly keys: JWTVerifyGetKey }
  seenLogoutTokens?: (jti: string) => boolean
}

/** Ends every session that a provider's logout token names. Throws `invalid-input` for a token that is none, or spent. */
export async function endProviderSessions(token: string, request: RequestInfo): Promise<void> {
  const { oidc } = readEnv()
  const { issuer, jwksUri } = await loadProvider(oidc.issuer)
  const { jti, ...named } = await verifyLogoutToken(token, {
    keys: keysAt(jwksUri),
    issuer,
    audience: oidc.clientId,
    now: new Date(),
  })
  held.seenLogoutTokens ??= createSeenTokens(Date.now)
  if (!held.seenLogoutTokens(jti)) throw new InvalidInputError('logout_token', 'Seen before')

  await endSessionsOf(named)
  const done = { decision: 'allow', reason: 'provider', status: 200 } as const
  const viewer = named.subject ? { viewer: { issuer, subject: named.subject } } : {}
  await recordEvent({ action: 'logout', request, ...viewer, ...done })
}

function keysAt(uri: string): JWTVerifyGetKey {
  if (held.oidcKeys?.uri !== uri)
    held.oidcKeys = { uri, keys: createRemoteJWKSet(new URL(uri), { timeoutDuration: 5_000 }) }
  return held.oidcKeys.keys
}

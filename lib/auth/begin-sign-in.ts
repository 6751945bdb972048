import 'server-only'
import crypto from 'node:crypto'
import { readEnv } from '@/lib/env'
import { askNextAuth, type Reply } from './ask-next-auth'
import { PROVIDER_ID, toAuthOptions } from './auth-options'
import { loadProvider } from './provider'

/** Sends the browser to the provider, with state, nonce and code verifier in cookies. `returnTo` is a path of ours. */
export async function beginSignIn(returnTo: string, locale: string): Promise<Reply> {
  const { oidc, baseUrl, nextAuthSecret } = readEnv()
  const provider = await loadProvider(oidc.issuer)

  // The caller has checked the Origin, which a page without scripts can pass; next-auth wants its own proof.
  const csrfToken = crypto.randomBytes(32).toString('hex')
  const proof = crypto.createHash('sha256').update(`${csrfToken}${nextAuthSecret}`).digest('hex')
  const isSecure = baseUrl.protocol === 'https:'
  const reply = await askNextAuth(toAuthOptions(provider, locale), {
    method: 'POST',
    action: 'signin',
    providerId: PROVIDER_ID,
    body: { csrfToken, callbackUrl: `${baseUrl.origin}${returnTo}` },
    cookies: { [`${isSecure ? '__Host-' : ''}next-auth.csrf-token`]: `${csrfToken}|${proof}` },
  })
  // Anywhere on our own site is its word for a failure.
  return { ...reply, ok: reply.ok && !reply.location?.startsWith(`${baseUrl.origin}/`) }
}

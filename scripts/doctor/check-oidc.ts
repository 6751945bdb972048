import { z } from 'zod'
import { type Finding, missing, ok, toMessage, warn } from './finding'

const discovery = z.object({
  issuer: z.string().max(2_000),
  authorization_endpoint: z.url().max(2_000),
  token_endpoint: z.url().max(2_000),
  jwks_uri: z.url().max(2_000),
  end_session_endpoint: z.url().max(2_000).optional(),
})

/** Whether the identity provider can be discovered, and is who it should be. */
export async function checkOidc(
  issuer: URL,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<Finding[]> {
  const address = `${issuer.href.replace(/\/$/, '')}/.well-known/openid-configuration`
  let found: unknown
  try {
    const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(4_000) })
    if (!response.ok)
      return [
        missing(
          'oidc',
          `${address} answers ${response.status}`,
          'OIDC_ISSUER: as the provider itself states it',
        ),
      ]
    found = await response.json()
  } catch (error) {
    return [
      missing(
        'oidc',
        `${address}: ${toMessage(error)}`,
        'is it reachable from here? An own CA: NODE_EXTRA_CA_CERTS=/path/ca.pem',
      ),
    ]
  }

  const { data, error } = discovery.safeParse(found)
  if (error)
    return [missing('oidc', `${address}: ${z.prettifyError(error)}`, 'is this an OpenID provider?')]
  if (!isSame(data.issuer, issuer))
    return [missing('oidc', `it calls itself ${data.issuer}`, `OIDC_ISSUER=${data.issuer}`)]
  return [
    ok('oidc', data.issuer),
    ...(data.end_session_endpoint
      ? []
      : [
          warn(
            'oidc: sign-out',
            'the provider has no end_session_endpoint: who signs out here stays signed in there',
            'enable RP-initiated logout at the provider',
          ),
        ]),
  ]
}

/** As text, but for the slash that `URL` adds to a bare origin. */
const isSame = (stated: string, configured: URL): boolean =>
  stated === configured.href || `${stated}/` === configured.href

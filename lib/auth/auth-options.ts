import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import { readEnv } from '@/lib/env'
import { logError } from '@/lib/log-error'
import { demandsFactor, lacksFactor } from './lacks-factor'
import { openSessionOf } from './open-session-of'
import type { Provider } from './provider'
import { toFailedSignIn } from './to-failed-sign-in'

const SESSION_SECONDS = 8 * 3_600

/** The one provider's name, as it stands in the callback address. */
export const PROVIDER_ID = 'oidc'

/** next-auth's part: the OpenID Connect flow, and a cookie that carries a session's id and nothing that changes. */
export function toAuthOptions(provider: Provider, locale?: string): NextAuthOptions {
  const { oidc, nextAuthSecret, baseUrl } = readEnv()
  return {
    secret: nextAuthSecret,
    useSecureCookies: baseUrl.protocol === 'https:',
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/signin', error: '/signin' },
    providers: [
      {
        id: PROVIDER_ID,
        name: 'OpenID Connect',
        type: 'oauth',
        issuer: provider.issuer,
        clientId: oidc.clientId,
        clientSecret: oidc.clientSecret,
        client: {
          token_endpoint_auth_method: 'client_secret_basic',
          id_token_signed_response_alg: 'RS256', // a discovery document may offer weaker ones
        },
        authorization: {
          url: provider.authorizationEndpoint,
          params: {
            scope: withoutOfflineAccess(oidc.scopes),
            ...(locale ? { ui_locales: locale } : {}),
            // A wish, which a provider may ignore: what its token says is what counts.
            ...(demandsFactor() && oidc.mfaAcr.length > 0
              ? { acr_values: oidc.mfaAcr.join(' ') }
              : {}),
          },
        },
        token: { url: provider.tokenEndpoint },
        jwks_endpoint: provider.jwksUri,
        idToken: true,
        checks: ['pkce', 'state', 'nonce'],
        profile: (claims: { sub: string; name?: string }) => ({
          id: claims.sub,
          name: claims.name ?? null,
        }),
      },
    ],
    callbacks: {
      signIn({ profile }) {
        const claims: Readonly<Record<string, unknown>> = { ...profile }
        return lacksFactor(claims) ? toFailedSignIn('factor') : true
      },
      async jwt({ account, profile, token }) {
        if (!account) return token
        return { sessionId: await openSessionOf(profile, account.id_token ?? '') }
      },
    },
    logger: {
      error: (code, metadata) => logError(toCause(metadata), { where: `next-auth ${code}` }),
      warn: () => {},
      debug: () => {},
    },
  }
}

/** The provider is never asked again between sign-ins: a token that could would only be one to lose. */
const withoutOfflineAccess = (scopes: string) =>
  scopes
    .split(/\s+/)
    .filter((scope) => scope !== 'offline_access')
    .join(' ')

const toCause = (metadata: unknown): unknown =>
  typeof metadata === 'object' && metadata !== null && 'error' in metadata
    ? metadata.error
    : metadata

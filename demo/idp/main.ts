import crypto from 'node:crypto'
import { env } from 'node:process'
import Provider from 'oidc-provider'
import type { Context } from './context'
import { createInteraction } from './interaction'
import { notePage, signOutPage } from './pages'
import { PEOPLE } from './people'
import { loadSecrets } from './secrets'
import { findLocale } from './texts'

const port = Number(env.IDP_PORT ?? 4300)
const app = new URL(env.BASE_URL ?? 'http://127.0.0.1:4200').origin
const secrets = loadSecrets(env.DATA_DIR ?? '.data')
const issuer = `http://127.0.0.1:${port}`

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: env.OIDC_CLIENT_ID ?? 'order-journey',
      client_secret: secrets.clientSecret,
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: [`${app}/api/auth/callback/oidc`],
      post_logout_redirect_uris: [`${app}/`],
      backchannel_logout_uri: `${app}/api/backchannel-logout`,
      backchannel_logout_session_required: true, // the logout token names the session
    },
  ],
  jwks: { keys: [secrets.signingKey] },
  cookies: { keys: [secrets.cookieKey] },
  pkce: { required: () => true },
  scopes: ['openid', 'profile', 'groups'],
  claims: {
    openid: ['sub', 'acr', 'amr', 'auth_time', 'sid'],
    profile: ['name'],
    groups: ['groups'],
  },
  acrValues: ['urn:mfa', 'urn:pwd'],
  conformIdTokenClaims: false, // the claims of the scopes are in the ID token, too
  clientDefaults: { require_auth_time: true },
  findAccount: (_context: unknown, sub: string) => {
    const person = PEOPLE.find(({ login }) => login === sub)
    const claims = person && { sub, name: person.name, groups: person.groups }
    return claims && { accountId: sub, claims: () => claims }
  },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource },
  },
  renderError,
  interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
  // It refuses to call loopback, where the app is; without its dispatcher it does not. For the demo alone.
  fetch: (url: string, { dispatcher: _, ...options }: RequestInit & { dispatcher?: unknown }) =>
    globalThis.fetch(url, options),
  ttl: { AccessToken: 600, IdToken: 3_600, Session: 86_400, Grant: 86_400, Interaction: 3_600 },
})

for (const event of ['server_error', 'grant.error', 'authorization.error', 'backchannel.error']) {
  provider.on(event, (_context, error) =>
    process.stderr.write(`[idp] ${event}: ${error.message}\n`),
  )
}
provider.use(createInteraction(provider, secrets, app))
const server = provider.listen(port, '127.0.0.1', () =>
  process.stdout.write(`Identity provider ready on ${issuer}\n`),
)
server.once('error', (error: NodeJS.ErrnoException) => {
  const taken = `Port ${port} is taken: end what listens there, or choose another with IDP_PORT`
  process.stderr.write(`${error.code === 'EADDRINUSE' ? taken : error.message}\n`)
  process.exit(1)
})
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0))

async function logoutSource(context: Context, form: string): Promise<void> {
  const nonce = crypto.randomBytes(16).toString('base64')
  context.body = signOutPage(localeOf(context), form, nonce)
}

async function postLogoutSuccessSource(context: Context): Promise<void> {
  context.body = notePage(localeOf(context), 'left', app)
}

async function renderError(context: Context): Promise<void> {
  context.type = 'html'
  context.body = notePage(localeOf(context), 'broken', app)
}

function localeOf({ oidc, headers }: Context) {
  return findLocale(oidc?.params?.ui_locales, headers['accept-language'])
}

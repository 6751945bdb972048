import 'server-only'
import { z } from 'zod'
import { SourceError } from '@/lib/errors'

const TIMEOUT_MS = 5_000
const FRESH_MS = 10 * 60_000

const address = z.url().max(2_000)
const discovery = z.object({
  issuer: z.string().max(2_000),
  authorization_endpoint: address,
  token_endpoint: address,
  jwks_uri: address,
  end_session_endpoint: address.optional(),
})

/** Where the identity provider does what, as it says itself. */
export type Provider = {
  /** To the letter, as tokens carry it. */
  readonly issuer: string
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly jwksUri: string
  readonly endSessionEndpoint: string | null
}

type Asking = { readonly fetch: typeof fetch; readonly now: () => number }

// On globalThis: pages and routes have copies of their own of this module.
const held = globalThis as {
  oidcProvider?: { readonly provider: Provider; readonly readAt: number; readonly asked: string }
}

/** Reads the discovery document, at most every ten minutes. Throws `SourceError` where it cannot be had or believed. */
export async function loadProvider(
  issuer: URL,
  { fetch, now }: Asking = { fetch: globalThis.fetch, now: Date.now },
): Promise<Provider> {
  const known = held.oidcProvider
  if (known?.asked === issuer.href && now() - known.readAt < FRESH_MS) return known.provider

  const provider = toProvider(issuer, await readDiscovery(issuer, fetch))
  held.oidcProvider = { provider, readAt: now(), asked: issuer.href }
  return provider
}

async function readDiscovery(issuer: URL, ask: typeof fetch): Promise<unknown> {
  const url = `${issuer.href.replace(/\/$/, '')}/.well-known/openid-configuration`
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  try {
    const reply = await ask(url, { signal, redirect: 'error' })
    if (!reply.ok) throw new SourceError('oidc', 'rejected')
    return await reply.json()
  } catch (error) {
    throw new SourceError('oidc', signal.aborted ? 'timeout' : 'unreachable', error)
  }
}

/** Another issuer's document, or keys over a weaker line than the issuer's own, are not believed. */
export function toProvider(issuer: URL, document: unknown): Provider {
  const parsed = discovery.safeParse(document)
  if (!parsed.success) throw new SourceError('oidc', 'malformed', parsed.error)

  const { data } = parsed
  const endpoints = [data.authorization_endpoint, data.token_endpoint, data.jwks_uri]
  const isSafe = (url: string) => [issuer.protocol, 'https:'].includes(new URL(url).protocol)
  if (![issuer.href, issuer.href.replace(/\/$/, '')].includes(data.issuer))
    throw new SourceError('oidc', 'malformed', new Error('The document is of another issuer'))
  if (![...endpoints, data.end_session_endpoint ?? data.jwks_uri].every(isSafe))
    throw new SourceError('oidc', 'malformed', new Error('An endpoint without TLS'))
  return {
    issuer: data.issuer,
    authorizationEndpoint: data.authorization_endpoint,
    tokenEndpoint: data.token_endpoint,
    jwksUri: data.jwks_uri,
    endSessionEndpoint: data.end_session_endpoint ?? null,
  }
}

import 'server-only'
import { readEnv } from '@/lib/env'
import { toReturnTo } from '@/lib/http/return-to'
import { askNextAuth, type Reply } from './ask-next-auth'
import { PROVIDER_ID, toAuthOptions } from './auth-options'
import { loadProvider } from './provider'
import { toFailedSignIn } from './to-failed-sign-in'

/** What a provider may send back with the browser. */
const PARAMETERS = ['code', 'state', 'iss', 'session_state', 'error', 'error_description']
const COOKIES = /^(__Secure-|__Host-)?next-auth\.(state|nonce|pkce\.code_verifier|callback-url)$/

type Callback = {
  readonly query: URLSearchParams
  readonly cookies: readonly { readonly name: string; readonly value: string }[]
}

/** Whether the sign-in stands, and what the browser gets. A callback that is no answer to a question of ours never does. */
export async function finishSignIn({ query, cookies }: Callback): Promise<Reply> {
  const { oidc, baseUrl } = readEnv()
  if (!cookies.some(({ name }) => name.endsWith('next-auth.state'))) return NO_REPLY
  const reply = await askNextAuth(toAuthOptions(await loadProvider(oidc.issuer)), {
    method: 'GET',
    action: 'callback',
    providerId: PROVIDER_ID,
    query: Object.fromEntries(
      PARAMETERS.flatMap((name) => {
        const [value, ...others] = query.getAll(name)
        return value === undefined || others.length > 0 ? [] : [[name, value]]
      }),
    ),
    cookies: Object.fromEntries(
      cookies
        .filter(({ name, value }) => COOKIES.test(name) && isOwn(name, value, baseUrl))
        .map(({ name, value }) => [name, value]),
    ),
  })
  const ok = reply.setCookies.some((cookie) => /session-token(\.0)?=[^;]/.test(cookie))
  const location = reply.location?.startsWith(`${baseUrl.origin}/`)
    ? toReturnTo(reply.location.slice(baseUrl.origin.length))
    : toReturnTo(reply.location)
  const failure = reply.location?.endsWith(toFailedSignIn('factor')) ? 'factor' : 'callback'
  return { ...reply, ok, location, failure, setCookies: reply.setCookies.filter(isNeeded) }
}

/** Its proof against forged forms is ours to give, and given. */
const isNeeded = (cookie: string) => !/^(__Host-)?next-auth\.csrf-token=/.test(cookie)

/** Nobody asked: there is nothing to hold the answer against. */
const NO_REPLY: Reply = { ok: false, location: null, setCookies: [] }

/** Of a foreign address in the cookie next-auth makes an empty 500. */
const isOwn = (name: string, value: string, baseUrl: URL) =>
  !name.endsWith('callback-url') || value.startsWith(`${baseUrl.origin}/`)

import 'server-only'
import { readFileSync } from 'node:fs'
import { Agent, fetch, type RequestInit as OwnInit } from 'undici'
import type { Fetch } from './fetch-json'

export type TlsSettings = {
  /** The only origin that is asked, and that sees the headers. */
  readonly baseUrl: URL
  /** PEM files: an own CA, a client certificate and its key. */
  readonly caFile?: string | undefined
  readonly certFile?: string | undefined
  readonly keyFile?: string | undefined
  /** The name the certificate must carry, where the address is another. */
  readonly serverName?: string | undefined
  readonly connectTimeoutMs?: number | undefined
  readonly bearer?: string | undefined
  /** `user:password`. */
  readonly basic?: string | undefined
  /** Tenant and proxy headers. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Plain HTTP is refused without it, loopback included. */
  readonly allowInsecure?: boolean | undefined
}

/** A `fetch` with the TLS settings and headers of one source. Throws at start: plain HTTP without leave, a file that is not there. */
export function createFetch(settings: TlsSettings): Fetch {
  const { baseUrl, allowInsecure = false } = settings
  if (baseUrl.protocol !== 'https:' && !allowInsecure)
    throw new Error(`${baseUrl.origin} is not https: allow it explicitly, or use https`)

  const dispatcher = createDispatcher(settings)
  const own = Object.entries(headersOf(settings))
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (url.origin !== baseUrl.origin) throw new TypeError(`Refused to ask ${url.origin}`)

    const headers = new Headers(init?.headers)
    for (const [name, value] of own) headers.set(name, value)
    // Not the global one: Next wraps it for a cache that no source may have, and each call would pay for it.
    const answer = await fetch(url, { ...(init as OwnInit), headers: [...headers], dispatcher })
    return answer as unknown as Response // The same class by another name.
  }
}

const createDispatcher = ({
  caFile,
  certFile,
  keyFile,
  serverName,
  connectTimeoutMs = 500,
}: TlsSettings): Agent =>
  new Agent({
    connect: {
      timeout: connectTimeoutMs,
      ...(caFile && { ca: readFileSync(caFile) }),
      ...(certFile && { cert: readFileSync(certFile) }),
      ...(keyFile && { key: readFileSync(keyFile) }),
      ...(serverName && { servername: serverName }),
    },
  })

const headersOf = ({ bearer, basic, headers }: TlsSettings): Record<string, string> => ({
  ...(basic && { authorization: `Basic ${Buffer.from(basic).toString('base64')}` }),
  ...(bearer && { authorization: `Bearer ${bearer}` }),
  ...headers,
})

import http, { type IncomingHttpHeaders } from 'node:http'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { encode } from 'next-auth/jwt'
import { createBrowser } from '@/demo/browser'
import { findPerson } from '@/demo/idp/people'
import { BASE_URL, PASSWORDS, query, SECRETS } from './demo'

export type Answer = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** From the first byte out to the last byte in. */
  readonly ms: number
}

export type Question = {
  readonly method?: string
  readonly cookie?: string
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: string
  /** Our own address on loopback: the product counts connections and refusals per client. */
  readonly from?: string
  /** Another front door than the demo's. */
  readonly at?: string
}

/** Asks once, on a connection of its own; the path goes out as it is written here. */
export function ask(path: string, question: Question = {}): Promise<Answer> {
  const { method = 'GET', cookie, headers, body, from, at = BASE_URL } = question
  const { hostname, port } = new URL(at)
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        ...{ hostname, port, path, method, agent: false },
        ...(from && { localAddress: from }),
        headers: {
          ...(cookie && { cookie }),
          ...(body !== undefined && { 'content-length': `${Buffer.byteLength(body)}` }),
          ...(headers as http.OutgoingHttpHeaders),
        },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
            ms: performance.now() - began,
          }),
        )
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

/** Asks until every source has answered, five times at most: of a busy machine one may have been too slow. */
export async function askWhole(path: string, question: Question = {}): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    const answer = await ask(path, question)
    if (!SILENT.test(answer.text) || tries === 5) return answer
    await sleep(3_000) // What is known of an order is shared for five seconds, and so is a silence.
  }
}

const SILENT = /"silent":|\\?"state\\?":\\?"missing\\?"|<li class="level-breach /

/** Asks for a page's RSC payload as Next's client does: it adds the query that Next demands. */
export async function askRsc(path: string, question: Question = {}): Promise<Answer> {
  const headers = { ...question.headers, rsc: '1' }
  const first = await ask(path, { ...question, headers })
  const { location } = first.headers
  return first.status === 307 && location?.includes('_rsc')
    ? ask(location, { ...question, headers })
    : first
}

/** Sends bytes as they are and answers what came back until the other side hung up, or `waitMs` went by. */
export function sendBytes(bytes: string, from = '127.0.0.1', waitMs = 10_000): Promise<string> {
  const { hostname: host, port } = new URL(BASE_URL)
  return new Promise((resolve) => {
    const socket = net.connect({ host, port: Number(port), localAddress: from })
    let text = ''
    const end = () => {
      clearTimeout(timer)
      socket.destroy()
      resolve(text)
    }
    const timer = setTimeout(end, waitMs)
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('close', end).on('error', end)
    socket.on('connect', () => socket.write(bytes))
  })
}

/** `POST` of a form from one of our own pages. */
export const form = (
  fields: Readonly<Record<string, string>>,
  question: Question = {},
): Question => ({
  ...question,
  method: 'POST',
  body: new URLSearchParams(fields).toString(),
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    origin: question.at ?? BASE_URL,
    ...question.headers,
  },
})

const SESSION = /next-auth\.session-token=/

/** The session cookie of somebody with that role, or `none`, by the real code flow. */
export async function signIn(role: string): Promise<string> {
  const login = findPerson(role)?.login ?? role
  const browser = createBrowser()
  const page = await browser.open(`${BASE_URL}/api/auth/signin/oidc`, {
    form: { returnTo: '/' },
    origin: BASE_URL,
  })
  await browser.open(page.url, { form: { login, password: PASSWORDS[login] ?? '' } })
  const cookies = browser.cookiesFor(BASE_URL).split('; ')
  const cookie = cookies.filter((pair) => SESSION.test(pair)).join('; ')
  if (!cookie) throw new Error(`Signing in as ${role} failed`)
  return cookie
}

const kept = new Map<string, Promise<string>>()

/** As `signIn`, once per role. */
export function cookieOf(role: string): Promise<string> {
  const known = kept.get(role) ?? signIn(role)
  kept.set(role, known)
  return known
}

export type Wish = {
  readonly roles: readonly string[]
  /** By which its row is found again, while other sessions are made beside. */
  readonly name?: string
  readonly scope?: { readonly partner?: string; readonly channel?: string }
  /** What is set on the row beside: `revoked_at = now()`, say. */
  readonly set?: string
  readonly secret?: string
  /** Of the cookie's own token, in seconds; less than nothing: it is over. */
  readonly maxAge?: number
}

/** A session that no sign-in of the demo gives: several roles, a scope, one that is over. */
export async function cookieFor({
  roles,
  name = 'Made',
  scope = {},
  set,
  ...sealed
}: Wish): Promise<string> {
  const [row] = await query<{ id: string }>(
    'order_journey',
    `insert into store.auth_session
       (issuer, subject, name, roles, scope, amr, auth_time, created_at, last_seen_at, expires_at)
     values ('http://made.example', gen_random_uuid()::text, $3, $1, $2, '{pwd,otp}', now(), now(), now(),
             now() + interval '8 hours') returning id`,
    [roles, scope, name],
  )
  const sessionId = row?.id ?? ''
  if (set)
    await query('order_journey', `update store.auth_session set ${set} where id = $1`, [sessionId])
  return cookieWith({ sessionId }, sealed)
}

/** A cookie sealed as the product seals its own, with whatever content. */
export async function cookieWith(
  token: object,
  { secret = SECRETS.nextAuth, maxAge = 28_800 }: Pick<Wish, 'secret' | 'maxAge'> = {},
): Promise<string> {
  return `next-auth.session-token=${await encode({ token: { ...token }, secret, maxAge })}`
}

/** What the audit row of this answer is found by; the front door says it in the body of a refusal alone. */
export const requestIdOf = ({ headers, text }: Pick<Answer, 'headers' | 'text'>): string =>
  headers['x-request-id']?.toString() ?? /"requestId":"([0-9a-f-]{36})"/.exec(text)?.[1] ?? ''

/** The value below which that share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0
}

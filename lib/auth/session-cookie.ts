import 'server-only'
import { getToken } from 'next-auth/jwt'
import { z } from 'zod'
import { readEnv } from '@/lib/env'

const OURS = /^(__Secure-)?next-auth\.session-token(\.\d{1,2})?$/ // .0, .1 … when chunked

const content = z.object({ sessionId: z.uuid() })

type Cookie = { readonly name: string; readonly value: string }

/** To open a cookie takes a key derivation: what was opened is remembered for a while, and never longer. */
const REMEMBERED_MS = 60_000
const MOST = 2_000

type Opened = { readonly sessionId: string; readonly until: number }
const held = globalThis as { openedCookies?: Map<string, Opened> }

/** The id of the session that the cookies name; null for none, a forged one, or garbage. */
export async function findSessionId(cookies: readonly Cookie[]): Promise<string | null> {
  held.openedCookies ??= new Map()
  const opened = held.openedCookies
  const key = JSON.stringify(cookies.filter(({ name }) => OURS.test(name)))
  const known = opened.get(key)
  if (known && known.until > performance.now()) return known.sessionId

  const sessionId = await openCookies(cookies)
  opened.delete(key)
  if (sessionId) opened.set(key, { sessionId, until: performance.now() + REMEMBERED_MS })
  const [oldest] = opened.keys()
  if (oldest && opened.size > MOST) opened.delete(oldest)
  return sessionId
}

async function openCookies(cookies: readonly Cookie[]): Promise<string | null> {
  const { nextAuthSecret: secret, baseUrl } = readEnv()
  const req = {
    cookies: Object.fromEntries(
      cookies.filter(({ name }) => OURS.test(name)).map(({ name, value }) => [name, value]),
    ),
    headers: {}, // Without headers a bearer token is no session.
  }
  const token = await getToken({
    req: req as unknown as Parameters<typeof getToken>[0]['req'],
    secret,
    secureCookie: baseUrl.protocol === 'https:',
  }).catch(() => null) // Whatever cannot be read is nobody's.
  return content.safeParse(token).data?.sessionId ?? null
}

/** The `Set-Cookie` values that delete the session's cookie and its chunks. */
export const toDeletions = (cookies: readonly Cookie[]): readonly string[] =>
  cookies
    .filter(({ name }) => OURS.test(name))
    .map(({ name }) => {
      // Without `Secure` the browser ignores the deletion of a cookie that has it in its name.
      const secure = name.startsWith('__Secure-') ? '; Secure' : ''
      return `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`
    })

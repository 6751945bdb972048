import 'server-only'
import { getToken } from 'next-auth/jwt'
import { z } from 'zod'
import { readEnv } from '@/lib/env'

const OURS = /^(__Secure-)?next-auth\.session-token(\.\d{1,2})?$/ // .0, .1 … when chunked

const content = z.object({ sessionId: z.uuid() })

type Cookie = { readonly name: string; readonly value: string }

/** The id of the session that the cookies name; null for none, a forged one, or garbage. */
export async function findSessionId(cookies: readonly Cookie[]): Promise<string | null> {
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

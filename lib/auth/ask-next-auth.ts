import 'server-only'
import NextAuth, { type NextAuthOptions } from 'next-auth'
import type { SignInFailure } from './to-failed-sign-in'

type Question = {
  readonly method: 'GET' | 'POST'
  readonly action: 'signin' | 'callback'
  readonly providerId: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: Readonly<Record<string, string>>
  readonly cookies: Readonly<Record<string, string>>
}

/** What next-auth answers: where the browser goes, and the cookies it takes along. */
export type Reply = {
  readonly ok: boolean
  readonly location: string | null
  readonly setCookies: readonly string[]
  /** Where it is not `ok`, and known. */
  readonly failure?: SignInFailure
}

/**
 * Asks next-auth through the interface of its older kind of route, where request and answer are plain
 * objects: so it sees what we pass on, and no other cookie, header or parameter.
 */
export async function askNextAuth(options: NextAuthOptions, question: Question): Promise<Reply> {
  const { action, providerId, method, query = {}, body = {}, cookies } = question
  const headers = new Map<string, string | readonly string[]>()

  const response = {
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    setHeader: (name: string, value: string | readonly string[]) =>
      headers.set(name.toLowerCase(), value),
    status: () => response,
    end: () => {},
    json: () => {},
    send: () => {},
    setCookie: () => {},
  }
  await NextAuth(
    {
      method,
      query: { ...query, nextauth: [action, providerId] },
      body,
      cookies,
      headers: {},
    } as never,
    response as never,
    options,
  )
  const location = headers.get('location')?.toString() ?? null
  return {
    ok: location !== null,
    location,
    setCookies: [headers.get('set-cookie') ?? []].flat(),
  }
}

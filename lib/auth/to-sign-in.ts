import 'server-only'
import { cookies, headers } from 'next/headers'
import { toReturnTo } from '@/lib/http/return-to'
import { findSessionId } from './session-cookie'

/** The address of the sign-in page that leads back to the page being asked for; it says so where a session has ended. */
export async function toSignIn(): Promise<string> {
  const returnTo = toReturnTo((await headers()).get('x-oj-path'))
  const hadSession = (await findSessionId((await cookies()).getAll())) !== null
  const query = new URLSearchParams({
    ...(returnTo === '/' ? {} : { returnTo }),
    ...(hadSession ? { ended: '1' } : {}),
  })
  return query.size > 0 ? `/signin?${query}` : '/signin'
}

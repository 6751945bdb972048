import 'server-only'
import { headers } from 'next/headers'
import { held } from './held'

/** Sets a page's status, which Next cannot: the front door, in the same process, reads it. */
export async function sayStatus(status: number): Promise<void> {
  const requestId = (await headers()).get('x-oj-request-id')
  if (requestId) held().statuses.set(requestId, status)
}

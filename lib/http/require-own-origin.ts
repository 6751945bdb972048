import { ForbiddenError } from '@/lib/errors'

const READS: readonly string[] = ['GET', 'HEAD']

/** Throws `forbidden` for a write that does not come from a page of our own; one that does not say is refused. */
export function requireOwnOrigin({ method, headers }: Request, baseUrl: URL): void {
  if (READS.includes(method)) return

  const fetchSite = headers.get('sec-fetch-site')
  const own = headers.get('origin') === baseUrl.origin
  if (own && (fetchSite === null || fetchSite === 'same-origin')) return
  throw new ForbiddenError('own-origin', 'The request does not come from a page of our own')
}

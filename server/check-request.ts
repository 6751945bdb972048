import type { IncomingHttpHeaders } from 'node:http'

export const BODY_BYTES = 64 * 1024
export const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const READS: readonly string[] = ['GET', 'HEAD']

/** Why the front door answered by itself; `reason` is what the audit row says. */
export type Refused = { readonly status: number; readonly reason: string }

type Asked = {
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly rawHeaders: readonly string[]
}

/** What is wrong with a request before the app is asked; null where nothing is. */
export function findRefusal(asked: Asked, host: string): Refused | null {
  return CHECKS.map((check) => check(asked, host)).find((refused) => refused !== null) ?? null
}

type Check = (asked: Asked, host: string) => Refused | null

const refuse = (status: number, reason: string): Refused => ({ status, reason })

const CHECKS: readonly Check[] = [
  ({ method }) => (METHODS.includes(method ?? '') ? null : refuse(405, 'method')),

  ({ rawHeaders }) => (countHosts(rawHeaders) === 1 ? null : refuse(400, 'host')),

  ({ headers }, host) => (headers.host?.toLowerCase() === host ? null : refuse(421, 'host')),

  ({ url = '' }) =>
    /^\/(?![/\\])/.test(url) && isPlain(url.split(/[?#]/, 1)[0] ?? '')
      ? null
      : refuse(400, 'request_line'),

  // Next draws a page whatever the method is. What its own development tools post to is no page.
  ({ method = '', url = '' }) =>
    READS.includes(method) || /^\/(api\/|__nextjs)/.test(url) ? null : refuse(405, 'method'),

  ({ headers }) =>
    Object.keys(headers).some((name) => /^x-(http-)?method(-override)?$/.test(name))
      ? refuse(400, 'method_override')
      : null,

  // A body states its length.
  ({ headers }) =>
    headers['transfer-encoding'] === undefined ? null : refuse(411, 'length_required'),

  ({ headers }) =>
    Number(headers['content-length'] ?? 0) <= BODY_BYTES ? null : refuse(413, 'too_large'),
]

const countHosts = (rawHeaders: readonly string[]) =>
  rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length

/** Whether a path can be decoded, and leads nowhere else on its way: browsers resolve `..` themselves. */
function isPlain(path: string): boolean {
  try {
    decodeURIComponent(path)
    return !/\/(\.|%2e){1,2}(\/|$)/i.test(path)
  } catch {
    return false // The exception says nothing more than that.
  }
}

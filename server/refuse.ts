import http, { type ServerResponse } from 'node:http'
import { METHODS } from './check-request'
import type { ResponseHeaders } from './response-headers'

/** Answers in the app's stead, and lets the connection go. */
export function refuse(
  response: ServerResponse,
  status: number,
  headers: ResponseHeaders,
  requestId: string,
): void {
  response.writeHead(status, { ...headers, ...headersOf(status), connection: 'close' })
  response.end(bodyOf(status, requestId))
}

/** The same answer as bytes, for a connection that never became a request. */
export function toRefusalBytes(
  status: number,
  headers: ResponseHeaders,
  requestId: string,
): string {
  const body = bodyOf(status, requestId)
  const lines = Object.entries({ ...headers, ...headersOf(status), connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  return [
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}`,
    ...lines,
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
}

const headersOf = (status: number) => ({
  'content-type': 'application/problem+json',
  'cache-control': 'no-store',
  ...(status === 405 ? { allow: METHODS.join(', ') } : {}),
  ...(status === 503 ? { 'retry-after': '5' } : {}),
})

const bodyOf = (status: number, requestId: string) =>
  JSON.stringify({ type: 'about:blank', title: http.STATUS_CODES[status], status, requestId })

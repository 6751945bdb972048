import crypto from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { held } from '@/lib/http/held'
import { findRefusal } from './check-request'
import { findClientAddress, toPeerAddress } from './client-address'
import type { FrontDoor } from './front-door'
import { letPageSayStatus } from './page-status'
import { refuse } from './refuse'
import { toResponseHeaders } from './response-headers'
import { stripHeaders } from './strip-headers'
import { createTally } from './tally'

/** Makes what one request goes through before the app is asked, and what its answer carries. */
export function createReceiver(door: FrontDoor, perClient: number) {
  const { trustedProxies, render, report, onError } = door
  const proxied = createTally(perClient)

  return function receive(request: IncomingMessage, response: ServerResponse): void {
    const requestId = crypto.randomUUID()
    const peer = toPeerAddress(request.socket.remoteAddress)
    const forwardedFor = request.headers['x-forwarded-for']?.toString()
    const client = peer && findClientAddress(peer, forwardedFor, trustedProxies)
    const headers = toResponseHeaders(door)

    const refused = client
      ? (findRefusal(request, door.baseUrl.host) ?? findCrowd(response, peer, client))
      : { status: 400, reason: 'forwarded_for' }
    if (refused) {
      request.resume()
      report({ ...refused, requestId, clientAddress: client })
      refuse(response, refused.status, headers, requestId)
      return
    }

    stripHeaders(request.headers)
    request.headers['x-oj-client-address'] = client ?? ''
    request.headers['x-oj-request-id'] = requestId
    request.headers['x-oj-listener'] = 'staff'
    request.headers['x-oj-path'] = request.url ?? '/' // a page cannot know where it is
    request.headers['content-security-policy'] = headers['content-security-policy']
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    response.setHeader('x-request-id', requestId)
    if (held().draining) response.setHeader('connection', 'close')

    if (door.files?.(request, response)) return

    letPageSayStatus(response, requestId, held().statuses, (status) => {
      const reason = UNSEEN[status]
      if (reason) report({ status, reason, requestId, clientAddress: client })
    })
    render(request, response).catch((error: unknown) => {
      onError(error)
      if (response.headersSent) response.destroy()
      else refuse(response, 500, headers, requestId)
    })
  }

  /** Behind a proxy the connections are the proxy's: there a client's requests are counted. */
  function findCrowd(response: ServerResponse, peer: string | null, client: string) {
    if (!peer || !trustedProxies.has(peer)) return null
    if (!proxied.take(client)) return { status: 503, reason: 'connections' }
    response.once('close', () => proxied.release(client))
    return null
  }
}

/** Answers that Next makes before any page or route of ours is asked. */
const UNSEEN: Readonly<Record<number, string>> = { 308: 'redirected', 405: 'method' }

import crypto from 'node:crypto'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { held } from '@/lib/http/held'
import { findRefusal, type Refused } from './check-request'
import { findClientAddress, type TrustedProxies, toPeerAddress } from './client-address'
import { letPageSayStatus } from './page-status'
import { refuse, toRefusalBytes } from './refuse'
import { toResponseHeaders } from './response-headers'
import { stripHeaders } from './strip-headers'
import { createTally } from './tally'

/** What never reached the app, for the audit. */
export type Unreached = Refused & {
  readonly requestId: string
  readonly clientAddress: string | null
}

export type FrontDoor = {
  readonly baseUrl: URL
  readonly issuerOrigin: string
  readonly trustedProxies: TrustedProxies
  readonly dev?: boolean
  readonly limits?: Partial<typeof LIMITS>
  /** Next's own handler, or a test's. */
  readonly render: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  readonly report: (unreached: Unreached) => void
  readonly onError: (error: unknown) => void
}

const LIMITS = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 15_000,
  checkEveryMs: 2_000,
  connections: 2_000,
  connectionsPerClient: 50,
}

/**
 * The server that owns the socket. Whoever calls `listen` on it has the whole front door.
 *
 *   socket ─▶ per-client limit ─▶ what is wrong? ─▶ strip, address, nonce ─▶ render
 *                   └─ 503            └─ 400 405 411 413 421
 */
export function createFrontDoor(door: FrontDoor): http.Server {
  const { trustedProxies, render, report, onError } = door
  const limits = { ...LIMITS, ...door.limits }
  const connections = createTally(limits.connectionsPerClient)
  const proxied = createTally(limits.connectionsPerClient)

  const server = http.createServer({
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: limits.checkEveryMs,
    keepAliveTimeout: 65_000, // longer than a balancer's, so that it never writes to a closed one
    maxHeaderSize: 16 * 1024,
    requireHostHeader: false, // ours says so, and writes it down
  })
  server.maxConnections = limits.connections
  server.timeout = 120_000 // nobody reads, nobody writes

  server.on('connection', (socket) => {
    const peer = toPeerAddress(socket.remoteAddress)
    if (!peer || trustedProxies.has(peer)) return
    if (connections.take(peer)) return socket.once('close', () => connections.release(peer))
    hangUp(socket, peer, { status: 503, reason: 'connections' })
  })
  server.on('drop', (drop) => {
    const clientAddress = toPeerAddress(drop?.remoteAddress)
    report({ status: 503, reason: 'connections', requestId: crypto.randomUUID(), clientAddress })
  })
  server.on('request', receive)
  server.on('upgrade', (request, socket) => {
    if (door.dev && request.url?.startsWith('/_next/')) return // Next's own listener takes it
    hangUp(socket, toPeerAddress(request.socket.remoteAddress), { status: 400, reason: 'upgrade' })
  })
  server.on('connect', (request, socket) =>
    hangUp(socket, toPeerAddress(request.socket.remoteAddress), { status: 405, reason: 'method' }),
  )
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy()
    const peer = toPeerAddress((socket as { remoteAddress?: string }).remoteAddress)
    hangUp(socket, peer, PARSE_ERRORS[error.code ?? ''] ?? { status: 400, reason: 'parse_error' })
  })
  return server

  function receive(request: IncomingMessage, response: ServerResponse) {
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
      return refuse(response, refused.status, headers, requestId)
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

  function hangUp(socket: Duplex, clientAddress: string | null, refused: Refused) {
    const requestId = crypto.randomUUID()
    report({ ...refused, requestId, clientAddress })
    socket.on('error', () => socket.destroy()) // Whoever is hung up on may be gone already.
    socket.end(toRefusalBytes(refused.status, toResponseHeaders(door), requestId), () =>
      socket.destroy(),
    )
  }
}

/** Answers that Next makes before any page or route of ours is asked. */
const UNSEEN: Readonly<Record<number, string>> = { 308: 'redirected', 405: 'method' }

const PARSE_ERRORS: Readonly<Record<string, Refused>> = {
  HPE_HEADER_OVERFLOW: { status: 431, reason: 'headers_too_large' },
  HPE_INVALID_METHOD: { status: 405, reason: 'method' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, reason: 'slow_client' },
}

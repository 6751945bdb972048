import crypto from 'node:crypto'
import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Refused } from './check-request'
import { toPeerAddress } from './client-address'
import type { FrontDoor } from './front-door'
import { toRefusalBytes } from './refuse'
import { toResponseHeaders } from './response-headers'
import { createTally } from './tally'

/** Answers, and reports, whatever comes over a socket without becoming a request; counts connections per client. */
export function watchSockets(server: Server, door: FrontDoor, perClient: number): void {
  const { trustedProxies, report } = door
  const connections = createTally(perClient)

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

  function hangUp(socket: Duplex, clientAddress: string | null, refused: Refused) {
    const requestId = crypto.randomUUID()
    report({ ...refused, requestId, clientAddress })
    socket.on('error', () => socket.destroy()) // Whoever is hung up on may be gone already.
    socket.end(toRefusalBytes(refused.status, toResponseHeaders(door), requestId), () =>
      socket.destroy(),
    )
  }
}

const PARSE_ERRORS: Readonly<Record<string, Refused>> = {
  HPE_HEADER_OVERFLOW: { status: 431, reason: 'headers_too_large' },
  HPE_INVALID_METHOD: { status: 405, reason: 'method' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, reason: 'slow_client' },
}

import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { Refused } from './check-request'
import type { TrustedProxies } from './client-address'
import { createReceiver } from './receive'
import type { StaticFiles } from './static-files'
import { watchSockets } from './watch-sockets'

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
  /** Asked before `render`; without it Next serves the files of the build. */
  readonly files?: StaticFiles
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
 *   socket ─▶ watchSockets: per-client limit ─▶ receive: what is wrong? ─▶ strip, address, nonce ─▶ render
 *                                └─ 503                      └─ 400 405 411 413 421
 */
export function createFrontDoor(door: FrontDoor): http.Server {
  const limits = { ...LIMITS, ...door.limits }
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

  watchSockets(server, door, limits.connectionsPerClient)
  server.on('request', createReceiver(door, limits.connectionsPerClient))
  return server
}

import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { answer } from './answer'
import type { Batch } from './batch'
import type { Mode } from './mode'
import { readRequest } from './read-request'
import { asJson, asText, NOT_FOUND, type Reply } from './reply'
import { createStore, type Store } from './store'

export type RunningTraces = {
  readonly port: number
  readonly store: Store
  stop(): Promise<void>
}

type Options = {
  /** 0: any free one. */
  readonly port: number
  readonly mode: Mode
  readonly store?: Store
  /** Writes a batch down before it is accepted. */
  readonly keep?: (batch: Batch) => void
}

/** A Jaeger for the demo, on loopback: takes OTLP over HTTP in JSON and answers both dialects of the query API. */
export async function startTraces({
  port,
  mode,
  store = createStore(),
  keep = () => {},
}: Options): Promise<RunningTraces> {
  async function reply(request: http.IncomingMessage): Promise<Reply> {
    const url = new URL(request.url ?? '/', 'http://traces.demo')
    if (url.pathname === '/v1/traces') return take(request)
    if (request.method !== 'GET') return NOT_FOUND
    const nowUs = Date.now() * 1_000
    return answer(url.pathname, { store, mode, query: url.searchParams, nowUs })
  }

  async function take(request: http.IncomingMessage): Promise<Reply> {
    if (request.method !== 'POST') return asText(405, '405 method not allowed, supported: [POST]')
    const batch = await readRequest(request)
    if ('status' in batch) return batch
    keep(batch)
    store.add(batch)
    return asJson({ partialSuccess: {} })
  }

  const server = http.createServer((request, response) => {
    reply(request)
      .catch((error: unknown) => asText(500, String(error)))
      .then(({ status, contentType, body }) => {
        response.writeHead(status, { 'content-type': contentType }).end(body)
      })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })

  return {
    port: (server.address() as AddressInfo).port,
    store,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

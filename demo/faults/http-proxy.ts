import http from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { drip, flood, garbage, LOGIN_PAGE } from './bodies'
import { listen } from './listener'
import { type FaultProxy, type Mode, SEVERITY, type Severity } from './mode'

type Options = Partial<Severity> & {
  /** 0: any free one. */
  readonly port: number
  readonly target: URL
}

type Exchange = Severity & {
  readonly request: http.IncomingMessage
  readonly response: http.ServerResponse
  readonly target: URL
}

/** Stands on loopback before a source that speaks HTTP, and hurts it as it is told. */
export async function startHttpFaultProxy({
  port,
  target,
  ...worse
}: Options): Promise<FaultProxy> {
  let mode: Mode = 'up'
  const server = http.createServer((request, response) => {
    const exchange = { ...SEVERITY, ...worse, request, response, target }
    Promise.resolve(HURT[mode](exchange)).catch(() => response.destroy()) // The source is gone: so is the answer.
  })
  const listener = await listen(server, port)

  return {
    port: listener.port,
    set(next) {
      mode = next
      if (next === 'down') {
        listener.pause()
        server.closeAllConnections()
      } else listener.resume()
    },
    stop() {
      const stopped = listener.stop()
      server.closeAllConnections()
      return stopped
    },
  }
}

const HURT: Readonly<Record<Mode, (exchange: Exchange) => void | Promise<void>>> = {
  up: pass,
  async slow(exchange) {
    await wait(exchange.slowMs, undefined, { ref: false })
    if (!exchange.response.destroyed) await pass(exchange)
  },
  down: ({ request }) => void request.socket.destroy(),
  blackhole: () => {},
  reset: ({ request }) => void request.socket.resetAndDestroy(),
  async 'close-mid-body'(exchange) {
    const { body } = await begin(exchange)
    const half = body.subarray(0, body.length / 2)
    exchange.response.write(half, () => exchange.response.destroy())
  },
  async truncate(exchange) {
    const { status, type, body } = await fetchBody(exchange)
    const half = body.subarray(0, body.length / 2)
    exchange.response.writeHead(status, { 'content-type': type }).end(half)
  },
  async drip(exchange) {
    const { body } = await begin(exchange)
    await drip(exchange.response, body, exchange.dripMs)
    exchange.response.end()
  },
  status500: ({ response }) => void response.writeHead(500).end('Internal Server Error\n'),
  html: ({ response }) => void response.writeHead(200, HTML).end(LOGIN_PAGE),
  garbage: ({ response }) => void response.writeHead(200, JSON_TYPE).end(garbage()),
  async huge({ response, hugeBytes }) {
    response.writeHead(200, JSON_TYPE).write('{"data":["')
    await flood(response, hugeBytes)
    response.end('"]}')
  },
  redirect: ({ response }) => void response.writeHead(302, { location: '/login' }).end(),
}

const HTML = { 'content-type': 'text/html; charset=utf-8' }
const JSON_TYPE = { 'content-type': 'application/json' }

/** As if the proxy were not there. */
async function pass(exchange: Exchange): Promise<void> {
  const answer = await forward(exchange)
  exchange.response.writeHead(answer.statusCode ?? 502, answer.headers)
  answer.on('error', () => exchange.response.destroy()).pipe(exchange.response)
}

/** Says all of the head, with the full length, so that whoever waits knows what is missing. */
async function begin(exchange: Exchange) {
  const answer = await fetchBody(exchange)
  const { status, type, body } = answer
  exchange.response.writeHead(status, { 'content-type': type, 'content-length': body.length })
  return answer
}

async function fetchBody(exchange: Exchange) {
  const answer = await forward(exchange)
  const chunks: Buffer[] = []
  for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk)
  const type = answer.headers['content-type'] ?? 'text/plain'
  return { status: answer.statusCode ?? 502, type, body: Buffer.concat(chunks) }
}

function forward({ request, response, target }: Exchange): Promise<http.IncomingMessage> {
  const { method, headers, url = '/' } = request
  const path = target.pathname.replace(/\/$/, '') + url
  return new Promise((resolve, reject) => {
    const onward = http
      .request({ host: target.hostname, port: target.port, path, method, headers })
      .once('response', resolve)
      .once('error', reject)
    response.once('close', () => onward.destroy())
    request.pipe(onward)
  })
}

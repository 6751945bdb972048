import http from 'node:http'
import type { CompanySeries } from '@/demo/metrics/evaluate'
import { serve } from '@/demo/serve'
import { answer, type Reply, toError } from './answer'

type Options = {
  /** 0: any free one. */
  readonly port: number
  /** `user:password` of the one user there is. */
  readonly login: string
  /** What the company's queues show; none while it does not live yet. */
  readonly series: () => readonly CompanySeries[]
  readonly now?: () => number
  /** Since when the node counts. */
  readonly startedAt: number
}

/** RabbitMQ's management interface for the demo, on loopback: it shows queues, and has no messages. */
export async function startBroker(options: Options) {
  const { port, login, series, now = Date.now, startedAt } = options

  function reply({ method, url, headers }: http.IncomingMessage): Reply {
    const { pathname, searchParams } = new URL(url ?? '/', 'http://broker.demo')
    const refused = toRefusal(headers.authorization, login)
    if (refused) return refused
    if (method !== 'GET') return toError(401, 'not_authorised', 'Access refused.')
    const path = pathname.slice(1).split('/').map(decode)
    return answer(path, { series: series(), now: now(), startedAt, query: searchParams })
  }

  const server = http.createServer((request, response) => {
    request.resume()
    const { status, json } = reply(request)
    if (json === null) return response.writeHead(status).end()
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
  })
  return serve(server, port)
}

/** Without a login the body is empty. */
function toRefusal(authorization: string | undefined, login: string): Reply | null {
  if (authorization === undefined) return { status: 401, json: null }
  const expected = `Basic ${Buffer.from(login).toString('base64')}`
  return authorization === expected ? null : toError(401, 'not_authorized', 'Login failed')
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part // A stray % stands for itself.
  }
}

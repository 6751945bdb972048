import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'

/** One request as it went by. Times are of `performance.now()`. */
export type Call = {
  readonly source: string
  readonly url: string
  readonly method: 'GET' | 'HEAD'
  /** Who asked: without it the same question would be refused. */
  readonly headers: Readonly<Record<string, string>>
  readonly began: number
  ended: number
}

type Canned = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export type Recorder = Awaited<ReturnType<typeof startRecorder>>

/** Parameters that move with the clock: two questions that differ in nothing else are the same. */
const MOVING = /^(time|start|end|start_time|end_time|lookback|query\.start_time_m(in|ax))$/
const ASKS = ['authorization', 'accept', 'x-amz-date', 'x-amz-content-sha256']
const TELLS = ['content-type', 'etag', 'last-modified', 'content-length']

/**
 * Stands before the sources that speak HTTP: writes down each call, answers after a delay, and can answer by itself
 * with what it heard before, so that a source costs nothing.
 */
export async function startRecorder<Source extends string>(
  targets: Readonly<Record<Source, string>>,
) {
  let delayMs = 0
  let calls: Call[] = []
  const heard = new Map<string, Canned[]>()
  const told = new Map<string, number>()
  let canned = false
  const agent = new Agent({ connections: 64 })

  async function answer(call: Call, target: string): Promise<Canned> {
    const key = keyOf(call)
    const before = heard.get(key) ?? []
    const turn = told.get(key) ?? 0
    told.set(key, turn + 1)
    if (delayMs > 0) await sleep(delayMs)
    const known = before[turn]
    if (canned && known) return known
    const { statusCode, headers, body } = await request(toTarget(call.url, target), {
      ...{ dispatcher: agent, method: call.method, headers: call.headers },
    })
    const fresh = {
      status: statusCode,
      headers: chosen(headers, TELLS),
      body: Buffer.from(await body.arrayBuffer()),
    }
    before[turn] = fresh
    heard.set(key, before)
    return fresh
  }

  async function standBefore(source: Source): Promise<{ url: string; server: http.Server }> {
    const server = http.createServer((asked, response) => {
      const call: Call = {
        ...{ source, url: `${url}${asked.url ?? '/'}`, headers: chosen(asked.headers, ASKS) },
        ...{ method: asked.method === 'HEAD' ? 'HEAD' : 'GET', began: performance.now(), ended: 0 },
      }
      calls.push(call)
      answer(call, targets[source])
        .then(({ status, headers, body }) => {
          const length = call.method === 'HEAD' ? {} : { 'content-length': body.length }
          response.writeHead(status, { ...headers, ...length })
          response.end(body)
          call.ended = performance.now()
        })
        .catch(() => response.destroy())
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return { url, server }
  }

  const names = Object.keys(targets) as Source[]
  const standing = await Promise.all(names.map(standBefore))
  return {
    urls: Object.fromEntries(names.map((name, at) => [name, standing[at]?.url ?? ''])) as Record<
      Source,
      string
    >,
    delay: (ms: number) => {
      delayMs = ms
    },
    can: (yes: boolean) => {
      canned = yes
    },
    /** The calls since the last time, oldest first; the next look-up hears the first answers again. */
    take(): readonly Call[] {
      const taken = calls
      calls = []
      told.clear()
      return taken
    },
    async stop() {
      for (const { server } of standing) server.close(() => {})
      await agent.close()
    },
  }
}

function toTarget(url: string, target: string): URL {
  const { pathname, search } = new URL(url)
  return new URL(pathname + search, target)
}

const chosen = (headers: http.IncomingHttpHeaders, names: readonly string[]) =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name]
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )

function keyOf({ method, url }: Call): string {
  const { origin, pathname, searchParams } = new URL(url)
  for (const name of [...searchParams.keys()]) if (MOVING.test(name)) searchParams.delete(name)
  searchParams.sort()
  return `${method} ${origin}${pathname}?${searchParams}`
}

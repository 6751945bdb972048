import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** One request as it went by. Times are of `performance.now()`. */
export type Call = { readonly path: string; readonly began: number; ended: number; bytes: number }

type Canned = { readonly status: number; readonly type: string; readonly body: Buffer }

export type Recorder = Awaited<ReturnType<typeof startRecorder>>

/** Parameters that move with the clock: two questions that differ in nothing else are the same. */
const MOVING = /^(start|end|start_time|end_time|lookback|query\.start_time_m(in|ax))$/

/**
 * Stands before a source that speaks HTTP: writes down each call, answers after a delay, and can answer by itself
 * with what it heard before, so that a source costs nothing.
 */
export async function startRecorder(target: URL) {
  let delayMs = 0
  let calls: Call[] = []
  const heard = new Map<string, Canned[]>()
  const told = new Map<string, number>()
  let canned = false

  const server = http.createServer((request, response) => {
    const { url = '/' } = request
    const call: Call = { path: url, began: performance.now(), ended: 0, bytes: 0 }
    calls.push(call)
    answer(url)
      .then(({ status, type, body }) => {
        call.bytes = body.length
        response.writeHead(status, { 'content-type': type, 'content-length': body.length })
        response.end(body)
        call.ended = performance.now()
      })
      .catch(() => response.destroy())
  })

  async function answer(url: string): Promise<Canned> {
    const key = keyOf(url)
    const before = heard.get(key) ?? []
    const turn = told.get(key) ?? 0
    told.set(key, turn + 1)
    if (delayMs > 0) await sleep(delayMs)
    const known = before[turn]
    if (canned && known) return known
    const response = await fetch(new URL(url, target))
    const fresh = {
      status: response.status,
      type: response.headers.get('content-type') ?? 'application/json',
      body: Buffer.from(await response.arrayBuffer()),
    }
    before[turn] = fresh
    heard.set(key, before)
    return fresh
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
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
    stop: () => server.close(() => {}),
  }
}

function keyOf(url: string): string {
  const { pathname, searchParams } = new URL(url, 'http://any')
  for (const name of [...searchParams.keys()]) if (MOVING.test(name)) searchParams.delete(name)
  searchParams.sort()
  return `${pathname}?${searchParams}`
}

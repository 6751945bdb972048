import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'
import type { House } from '@/e2e/http/house'
import { atMost, type Figure, median, note } from './figure'
import type { Call, Recorder } from './recorder'
import { delayRows } from './slow-rows'
import type { Upstream } from './upstream'

type Bench = {
  readonly house: House
  readonly cookie: string
  readonly recorder: Recorder
  readonly upstream: Upstream
  readonly orderIds: readonly string[]
}

const SLOW_MS = 200
/** How long an answer is shared, and a little more: each order is to be read anew. */
const SHARED_MS = 6_000

/** How the journey API stands to the bare calls that it makes, with slow sources and with instant ones. */
export async function measureApi(bench: Bench): Promise<readonly Figure[]> {
  const { recorder } = bench
  const [warm = '', ...orderIds] = bench.orderIds
  for (let turn = 0; turn < 5; turn += 1) await openOnce(bench, warm)
  recorder.take()

  await delayRows(SLOW_MS)
  recorder.delay(SLOW_MS)
  const slow = await compare({ ...bench, orderIds })
  await delayRows(0)
  recorder.delay(0)
  await sleep(SHARED_MS)
  recorder.can(true)
  await compare({ ...bench, orderIds }) // What it says from memory it has to hear first.
  await sleep(SHARED_MS)
  const instant = await compare({ ...bench, orderIds })
  recorder.can(false)

  note(`slow: API ${Math.round(slow.api)} ms, bare calls ${Math.round(slow.bare)} ms`)
  note(`calls of all look-ups: ${countBySource(slow.calls)}`)
  note(`instant: API ${Math.round(instant.api)} ms, bare calls ${Math.round(instant.bare)} ms`)
  return [
    atMost('journey API p50 ÷ the same calls, five sources at 200 ms', slow.api / slow.bare, 1.15),
    atMost('own work of the API, instant sources', instant.api - instant.bare, 60, 'ms'),
  ]
}

async function compare(bench: Bench) {
  const api: number[] = []
  const bare: number[] = []
  const all: Call[] = []
  for (const orderId of bench.orderIds) {
    api.push(await openOnce(bench, orderId))
    const calls = bench.recorder.take()
    all.push(...calls)
    bare.push(await bench.upstream.run(orderId, calls))
    bench.recorder.take()
  }
  return { api: median(api), bare: median(bare), calls: all }
}

/** A source that was not asked would make the figure of four. */
function countBySource(calls: readonly Call[]): string {
  const counts = new Map<string, number>()
  for (const { source } of calls) counts.set(source, (counts.get(source) ?? 0) + 1)
  for (const source of ['jaeger', 'rabbitmq', 's3', 'prometheus'])
    if (!counts.has(source)) throw new Error(`${source} was not asked`)
  return [...counts].map(([source, count]) => `${count} ${source}`).join(', ')
}

const agent = new Agent({ keepAliveTimeout: 60_000 })

/** One order by the API, its body read: milliseconds. Throws where it is no answer. */
export async function openOnce(
  { house, cookie }: Pick<Bench, 'house' | 'cookie'>,
  orderId: string,
): Promise<number> {
  const began = performance.now()
  const { statusCode, body } = await request(`${house.baseUrl}/api/orders/${orderId}/journey`, {
    dispatcher: agent,
    headers: { cookie, accept: 'application/json' },
  })
  const text = await body.text()
  const took = performance.now() - began
  const found = JSON.parse(text)
  if (statusCode !== 200 || found.facts.length === 0)
    throw new Error(`${orderId}: ${statusCode} ${text.slice(0, 300)}`)
  return took
}

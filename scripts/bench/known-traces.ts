import { request } from 'undici'
import type { House } from '@/e2e/http/house'
import { openOnce } from './api'
import { atMost, type Figure, median, note } from './figure'

type Bench = {
  readonly house: House
  readonly cookie: string
  readonly jaegerUrl: string
  readonly orderIds: readonly string[]
}

const DAY = 86_400_000
const SERVICES = ['shop-api', 'crm-api', 'mes-api']

/** An order all of whose traces are known by id, beside the search that a person would make in Jaeger's own page. */
export async function measureKnownTraces(bench: Bench): Promise<Figure> {
  const journey: number[] = []
  const search: number[] = []
  for (const orderId of bench.orderIds) {
    journey.push(await openOnce(bench, orderId))
    search.push(await searchIn(bench.jaegerUrl, orderId))
  }
  note(
    `journey ${Math.round(median(journey))} ms, Jaeger's own search ${Math.round(median(search))} ms`,
  )
  return atMost(
    "journey complete ÷ Jaeger's own search, every trace id known",
    median(journey) / median(search),
    0.5,
  )
}

/** As Jaeger's page asks: one service after the other, over the days of the order, whole traces. */
async function searchIn(jaegerUrl: string, orderId: string): Promise<number> {
  const began = performance.now()
  const until = Date.now()
  for (const service of SERVICES) {
    const query = new URLSearchParams({
      service,
      tags: JSON.stringify({ 'order.id': orderId }),
      start: `${(until - 21 * DAY) * 1_000}`,
      end: `${until * 1_000}`,
      limit: '200',
    })
    const { statusCode, body } = await request(`${jaegerUrl}/api/traces?${query}`)
    await body.arrayBuffer()
    if (statusCode !== 200) throw new Error(`Jaeger's search of ${orderId}: ${statusCode}`)
  }
  return performance.now() - began
}

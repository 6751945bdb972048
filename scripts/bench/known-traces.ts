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

/** As a person asks Jaeger: one service after the other, over the days of the order, whole traces. */
async function searchIn(jaegerUrl: string, orderId: string): Promise<number> {
  const began = performance.now()
  for (const service of SERVICES) {
    const question = { service, orderId, until: Date.now() }
    const bytes =
      (await ask(jaegerUrl, toLegacy(question))) ?? (await ask(jaegerUrl, toV3(question)))
    if (!bytes) throw new Error(`Jaeger found nothing of ${orderId}`)
  }
  return performance.now() - began
}

type Question = { readonly service: string; readonly orderId: string; readonly until: number }

const toLegacy = ({ service, orderId, until }: Question) => {
  const query = new URLSearchParams({
    service,
    tags: JSON.stringify({ 'order.id': orderId }),
    start: `${(until - 21 * DAY) * 1_000}`,
    end: `${until * 1_000}`,
    limit: '200',
  })
  return `/api/traces?${query}`
}

const toV3 = ({ service, orderId, until }: Question) => {
  const query = new URLSearchParams({
    'query.service_name': service,
    'query.attributes': JSON.stringify({ 'order.id': orderId }),
    'query.start_time_min': new Date(until - 21 * DAY).toISOString(),
    'query.start_time_max': new Date(until).toISOString(),
    'query.search_depth': '200',
  })
  return `/api/v3/traces?${query}`
}

/** The size of the answer, read; null where this Jaeger does not speak that dialect. */
async function ask(jaegerUrl: string, path: string): Promise<number | null> {
  const { statusCode, body } = await request(jaegerUrl + path)
  const { byteLength } = await body.arrayBuffer()
  if (statusCode === 404 && !path.startsWith('/api/v3')) return null
  if (statusCode !== 200) throw new Error(`Jaeger answered ${statusCode} to ${path}`)
  return byteLength
}

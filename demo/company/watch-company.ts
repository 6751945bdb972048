import { fileOf, type StoredFile } from '@/demo/files/file-of'
import { brokerSeries } from '@/demo/metrics/broker-series'
import type { CompanySeries } from '@/demo/metrics/evaluate'
import { createSpanSeries, REMEMBERED_MS } from '@/demo/metrics/span-series'
import type { Emitted } from '@/demo/spans/emit'
import type { Order } from './order'
import type { Company } from './plan-orders'

/** Is told what the company does, and shows it as its file storage and its exporters would. */
export type Watcher = {
  /** Of these spans, those that count. */
  keep(spans: readonly Emitted[], now: number): readonly Emitted[]
  /** These have been sent. */
  hear(spans: readonly Emitted[]): void
  see(company: Company, now: number): void
  findFile(key: string): StoredFile | null
  series(): readonly CompanySeries[]
}

export function watchCompany(now: () => number = Date.now): Watcher {
  const spans = createSpanSeries()
  let company: Company | null = null
  let files: Map<string, Order> | null = null
  let broker: readonly CompanySeries[] | null = null

  return {
    keep: (some, at) => some.filter(({ end }) => end > at - REMEMBERED_MS),
    hear: spans.hear,
    see(seen, at) {
      company = seen
      // Reckoned again only when somebody asks.
      files = null
      broker = null
      spans.forget(at)
    },
    findFile(key) {
      files ??= new Map(company?.orders.map((order) => [order.model.key, order]))
      const order = files.get(key)
      return order ? fileOf(order, now()) : null
    },
    series() {
      broker ??= company ? brokerSeries(company) : []
      return [...spans.series(), ...broker]
    },
  }
}

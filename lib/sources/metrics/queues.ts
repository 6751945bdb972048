import type { QueueFact, QueueSample } from '@/lib/journey/fact'
import type { Pipeline } from '@/lib/journey/pipeline'
import { type EpochMs, epochMs, type SystemId } from '@/lib/journey/types'
import type { Ask, Point, Series } from './ask'
import type { FoundNames, QueueGauge, QueueTotal } from './names'
import { anyOf, is, rate, select, sumBy } from './promql'
import type { Gather } from './systems'

/** How far back, and how densely: 120 readings of each figure. */
const HISTORY_MS = 3_600_000
const STEP_MS = 30_000
/** Long enough to hold two samples of whoever is asked every minute. */
const RATE_WINDOW = '2m'
/** An instant answers with samples as old as this. */
const LOOK_BACK_MS = 300_000

type Round = {
  readonly ask: Ask
  readonly found: FoundNames
  readonly queues: readonly WatchedQueue[]
  readonly system: SystemId
  /** null: not told apart; then a name that two of them have is nobody's. */
  readonly vhost: string | null
  readonly at: EpochMs
  readonly gather: Gather
}

export type WatchedQueue = { readonly queue: string; readonly use: QueueFact['use'] }

/** The queues of the hand-offs, and where their messages are set aside. */
export function watchedQueues({ handoffs }: Pipeline): readonly WatchedQueue[] {
  const asides = new Set(handoffs.flatMap(({ dlq = [] }) => dlq))
  const work = new Set(handoffs.flatMap(({ queues = [] }) => queues))
  return [
    ...[...work]
      .filter((queue) => !asides.has(queue))
      .map((queue) => ({ queue, use: 'work' as const })),
    ...[...asides].map((queue) => ({ queue, use: 'set-aside' as const })),
  ]
}

/** What the metrics say of each queue, now and over the last hour; nothing of a queue that they do not know. */
export async function readQueues(round: Round): Promise<readonly QueueFact[]> {
  const { ask, found, queues, vhost, at, gather, system } = round
  if (queues.length === 0 || !found.gauges.ready) return []
  const matchers = [
    anyOf(
      'queue',
      queues.map(({ queue }) => queue),
    ),
    vhost === null ? null : is('vhost', vhost),
  ]
  const from = epochMs(at - HISTORY_MS)
  const over = (query: string) => gather(ask.over(query, from, at, STEP_MS))
  const gauge = (key: QueueGauge) => {
    const name = found.gauges[key]
    // Several may be asked, and say the same of one queue.
    return name ? over(`max by (queue,vhost) (${select(name, ...matchers)})`) : []
  }
  const total = (key: QueueTotal) => {
    const name = found.totals[key]
    return name ? over(sumBy(['queue', 'vhost'], rate(select(name, ...matchers), RATE_WINDOW))) : []
  }
  const stamp = `max by (queue,vhost) (timestamp(${select(found.gauges.ready, ...matchers)}))`
  const [ready, unacked, consumers, headAt, published, acked, redelivered, stamps] =
    await Promise.all([
      gauge('ready'),
      gauge('unacked'),
      gauge('consumers'),
      gauge('headAt'),
      total('published'),
      total('acked'),
      total('redelivered'),
      gather(ask.now(stamp, at)),
    ])

  return queues.flatMap(({ queue, use }) => {
    const read = (series: readonly Series[]) => pointsOf(series, queue)
    // What is drawn at a moment was said up to one scrape before it.
    const readAt = (read(stamps)[0]?.value ?? 0) * 1_000
    const lag = at - readAt
    if (lag > LOOK_BACK_MS || lag < -LOOK_BACK_MS) return []
    const gauges = { ready: read(ready), unacked: read(unacked), consumers: read(consumers) }
    const totals = {
      published: toTotals(read(published)),
      acked: toTotals(read(acked)),
      redelivered: toTotals(read(redelivered)),
    }
    const samples = toSamples({ ...gauges, ...totals }, Math.max(0, lag))
    const newest = samples.at(-1)
    if (!newest) return []
    return [
      {
        kind: 'queue',
        id: `prometheus:queue:${queue}`,
        source: 'prometheus',
        system,
        queue,
        use,
        ...newest,
        headAt: toHead(read(headAt).at(-1)?.value ?? null, at),
        history: samples.slice(0, -1),
        attributes: {},
      },
    ]
  })
}

/** The points of one queue; none where two virtual hosts have a queue of this name. */
function pointsOf(series: readonly Series[], queue: string): readonly Point[] {
  const own = series.filter(({ labels }) => labels.queue === queue)
  return own.length === 1 ? (own[0]?.points ?? []) : []
}

/**
 * Running totals since the beginning of the stretch, from rates. The totals that the broker keeps are of single
 * channels, and are gone with them.
 */
function toTotals(rates: readonly Point[]): readonly Point[] {
  let total = 0
  return rates.map(({ at, value }) => {
    total += Math.max(0, value ?? 0) * (STEP_MS / 1_000)
    return { at, value: Math.round(total * 1_000) / 1_000 }
  })
}

type Figure = Exclude<keyof QueueSample, 'at'>

/** One sample for each moment at which anything was said of what waits there. */
function toSamples(figures: Readonly<Record<Figure, readonly Point[]>>, lag: number) {
  const byMoment = new Map<number, Partial<Record<Figure, number | null>>>()
  for (const [figure, points] of Object.entries(figures) as [Figure, readonly Point[]][])
    for (const { at, value } of points) {
      const known = byMoment.get(at) ?? {}
      known[figure] = value !== null && value >= 0 ? value : null
      byMoment.set(at, known)
    }
  const isRead = (said: Partial<Record<Figure, number | null>>) =>
    [said.ready, said.unacked, said.consumers].some((one) => one !== undefined && one !== null)
  return [...byMoment]
    .filter(([, said]) => isRead(said))
    .sort(([a], [b]) => a - b)
    .map(
      ([at, said]): QueueSample => ({
        at: epochMs(at - lag),
        ready: said.ready ?? null,
        unacked: said.unacked ?? null,
        consumers: said.consumers ?? null,
        published: said.published ?? null,
        acked: said.acked ?? null,
        redelivered: said.redelivered ?? null,
      }),
    )
}

/** Seconds; zero where nothing waits, or its publisher says nothing. */
const toHead = (value: number | null, now: EpochMs): EpochMs | null =>
  value !== null && value > 0 && value * 1_000 <= now + LOOK_BACK_MS ? epochMs(value * 1_000) : null

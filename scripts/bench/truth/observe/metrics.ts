import type { CounterFact, Fact, QueueFact } from '@/lib/journey/fact'
import type { SourceReport } from '@/lib/journey/journey'
import { epochMs } from '@/lib/journey/types'
import { toMoments } from '@/lib/services/to-moments'
import type { MetricsAnswer } from '@/lib/sources/answers'
import { minutesOf } from '@/lib/sources/metrics/counters'
import { queueAt, type Truth } from '../world/truth'
import { createOnce } from './once'
import type { Sight } from './sight'

const SYSTEM = 'rabbitmq'
const STEP = 30_000
const HOUR = 3_600_000
const SCRAPED = 10_000

/** What the metrics say of the queues over the last hour, and of counters around the moments of the order. */
export function readMetrics(
  truth: Truth,
  sight: Sight,
  rows: readonly Fact[],
  now: number,
): MetricsAnswer | null {
  if (sight.metrics === 'off') return null
  const report: SourceReport = {
    source: 'prometheus',
    state: sight.metrics === 'down' ? 'missing' : 'ok',
    reason: sight.metrics === 'down' ? 'timeout' : null,
    asOf: null,
    askedAt: epochMs(now),
    tookMs: 5,
    systems: [SYSTEM],
  }
  if (sight.metrics === 'down') return { facts: [], report }
  const minutes = minutesOf(toMoments(rows, epochMs(now)), epochMs(now))
  return {
    facts: [
      ...once(truth, String(now), () =>
        [...truth.queues.keys()].map((name) => toQueue(truth, name, now)),
      ),
      ...minutes.flatMap((minute) => toCounters(truth, minute, now)),
    ],
    report,
  }
}

const once = createOnce<Truth, readonly QueueFact[]>()

function toQueue(truth: Truth, name: string, now: number): QueueFact {
  const samples = Array.from({ length: HOUR / STEP + 1 }, (_, index) => {
    const at = now - HOUR + index * STEP
    const { ready, unacked, consumers, published, acked, redelivered } = queueAt(
      truth,
      name,
      at - SCRAPED,
    )
    const beginning = queueAt(truth, name, now - HOUR - SCRAPED)
    return {
      at: epochMs(at - SCRAPED),
      ready,
      unacked,
      consumers,
      published: published - beginning.published,
      acked: acked - beginning.acked,
      redelivered: redelivered - beginning.redelivered,
    }
  })
  const last = samples.at(-1)
  if (!last) throw new RangeError('No samples')
  return {
    kind: 'queue',
    id: `prometheus:queue:${name}`,
    source: 'prometheus',
    system: SYSTEM,
    queue: name,
    use: name.endsWith('.dlq') ? 'set-aside' : 'work',
    ...last,
    headAt: null,
    history: samples.slice(0, -1),
    attributes: {},
  }
}

/** What rose around one minute, as the metrics reckon it: over two and a half minutes. */
function toCounters(truth: Truth, minute: number, now: number): readonly CounterFact[] {
  const until = Math.min(now, minute + 120_000)
  const since = until - 150_000
  const rose = (times: readonly number[]) =>
    times.filter((at) => at > since - SCRAPED && at <= until - SCRAPED).length
  const died = (kept: boolean) =>
    truth.deaths.filter((one) => one.kept === kept).map(({ at }) => at)
  const counts = [
    ['unroutable', rose(truth.unroutable)],
    ['dead-lettered', rose(died(true))],
    ['discarded', rose(died(false))],
  ] as const
  return counts
    .filter(([, by]) => by > 0)
    .map(([counter, by]) => ({
      kind: 'counter',
      id: `prometheus:${counter}:${minute}`,
      source: 'prometheus',
      system: SYSTEM,
      counter,
      queue: null,
      at: epochMs(until),
      since: epochMs(since),
      by,
      attributes: {},
    }))
}

import type { SourceReport } from '@/lib/journey/journey'
import type { Pipeline } from '@/lib/journey/pipeline'
import { epochMs } from '@/lib/journey/types'
import type { BrokerAnswer } from '@/lib/sources/answers'
import { findQueues } from '@/lib/sources/rabbitmq/find-queues'
import type { OverviewReply, QueueReply, Series } from '@/lib/sources/rabbitmq/schema'
import { type BrokerMemory, NO_MEMORY, toAnswer } from '@/lib/sources/rabbitmq/to-answer'
import { type QueueMoment, queueAt, type Truth } from '../world/truth'
import { createOnce } from './once'
import type { Sight } from './sight'

const SYSTEM = 'rabbitmq'
/** Its statistics are up to ten seconds old. */
const LAG = 6_000
const UP = 10 * 86_400_000
const WATCHED = { ms: 600_000, every: 30_000 }

type Answer = Omit<BrokerAnswer, 'alarms'>

/** What the broker says of its queues, by the product's own reading of its answers. */
export function readBroker(truth: Truth, sight: Sight, pipeline: Pipeline, now: number): Answer {
  if (sight.broker !== 'ok') return { facts: [], report: toSilence(sight, now) }
  return once(truth, `${now} ${sight.watched}`, () => read(truth, sight, pipeline, now))
}

const once = createOnce<Truth, Answer>()

function read(truth: Truth, sight: Sight, pipeline: Pipeline, now: number): Answer {
  const uses = findQueues(pipeline)
  const askedAt = epochMs(now)
  const reading = {
    askedAt,
    overview: {
      now: ok(overviewAt(truth, now)),
      minutes: overviewOver(truth, now, 10_000, 60),
      hour: overviewOver(truth, now, 60_000, 60),
    },
    clock: overviewOver(truth, now, 5_000, 12),
    nodes: ok([
      { name: 'rabbit@one', running: true, uptime: UP, mem_alarm: false, disk_free_alarm: false },
    ]),
    queues: new Map(
      [...uses.keys()].map((name) => [
        name,
        {
          now: ok(replyOf(name, queueAt(truth, name, now - LAG))),
          minutes: replyOver(truth, name, now, 10_000),
          hour: replyOver(truth, name, now, 60_000),
        },
      ]),
    ),
    hasVhost: true,
  }
  const memory = sight.watched ? remembered(truth, [...uses.keys()], now) : NO_MEMORY
  const frame = { system: SYSTEM, vhost: '/', uses, memory, now: askedAt }
  return toAnswer(reading, frame).answer
}

const ok = <T>(value: T) => ({ kind: 'ok', value }) as const

const toSilence = ({ broker }: Sight, now: number): SourceReport => ({
  source: 'rabbitmq',
  state: broker === 'off' ? 'not-configured' : 'missing',
  reason: broker === 'off' ? null : 'timeout',
  asOf: null,
  askedAt: epochMs(now),
  tookMs: 5,
  systems: [SYSTEM],
})

const NOTHING = {
  deliver_no_ack: null,
  deliver_no_ack_details: [],
  get_no_ack: null,
  get_no_ack_details: [],
}

const replyOf = (name: string, moment: QueueMoment, series = NO_SERIES): QueueReply => ({
  name,
  type: 'classic',
  state: 'running',
  messages: moment.ready + moment.unacked,
  messages_ready: moment.ready,
  messages_ready_details: series.ready,
  messages_unacknowledged: moment.unacked,
  messages_unacknowledged_details: series.unacked,
  consumers: moment.consumers,
  head_message_timestamp: null,
  message_stats: {
    ...NOTHING,
    publish: moment.published,
    publish_details: series.published,
    ack: moment.acked,
    ack_details: series.acked,
    redeliver: moment.redelivered,
    redeliver_details: series.redelivered,
  },
  arguments: null,
  effective_policy_definition: null,
})

type AllSeries = Readonly<
  Record<'ready' | 'unacked' | 'published' | 'acked' | 'redelivered', Series>
>
const NO_SERIES: AllSeries = { ready: [], unacked: [], published: [], acked: [], redelivered: [] }

/** Sixty samples, the newest first, each of a moment a little before its time. */
const timesBefore = (now: number, every: number, count = 60) => {
  const newest = Math.floor(now / every) * every
  return Array.from({ length: count }, (_, index) => newest - index * every)
}

function replyOver(truth: Truth, name: string, now: number, every: number): QueueReply {
  const seen = timesBefore(now, every).map((at) => ({ at, moment: queueAt(truth, name, at - LAG) }))
  const of = (key: keyof AllSeries): Series =>
    seen.map(({ at, moment }) => ({ at, value: moment[key] }))
  const series = {
    ready: of('ready'),
    unacked: of('unacked'),
    published: of('published'),
    acked: of('acked'),
    redelivered: of('redelivered'),
  }
  return replyOf(name, queueAt(truth, name, now - LAG), series)
}

const lostBy = ({ unroutable }: Truth, moment: number) =>
  unroutable.filter((at) => at <= moment).length

const overviewAt = (
  truth: Truth,
  now: number,
  dropped: Series = [],
  published: Series = [],
): OverviewReply => ({
  rabbitmq_version: '3.13.7',
  rates_mode: 'basic',
  disable_stats: false,
  sample_retention_policies: { global: [600, 3_600], basic: [600, 3_600] },
  message_stats: {
    publish_details: published,
    drop_unroutable: lostBy(truth, now - LAG),
    drop_unroutable_details: dropped,
    return_unroutable: null,
    return_unroutable_details: [],
  },
})

function overviewOver(truth: Truth, now: number, every: number, count: number): OverviewReply {
  const times = timesBefore(now, every, count)
  return overviewAt(
    truth,
    now,
    times.map((at) => ({ at, value: lostBy(truth, at - LAG) })),
    times.map((at) => ({ at, value: 0 })),
  )
}

/** What was read while somebody had a page open. */
function remembered(truth: Truth, names: readonly string[], now: number): BrokerMemory {
  const times = Array.from(
    { length: WATCHED.ms / WATCHED.every },
    (_, index) => now - WATCHED.ms + index * WATCHED.every,
  )
  return {
    queues: new Map(
      names.map((name) => [
        name,
        times.map((at) => {
          const { ready, unacked, consumers, published, acked, redelivered } = queueAt(
            truth,
            name,
            at - LAG,
          )
          const figures = { ready, unacked, consumers, published, acked, redelivered }
          return { at: epochMs(at), by: 'reading' as const, ...figures }
        }),
      ]),
    ),
    unroutable: times.map((at) => ({
      at: epochMs(at),
      by: 'reading',
      value: lostBy(truth, at - LAG),
    })),
  }
}

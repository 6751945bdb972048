import type { SourceReport } from '@/lib/journey/journey'
import type { Pipeline } from '@/lib/journey/pipeline'
import { epochMs } from '@/lib/journey/types'
import type { BrokerAnswer } from '@/lib/sources/answers'
import { findQueues } from '@/lib/sources/rabbitmq/find-queues'
import type { Reading } from '@/lib/sources/rabbitmq/read-broker'
import type { OverviewReply, QueueReply, Series } from '@/lib/sources/rabbitmq/schema'
import { NO_MEMORY, toAnswer } from '@/lib/sources/rabbitmq/to-answer'
import { type QueueMoment, queueAt, type Truth } from '../world/truth'
import { createOnce } from './once'
import type { Sight } from './sight'

const SYSTEM = 'rabbitmq'
/** Its statistics are up to ten seconds old. */
const LAG = 6_000
const UP = 10 * 86_400_000
/** How long before now it was read already. */
const WATCHED: Readonly<Record<Sight['watched'], readonly number[]>> = {
  always: Array.from({ length: 7 }, (_, index) => (7 - index) * 30_000),
  before: [240_000],
  never: [],
}

type Answer = Omit<BrokerAnswer, 'alarms'>

/** What the broker says of its queues, by the product's own reading of its answers. */
export function readBroker(truth: Truth, sight: Sight, pipeline: Pipeline, now: number): Answer {
  if (sight.broker !== 'ok') return { facts: [], report: toSilence(sight, now) }
  return once(truth, `${now} ${sight.watched}`, () => read(truth, sight, pipeline, now))
}

const once = createOnce<Truth, Answer>()

function read(truth: Truth, sight: Sight, pipeline: Pipeline, now: number): Answer {
  const uses = findQueues(pipeline)
  const names = [...uses.keys()]
  let memory = NO_MEMORY
  const times = [...WATCHED[sight.watched].map((before) => now - before), now]
  const answers = times.map((at, index) => {
    const pause = at - (times[index - 1] ?? Number.NEGATIVE_INFINITY)
    const reading = readingAt(truth, names, at, pause)
    const told = toAnswer(reading, { system: SYSTEM, vhost: '/', uses, memory, now: epochMs(at) })
    memory = told.memory
    return told.answer
  })
  return answers.at(-1) ?? { facts: [], report: toSilence(sight, now) }
}

/** What is asked at one moment: what is now, and what was since anybody asked. */
function readingAt(truth: Truth, names: readonly string[], at: number, pause: number): Reading {
  const [hasMinutes, hasHour] = [pause > 55_000, pause > 540_000]
  return {
    askedAt: epochMs(at),
    overview: {
      now: ok(overviewAt(truth, at)),
      minutes: hasMinutes ? overviewOver(truth, at, 10_000, 60) : null,
      hour: hasHour ? overviewOver(truth, at, 60_000, 60) : null,
    },
    clock: overviewOver(truth, at, 5_000, 12),
    nodes: ok([
      { name: 'rabbit@one', running: true, uptime: UP, mem_alarm: false, disk_free_alarm: false },
    ]),
    queues: new Map(
      names.map((name) => [
        name,
        {
          now: ok(replyOf(name, queueAt(truth, name, at - LAG))),
          minutes: hasMinutes ? replyOver(truth, name, at, 10_000) : null,
          hour: hasHour ? replyOver(truth, name, at, 60_000) : null,
        },
      ]),
    ),
    hasVhost: true,
  }
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

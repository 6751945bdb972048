import { SourceError } from '@/lib/errors'
import type { CounterFact, QueueFact } from '@/lib/journey/fact'
import type { BrokerAlarm } from '@/lib/journey/system-reading'
import { type EpochMs, epochMs, type SystemId } from '@/lib/journey/types'
import type { BrokerAnswer } from '../answers'
import { allow } from './allow'
import type { QueueUses } from './find-queues'
import {
  findRises,
  forgetOldTotals,
  mergeSeen,
  type Seen,
  type SeenQueue,
  type SeenValue,
  thin,
} from './history'
import { answerIn, type Reading } from './read-broker'
import type { NodesReply, QueueReply } from './schema'
import { findDistance, toReport } from './to-report'
import { toFigures, toSamples, toUnroutable, toUnroutableSamples } from './to-seen'

/** What is known from earlier readings of this process. */
export type BrokerMemory = {
  readonly queues: ReadonlyMap<string, readonly SeenQueue[]>
  readonly unroutable: readonly SeenValue[]
}

export const NO_MEMORY: BrokerMemory = { queues: new Map(), unroutable: [] }

type Frame = {
  readonly system: SystemId
  readonly vhost: string
  readonly uses: QueueUses
  readonly memory: BrokerMemory
  readonly now: EpochMs
}

/** A node says nothing of its queues, or zero, for as long after its start. */
const SETTLES_MS = 15_000
const MINUTE_LATE_MS = 70_000

/** What one reading says, and what is remembered of it. Throws `SourceError` where nothing was answered. */
export function toAnswer(
  reading: Reading,
  frame: Frame,
): { readonly answer: BrokerAnswer; readonly memory: BrokerMemory } {
  throwIfSilent(reading)
  const { askedAt } = reading
  const { system, uses } = frame
  const since = toBeginning(reading)
  const isTrue = ({ at, by }: Seen) =>
    since !== null && at - (by === 'minute' ? MINUTE_LATE_MS : 0) >= since && at <= askedAt
  const isNow = findDistance(reading) === null
  const readings = isNow ? readQueues(reading, frame.memory, isTrue) : []
  const unroutable = isNow ? readUnroutable(reading, frame.memory, isTrue) : frame.memory.unroutable
  const source = { source: 'rabbitmq', system } as const

  const queueFacts = readings.map(
    ({ name, reply, history }): QueueFact => ({
      ...source,
      kind: 'queue',
      id: `rabbitmq:queue:${name}`,
      at: askedAt,
      queue: name,
      use: uses.get(name) ?? 'work',
      ...toFigures(reply),
      headAt: toHead(reply),
      history: thin(history, askedAt)
        .filter(({ at }) => at < askedAt)
        .map(({ by, ...sample }) => sample),
      attributes: allow(reply),
    }),
  )
  const setAside = readings
    .filter(({ name }) => uses.get(name) === 'set-aside')
    .flatMap(({ name, history }) =>
      toCounters('dead-lettered', name, history.map(toLength), source),
    )
  return {
    answer: {
      facts: [...queueFacts, ...setAside, ...toCounters('unroutable', null, unroutable, source)],
      alarms: toAlarms(answerIn(reading.nodes) ?? [], askedAt),
      report: toReport(reading, frame),
    },
    memory: {
      queues: new Map([
        ...frame.memory.queues,
        ...readings.map(({ name, history }) => [name, history] as const),
      ]),
      unroutable,
    },
  }
}

function throwIfSilent({ overview, queues }: Reading): void {
  const { now: heard } = overview
  if (heard.kind === 'ok' || [...queues.values()].some(({ now }) => now.kind === 'ok')) return
  if (heard.kind === 'failed') throw heard.error
  if (heard.kind === 'refused')
    throw new SourceError('rabbitmq', 'rejected', new Error(`Refused: ${heard.why}`))
  throw new SourceError('rabbitmq', 'malformed', new Error('No management API at this address'))
}

/** Since when all nodes have counted: before, a sample says zero and means nothing. null: not known. */
function toBeginning({ nodes, askedAt }: Reading): EpochMs | null {
  const uptimes = (answerIn(nodes) ?? [])
    .filter(({ running }) => running !== false)
    .map(({ uptime }) => uptime)
    .filter((uptime) => typeof uptime === 'number')
  return uptimes.length === 0 ? null : epochMs(askedAt - Math.min(...uptimes) + SETTLES_MS)
}

type QueueReading = {
  readonly name: string
  readonly reply: QueueReply
  readonly history: readonly SeenQueue[]
}

function readQueues(
  { queues, askedAt }: Reading,
  memory: BrokerMemory,
  isTrue: (seen: Seen) => boolean,
): readonly QueueReading[] {
  return [...queues].flatMap(([name, { now, minutes, hour }]) => {
    const reply = answerIn(now)
    if (!reply) return []
    const found: readonly SeenQueue[] = [
      { at: askedAt, by: 'reading', ...toFigures(reply) },
      ...(minutes ? toSamples(minutes, 'sample').filter(isTrue) : []),
      ...(hour ? toSamples(hour, 'minute').filter(isTrue) : []),
    ]
    const history = mergeSeen(memory.queues.get(name) ?? [], found, askedAt)
    return [{ name, reply, history: forgetOldTotals(history) }]
  })
}

function readUnroutable(
  { overview: { now, minutes, hour }, askedAt }: Reading,
  memory: BrokerMemory,
  isTrue: (seen: Seen) => boolean,
): readonly SeenValue[] {
  const reply = answerIn(now)
  if (!reply) return memory.unroutable
  const found: readonly SeenValue[] = [
    { at: askedAt, by: 'reading', value: toUnroutable(reply) },
    ...(minutes ? toUnroutableSamples(minutes, 'sample').filter(isTrue) : []),
    ...(hour ? toUnroutableSamples(hour, 'minute').filter(isTrue) : []),
  ]
  return mergeSeen(memory.unroutable, found, askedAt)
}

/** The publisher's own time, in seconds; where nothing waits, there is no oldest. */
const toHead = ({ head_message_timestamp: head, messages_ready: ready }: QueueReply) =>
  typeof head === 'number' && head > 0 && head < 4_102_444_800 && ready !== 0
    ? epochMs(head * 1_000)
    : null

/** All that lies in a queue: who looks at it by hand only moves it from ready to unacknowledged. */
const toLength = ({ at, by, ready, unacked }: SeenQueue): SeenValue => ({
  at,
  by,
  value: ready === null || unacked === null ? null : ready + unacked,
})

const toCounters = (
  counter: CounterFact['counter'],
  queue: string | null,
  values: readonly SeenValue[],
  source: Pick<CounterFact, 'source' | 'system'>,
): readonly CounterFact[] =>
  findRises(values).map(({ since, at, by }) => ({
    ...source,
    kind: 'counter',
    id: `rabbitmq:${counter}:${queue ?? ''}:${at}`,
    at,
    counter,
    queue,
    since,
    by,
    attributes: {},
  }))

const toAlarms = (nodes: NodesReply, at: EpochMs): readonly BrokerAlarm[] => [
  ...(nodes.some((node) => node.mem_alarm) ? [{ kind: 'memory' as const, at }] : []),
  ...(nodes.some((node) => node.disk_free_alarm) ? [{ kind: 'disk' as const, at }] : []),
]

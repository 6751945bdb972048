import { isSourceError, type SourceError } from '@/lib/errors'
import type { EpochMs } from '@/lib/journey/types'
import type { Transport } from '../fetch-json'
import { type Answered, ask, type Question } from './ask'
import {
  type NodesReply,
  nodesReply,
  type OverviewReply,
  overviewReply,
  type QueueReply,
  queueReply,
  vhostsReply,
} from './schema'

/** What became of one question. */
export type Heard<T> = Answered<T> | { readonly kind: 'failed'; readonly error: SourceError }

/** What something shows now, and before: `minutes` the last ten, `hour` the last sixty; null: not asked, or not answered. */
export type Told<T> = {
  readonly now: Heard<T>
  readonly minutes: T | null
  readonly hour: T | null
}

/** How far back is asked: as far as nobody has looked. */
export type Reach = 'now' | 'minutes' | 'hour'

/** Everything asked at one time, as it came. */
export type Reading = {
  readonly askedAt: EpochMs
  readonly overview: Told<OverviewReply>
  /** The newest samples, for the time they carry; null: there are none to be had. */
  readonly clock: OverviewReply | null
  readonly nodes: Heard<NodesReply>
  readonly queues: ReadonlyMap<string, Told<QueueReply>>
  /** Asked only where no queue was there; null: not known. */
  readonly hasVhost: boolean | null
}

type Asking = {
  readonly baseUrl: URL
  readonly vhost: string
  readonly queues: readonly string[]
  readonly reach: Reach
  readonly askedAt: EpochMs
  readonly transport: Transport
}

const QUEUE =
  'name,type,state,messages,messages_ready,messages_ready_details,messages_unacknowledged,messages_unacknowledged_details,consumers,head_message_timestamp,message_stats,arguments,effective_policy_definition'
const OVERVIEW = 'rabbitmq_version,rates_mode,disable_stats,sample_retention_policies,message_stats'
const NODE = 'name,running,uptime,mem_alarm,disk_free_alarm'

const range = (age: number, incr: number) => ({
  lengths_age: age,
  lengths_incr: incr,
  msg_rates_age: age,
  msg_rates_incr: incr,
})
// What is now is asked for without a range: with one even figures of now may come from samples that are a minute old.
const NEWEST = range(60, 5)
const MINUTES = range(600, 10)
const HOUR = range(3_600, 60)

/**
 * Asks for everything at once, and for what was before after it. Never throws `SourceError`.
 *
 *     overview ■■ ■ ■■ ■■
 *     nodes    ■■
 *     queues   ■■■  ■■■ ■■■
 *              now  minutes, hour
 */
export async function readBroker(asking: Asking): Promise<Reading> {
  const { baseUrl, vhost, askedAt, transport } = asking
  const overviewOf = (query: Question['query']) =>
    hear(
      baseUrl,
      { path: ['overview'], query: { columns: OVERVIEW, ...query } },
      overviewReply,
      transport,
    )
  const queueOf = (name: string) => (query: Question['query']) =>
    // These two would be another path.
    name === '.' || name === '..'
      ? Promise.resolve({ kind: 'missing' } as const)
      : hear(
          baseUrl,
          { path: ['queues', vhost, name], query: { columns: QUEUE, ...query } },
          queueReply,
          transport,
        )

  const [overview, clock, nodes, ...queues] = await Promise.all([
    overviewOf({}),
    overviewOf(NEWEST),
    hear(baseUrl, { path: ['nodes'], query: { columns: NODE } }, nodesReply, transport),
    ...asking.queues.map((name) => queueOf(name)({})),
  ])
  const kept = answerIn(overview)?.sample_retention_policies
  const [hasVhost, overviewBefore, ...before] = await Promise.all([
    queues.length > 0 && queues.every(({ kind }) => kind === 'missing')
      ? hear(baseUrl, { path: ['vhosts'] }, vhostsReply, transport)
      : null,
    askBefore(overviewOf, asking.reach, kept?.global),
    ...asking.queues.map((name, index) =>
      askBefore(queueOf(name), queues[index]?.kind === 'ok' ? asking.reach : 'now', kept?.basic),
    ),
  ])
  return {
    askedAt,
    nodes,
    clock: answerIn(clock),
    overview: { now: overview, ...overviewBefore },
    queues: new Map(
      asking.queues.flatMap((name, index) => {
        const [now, then] = [queues[index], before[index]]
        return now && then ? [[name, { now, ...then }]] : []
      }),
    ),
    hasVhost: answerIn(hasVhost)?.some(({ name }) => name === vhost) ?? null,
  }
}

async function hear<T>(
  ...[baseUrl, question, schema, transport]: Parameters<typeof ask<T>>
): Promise<Heard<T>> {
  try {
    return await ask(baseUrl, question, schema, transport)
  } catch (error) {
    if (isSourceError(error)) return { kind: 'failed', error }
    throw error
  }
}

type AskFor<T> = (query: Question['query']) => Promise<Heard<T>>

/** `kept` says for how many seconds samples are kept, by their closeness: beyond that the broker answers with zeros. */
async function askBefore<T>(askFor: AskFor<T>, reach: Reach, kept: readonly number[] = []) {
  const hasMinutes = kept.some((seconds) => seconds >= 600 && seconds < 3_600)
  const hasHour = kept.some((seconds) => seconds >= 3_600)
  const [minutes, hour] = await Promise.all([
    reach !== 'now' && hasMinutes ? askFor(MINUTES) : null,
    reach === 'hour' && hasHour ? askFor(HOUR) : null,
  ])
  return { minutes: answerIn(minutes), hour: answerIn(hour) }
}

export const answerIn = <T>(heard: Heard<T> | null): T | null =>
  heard?.kind === 'ok' ? heard.value : null

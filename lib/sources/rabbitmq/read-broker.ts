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
 * Asks for everything at once. Never throws `SourceError`. What was before counts only where the overview says that
 * samples are kept so long: a broker answers zeros beyond that.
 *
 *     overview ■■ ■ ■■ ■■
 *     nodes    ■■
 *     queues   ■■■ ■■■ ■■■      now, minutes, hour
 *     vhosts           ■■       only where no queue was there
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

  const { reach } = asking
  const [overview, clock, nodes, overviewBefore, ...queues] = await Promise.all([
    overviewOf({}),
    overviewOf(NEWEST),
    hear(baseUrl, { path: ['nodes'], query: { columns: NODE } }, nodesReply, transport),
    askBefore(overviewOf, reach),
    ...asking.queues.map(async (name) => {
      const [now, before] = await Promise.all([queueOf(name)({}), askBefore(queueOf(name), reach)])
      return { name, now, before }
    }),
  ])
  const kept = answerIn(overview)?.sample_retention_policies
  const hasVhost =
    queues.length > 0 && queues.every(({ now }) => now.kind === 'missing')
      ? await hear(baseUrl, { path: ['vhosts'] }, vhostsReply, transport)
      : null
  return {
    askedAt,
    nodes,
    clock: answerIn(clock),
    overview: { now: overview, ...ifKept(overviewBefore, kept?.global) },
    queues: new Map(
      queues.map(({ name, now, before }) => [
        name,
        { now, ...ifKept(before, now.kind === 'ok' ? kept?.basic : []) },
      ]),
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

type Before<T> = Pick<Told<T>, 'minutes' | 'hour'>

async function askBefore<T>(askFor: AskFor<T>, reach: Reach): Promise<Before<T>> {
  const [minutes, hour] = await Promise.all([
    reach === 'now' ? null : askFor(MINUTES),
    reach === 'hour' ? askFor(HOUR) : null,
  ])
  return { minutes: answerIn(minutes), hour: answerIn(hour) }
}

/** `kept` says for how many seconds samples are kept, by their closeness. */
function ifKept<T>({ minutes, hour }: Before<T>, kept: readonly number[] = []): Before<T> {
  return {
    minutes: kept.some((seconds) => seconds >= 600 && seconds < 3_600) ? minutes : null,
    hour: kept.some((seconds) => seconds >= 3_600) ? hour : null,
  }
}

export const answerIn = <T>(heard: Heard<T> | null): T | null =>
  heard?.kind === 'ok' ? heard.value : null

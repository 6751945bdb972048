import type { SourceFault } from '@/lib/errors'
import type { SourceNote, SourceReport } from '@/lib/journey/journey'
import type { EpochMs, SystemId } from '@/lib/journey/types'
import type { BrokerAnswer } from '../answers'
import type { Refusal } from './ask'
import { answerIn, type Heard, type Reading } from './read-broker'
import type { QueueReply } from './schema'
import { countRejected, toFigures, toNewest } from './to-seen'

type Frame = { readonly system: SystemId; readonly vhost: string; readonly now: EpochMs }

/** The broker samples every few seconds, whatever happens: a newest sample older than this is of another time, or by another clock. */
const OLDEST_MS = 60_000

/** How far its newest samples are from our time, in milliseconds, where that is too far: from a cache, or by a clock that is wrong. */
export function findDistance({ clock, askedAt }: Reading): number | null {
  const newest = clock && toNewest(clock)
  const distance = newest === null ? 0 : Math.abs(askedAt - newest)
  return distance > OLDEST_MS ? distance : null
}

/** What was answered, and by closed codes what was not. */
export function toReport(reading: Reading, { system, vhost, now }: Frame): SourceReport {
  const { askedAt, queues } = reading
  const notes = [...toBrokerNotes(reading, vhost), ...toQueueNotes(reading)]
  const fault = [reading.overview.now, reading.nodes, ...[...queues.values()].map(({ now }) => now)]
    .map(toFault)
    .find((found) => found !== null)
  const old = notes.find(({ code }) => code === 'figures-old')
  return {
    source: 'rabbitmq',
    state: old ? 'stale' : notes.length > 0 ? 'partial' : 'ok',
    reason: fault ?? old?.code ?? notes[0]?.code ?? null,
    // How far behind its counts are it does not say.
    asOf: null,
    askedAt,
    tookMs: Math.max(0, now - askedAt),
    systems: [system],
    notes,
  }
}

export type Refused = { readonly why: Refusal; readonly at: EpochMs }

/** What there is to say where everything was refused: which right is missing. */
export const toRefusedAnswer = (
  { why, at }: Refused,
  { system, now }: Pick<Frame, 'system' | 'now'>,
): BrokerAnswer => ({
  facts: [],
  alarms: [],
  report: {
    source: 'rabbitmq',
    state: 'missing',
    reason: `refused-${why}`,
    asOf: null,
    askedAt: at,
    tookMs: Math.max(0, now - at),
    systems: [system],
    notes: [note(`refused-${why}`, {})],
  },
})

const toFault = (heard: Heard<unknown>): SourceFault | null =>
  heard.kind === 'failed' ? heard.error.fault : null

function toBrokerNotes(reading: Reading, vhost: string): readonly SourceNote[] {
  const { nodes, queues, hasVhost } = reading
  const { now: overview } = reading.overview
  const distance = findDistance(reading)
  const heard = [overview, nodes, ...[...queues.values()].map(({ now }) => now)]
  const refusals = new Set(heard.flatMap((one) => (one.kind === 'refused' ? [one.why] : [])))
  const statistics = answerIn(overview)
  const isOff = statistics?.disable_stats === true || statistics?.rates_mode === 'none'
  const down = (answerIn(nodes) ?? []).filter(({ running }) => running === false).length
  const unread = [overview, nodes].some(({ kind }) => kind === 'failed' || kind === 'missing')
  return [
    ...[...refusals].map((why) => note(`refused-${why}`, {})),
    ...(unread ? [note('broker-unread', {})] : []),
    ...(hasVhost === false ? [note('vhost-missing', { vhost })] : []),
    ...(isOff ? [note('statistics-off', {})] : []),
    ...(down > 0 ? [note('node-down', { count: down })] : []),
    ...(distance === null ? [] : [note('figures-old', { seconds: Math.round(distance / 1_000) })]),
  ]
}

function toQueueNotes({ queues, hasVhost }: Reading): readonly SourceNote[] {
  return [...queues].flatMap(([queue, { now }]) => {
    if (now.kind !== 'ok')
      return now.kind === 'missing' && hasVhost === false ? [] : UNREAD[now.kind](queue)
    const rejected = countRejected(now.value)
    if (rejected > 0) return [note('figures-rejected', { queue, count: rejected })]
    const { ready, unacked, consumers } = toFigures(now.value)
    return [ready, unacked, consumers].includes(null) ? [note('figures-missing', { queue })] : []
  })
}

/** A refusal is said once, for all queues. */
const UNREAD: Readonly<
  Record<Exclude<Heard<QueueReply>['kind'], 'ok'>, (queue: string) => readonly SourceNote[]>
> = {
  missing: (queue) => [note('queue-missing', { queue })],
  refused: () => [],
  unfit: (queue) => [note('queue-unread', { queue })],
  failed: (queue) => [note('queue-unread', { queue })],
}

const note = (code: SourceNote['code'], values: SourceNote['values']): SourceNote => ({
  code,
  values,
})

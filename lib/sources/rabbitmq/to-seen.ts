import type { QueueSample } from '@/lib/journey/fact'
import { type EpochMs, epochMs } from '@/lib/journey/types'
import type { SeenBy, SeenQueue, SeenValue } from './history'
import type { Figure, OverviewReply, QueueReply, Series } from './schema'

type Figures = Omit<QueueSample, 'at'>

/** `rejected` is as unknown as what was not said. */
const known = (figure: Figure | undefined): number | null =>
  typeof figure === 'number' ? figure : null

/** The sum of those that are known; null: none is. */
function sum(figures: readonly (Figure | undefined)[]): number | null {
  const values = figures.map(known).filter((value) => value !== null)
  return values.length === 0 ? null : values.reduce((total, value) => total + value, 0)
}

/** What the queue shows now. Acknowledged is also what was delivered to whoever never acknowledges. */
export const toFigures = ({ message_stats: stats, ...queue }: QueueReply): Figures => ({
  ready: known(queue.messages_ready),
  unacked: known(queue.messages_unacknowledged),
  consumers: known(queue.consumers),
  published: known(stats?.publish),
  acked: sum([stats?.ack, stats?.deliver_no_ack, stats?.get_no_ack]),
  redelivered: known(stats?.redeliver),
})

/** How many figures were said that are none: negative, a text, a fraction. */
export const countRejected = ({ message_stats: stats, ...queue }: QueueReply): number =>
  [
    queue.messages,
    queue.messages_ready,
    queue.messages_unacknowledged,
    queue.consumers,
    queue.head_message_timestamp,
    ...(stats ? [stats.publish, stats.ack, stats.redeliver] : []),
  ].filter((figure) => figure === 'rejected').length

/** What the broker sampled, as one row for each moment. How many consumers there were it does not sample. */
export function toSamples(
  { message_stats: stats, ...queue }: QueueReply,
  by: SeenBy,
): readonly SeenQueue[] {
  const ready = byTime(queue.messages_ready_details)
  const unacked = byTime(queue.messages_unacknowledged_details)
  const published = byTime(stats?.publish_details)
  const redelivered = byTime(stats?.redeliver_details)
  const acked = [stats?.ack_details, stats?.deliver_no_ack_details, stats?.get_no_ack_details]
  const ackedAt = acked.map(byTime)
  return [...new Set([...ready.keys(), ...unacked.keys()])].map((at) => ({
    at: epochMs(at),
    by,
    ready: known(ready.get(at)),
    unacked: known(unacked.get(at)),
    consumers: null,
    published: known(published.get(at)),
    acked: sum(ackedAt.map((values) => values.get(at))),
    redelivered: known(redelivered.get(at)),
  }))
}

/** Messages that reached no queue, dropped or given back to their sender. */
export const toUnroutable = ({ message_stats: stats }: OverviewReply): number | null =>
  sum([stats?.drop_unroutable, stats?.return_unroutable])

/** The same as the broker sampled it. */
export function toUnroutableSamples(
  { message_stats: stats }: OverviewReply,
  by: SeenBy,
): readonly SeenValue[] {
  const dropped = byTime(stats?.drop_unroutable_details)
  const returned = byTime(stats?.return_unroutable_details)
  return [...new Set([...dropped.keys(), ...returned.keys()])].map((at) => ({
    at: epochMs(at),
    by,
    value: sum([dropped.get(at), returned.get(at)]),
  }))
}

/** The newest moment the broker has sampled, by its own clock; null: it samples nothing. */
export function toNewest({ message_stats: stats }: OverviewReply): EpochMs | null {
  const times = [...(stats?.publish_details ?? []), ...(stats?.drop_unroutable_details ?? [])].map(
    ({ at }) => at,
  )
  return times.length === 0 ? null : epochMs(Math.max(...times))
}

const byTime = (series: Series | undefined): ReadonlyMap<number, Figure> =>
  new Map(series?.map(({ at, value }) => [at, value]))

import type { Message, Order, Queue } from '@/demo/company/order'
import type { Company } from '@/demo/company/plan-orders'
import { MINUTE } from '@/demo/company/time'
import type { CompanySeries } from './evaluate'

const QUEUES: readonly Queue[] = ['crm_to_mes', 'mes_to_crm']
const REASONS = ['rejected', 'expired', 'delivery_limit'] as const
/** A consumer that tries again so late was given the message anew. */
const GIVEN_UP = 10 * MINUTE

/** What the broker's plugin and MES itself would say of the company: queues, dead letters, calculations. */
export function brokerSeries({ orders, world }: Company): readonly CompanySeries[] {
  const messages = orders.flatMap(messagesOf)
  const letters = orders.flatMap((order) => order.deadLetters)
  // An order made by hand has waited for longer than its queue has been stopped.
  const waits = orders.flatMap(({ failures }) => failures.filter(({ id }) => id === 'FP-04'))
  const stopped = (queue: Queue, at: number) =>
    world.incidents.some((one) => one.queue === queue && isDuring(one, at)) ||
    waits.some((one) => one.variant === queue && isDuring(one, at))
  const global = (name: string, moments: readonly number[], labels = {}) =>
    counter(`rabbitmq_global_messages_${name}_total`, moments, labels)

  return [
    ...QUEUES.flatMap((queue) =>
      queueSeries(
        queue,
        messages.filter((one) => one.queue === queue && !one.isLost),
        (at) => (stopped(queue, at) ? 0 : 2),
      ),
    ),
    ...QUEUES.flatMap((queue) => asideSeries(queue, letters)),
    global(
      'unroutable_dropped',
      messages.filter(({ isLost }) => isLost).map(({ sentAt }) => sentAt),
    ),
    ...REASONS.map((reason) =>
      global(
        `dead_lettered_${reason}`,
        letters.filter((one) => one.reason === reason).map(({ diedAt }) => diedAt),
        { queue_type: 'rabbit_classic_queue', dead_letter_strategy: 'at_most_once' },
      ),
    ),
    calculations(orders),
  ]
}

type Sent = {
  readonly queue: Queue
  readonly sentAt: number
  /** Published to where no queue was bound. */
  readonly isLost: boolean
  readonly tries: readonly { readonly at: number; readonly end: number }[]
  /** When the queue is rid of it; Infinity: not yet. */
  readonly doneAt: number
}

function messagesOf(order: Order): readonly Sent[] {
  const all = order.acts.flatMap(({ message, reply }) => [message, reply])
  const lostAt = order.failures.flatMap((one) => (one.variant === 'unroutable' ? one.from : []))
  return all.flatMap((message) => {
    if (!message || message.sentAt === null) return []
    const { queue, sentAt, attempts } = message
    const tries = attempts.map(({ at, ms }) => ({ at, end: at + ms }))
    const died = order.deadLetters.find(({ messageId }) => messageId === message.id)?.diedAt
    const isLost = lostAt.includes(sentAt)
    return [{ queue, sentAt, isLost, tries, doneAt: died ?? doneAt(message) }]
  })
}

function doneAt({ attempts }: Message): number {
  const last = attempts.find(({ at, ms, error }, index) => {
    const next = attempts[index + 1]
    return error === null || !next || next.at > at + ms + GIVEN_UP
  })
  return last ? last.at + last.ms : Number.POSITIVE_INFINITY
}

function queueSeries(
  queue: string,
  messages: readonly Sent[],
  consumersAt: (at: number) => number,
): readonly CompanySeries[] {
  const sent = inOrder(messages.map(({ sentAt }) => sentAt))
  const done = inOrder(messages.map((one) => one.doneAt))
  const tries = messages.flatMap((one) => one.tries.filter(({ at }) => at < one.doneAt))
  const begun = inOrder(tries.map(({ at }) => at))
  const ended = inOrder(tries.map(({ end }) => end))
  const again = messages.flatMap((one) => one.tries.slice(1).map(({ at }) => at))
  const slow = messages.filter((one) => (one.tries[0]?.at ?? Infinity) - one.sentAt > MINUTE)
  const unackedAt = (at: number) => countTo(begun, at) - countTo(ended, at)
  const readyAt = (at: number) => Math.max(0, countTo(sent, at) - countTo(done, at) - unackedAt(at))
  const gauge = (name: string, valueAt: CompanySeries['valueAt']) => ({
    labels: { __name__: `rabbitmq_detailed_queue_${name}`, vhost: '/', queue },
    valueAt,
  })
  const channel = { channel: '<0.812.0>', vhost: '/', queue }
  return [
    gauge('messages_ready', readyAt),
    gauge('messages_unacked', unackedAt),
    gauge('consumers', consumersAt),
    gauge('head_message_timestamp', (at) => {
      const waiting = slow.filter((one) => one.sentAt <= at && (one.tries[0]?.at ?? Infinity) > at)
      const oldest = Math.min(...waiting.map(({ sentAt }) => sentAt))
      return Number.isFinite(oldest) ? Math.floor(oldest / 1_000) : null
    }),
    counter('rabbitmq_detailed_queue_messages_published_total', sent, channel),
    counter('rabbitmq_detailed_channel_messages_acked_total', done, channel),
    counter('rabbitmq_detailed_channel_messages_redelivered_total', again, channel),
  ]
}

function asideSeries(
  queue: Queue,
  letters: Company['orders'][number]['deadLetters'],
): readonly CompanySeries[] {
  const died = inOrder(letters.filter((one) => one.queue === queue).map(({ diedAt }) => diedAt))
  const labels = { vhost: '/', queue: `${queue}.dlq` }
  const gauge = (name: string, valueAt: CompanySeries['valueAt']) => ({
    labels: { __name__: `rabbitmq_detailed_queue_${name}`, ...labels },
    valueAt,
  })
  return [
    gauge('messages_ready', (at) => countTo(died, at)),
    gauge('messages_unacked', () => 0),
    gauge('consumers', () => 0),
  ]
}

function calculations(orders: readonly Order[]): CompanySeries {
  const all = orders.flatMap(({ acts }) =>
    acts.flatMap(({ pricing, message }) => [
      pricing,
      ...(message?.attempts.map((one) => one.pricing) ?? []),
    ]),
  )
  const runs = all.filter((one) => one !== undefined)
  const begun = inOrder(runs.map(({ at }) => at))
  const ended = inOrder(runs.map(({ at, ms }) => at + ms))
  return {
    labels: { __name__: 'price_calculations_in_progress', instance: 'mes-api-0' },
    valueAt: (at) => countTo(begun, at) - countTo(ended, at),
  }
}

function counter(
  name: string,
  moments: readonly number[],
  labels: Readonly<Record<string, string>>,
): CompanySeries {
  const sorted = inOrder(moments)
  return { labels: { __name__: name, ...labels }, valueAt: (at) => countTo(sorted, at) }
}

const isDuring = (one: { from: number; until: number | null }, at: number): boolean =>
  at >= one.from && (one.until === null || at < one.until)

const inOrder = (moments: readonly number[]): readonly number[] =>
  moments.filter(Number.isFinite).sort((a, b) => a - b)

/** How many of these moments have been. */
function countTo(sorted: readonly number[], at: number): number {
  let from = 0
  let until = sorted.length
  while (from < until) {
    const middle = (from + until) >> 1
    if ((sorted[middle] ?? Infinity) <= at) from = middle + 1
    else until = middle
  }
  return from
}

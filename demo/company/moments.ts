import type { Message, Order } from './order'
import { SECOND } from './time'

/** Reading a model goes on this long after the calculation has begun. */
const SLACK = 6 * SECOND

const known = new WeakMap<Order, readonly number[]>()

/** Whether anything of the order is written, or any of its spans may end, after `from` and up to `until`. */
export function movesBetween(order: Order, from: number, until: number): boolean {
  const moments = known.get(order) ?? momentsOf(order)
  known.set(order, moments)
  return moments.some((at) => at > from - SLACK && at <= until + SLACK)
}

function momentsOf(order: Order): readonly number[] {
  const messages = order.acts
    .flatMap(({ message, reply }) => [message, reply])
    .filter((one) => one !== null && one !== undefined)
  return [
    ...order.changes.flatMap(({ at, sentAt }) => [at, sentAt]),
    ...order.acts.flatMap(({ at, ms, pricing }) => [
      at,
      at + ms,
      ...(pricing ? [pricing.at, pricing.at + pricing.ms] : []),
    ]),
    ...messages.flatMap(momentsOfMessage),
    ...order.pricingStarts,
    ...order.deadLetters.map(({ diedAt }) => diedAt),
    ...order.failures.flatMap(({ from, until }) => [from, until]),
  ].filter((at) => at !== null && Number.isFinite(at)) as number[]
}

const momentsOfMessage = ({ sentAt, attempts }: Message) => [
  sentAt,
  ...attempts.flatMap(({ at, ms, pricing }) => [
    at,
    at + ms,
    ...(pricing ? [pricing.at, pricing.at + pricing.ms] : []),
  ]),
]

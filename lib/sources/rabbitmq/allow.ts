import type { Attributes } from '@/lib/journey/types'
import { mask } from '../mask'
import type { QueueReply } from './schema'

const WORD = /^[a-z_]{1,40}$/
const LONGEST_MS = 31 * 86_400_000

/** What a queue says of how it works. Whatever is not here, or is no such value, exists no further in. */
export function allow(queue: QueueReply): Attributes {
  const fields: Readonly<Record<string, string | null>> = {
    queue_type: word(queue.type),
    queue_state: word(queue.state),
    consumer_timeout_ms: number(least(queue, 'consumer-timeout'), 1, LONGEST_MS),
    // -1 switches the limit off.
    delivery_limit: number(least(queue, 'delivery-limit'), -1, 1e9),
    // Without one, what the queue gives up is dropped and not kept.
    dead_letter_exchange: queue.arguments ? exchange(queue) : null,
  }
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === null ? [] : [[name, mask(value, 'B')] as const],
    ),
  )
}

const word = (text: string | null | undefined): string | null =>
  text && WORD.test(text) ? text : null

const number = (value: number | null, from: number, to: number): string | null =>
  value !== null && value >= from && value <= to ? String(value) : null

/** Of an argument and a policy the smaller holds. */
function least(queue: QueueReply, name: string): number | null {
  const values = settingsOf(queue, name).filter((value) => Number.isInteger(value))
  return values.length === 0 ? null : Math.min(...values.map(Number))
}

const exchange = (queue: QueueReply): string =>
  settingsOf(queue, 'dead-letter-exchange').some((value) => typeof value === 'string')
    ? 'set'
    : 'none'

const settingsOf = (queue: QueueReply, name: string): readonly unknown[] => [
  queue.arguments?.[`x-${name}`],
  queue.effective_policy_definition?.[name],
]

import type { SpanFact } from './fact'
import type { HandoffDef } from './pipeline'

const DEFAULT_EXCHANGE = ['amq.default', 'default', '']

/** Whether a span of a message may be of this way: it names its exchange or one of its queues, or no place at all. */
export function isOn({ attributes }: SpanFact, { exchange, queues = [], routingKeys }: HandoffDef) {
  const said = attributes['messaging.destination.name']?.value
  const key = attributes['messaging.rabbitmq.destination.routing_key']?.value
  const places = [...queues, ...(exchange === undefined ? [] : [exchange])]
  if (said === undefined || places.length === 0) return true
  if (DEFAULT_EXCHANGE.includes(said)) return key === undefined || queues.includes(key)
  const named = said.split(/[:,]/)
  const placed = places.some((place) => place === said || named.includes(place))
  const keys = routingKeys ?? []
  return (
    placed && (keys.length === 0 || key === undefined || keys.includes(key) || queues.includes(key))
  )
}

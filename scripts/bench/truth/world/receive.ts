import { beginConsuming } from './messages'
import type { Delivery } from './queue'
import type { TrueSpan, Try } from './truth'
import type { World } from './world'

type Receiving = {
  readonly world: World
  readonly system: string
  readonly service: string
  readonly queue: string
  readonly name: string
  readonly delivery: Delivery
  /** How long the handler takes until it saves. */
  readonly ms: number
  readonly table: string
  /** Writes what the message says. */
  readonly save: (attempt: Handling) => void
}

export type Handling = { readonly span: TrueSpan; readonly tried: Try }

/** Handles one delivery of our message, and fails as its plan says. */
export function receive(receiving: Receiving): void {
  const { world, system, service, queue, name, delivery, ms, table } = receiving
  const { message } = delivery
  const span = beginConsuming(world, service, name, delivery)
  const at = world.timeline.now()
  const tried: Try = {
    queue,
    status: message.status,
    messageId: message.id,
    at,
    ended: null,
    outcome: null,
  }
  world.truth.tries.push(tried)
  const { stuck } = world.plan.faults
  if (stuck?.queue === queue && at >= stuck.from) return

  const fault = world.plan.faults.handling?.[`${system} ${message.status}`]
  const fails = fault !== undefined && fault !== 'unsaved' && delivery.attempt <= fault.fails
  world.later(ms, () => {
    if (!delivery.isHeld()) return cut(world, tried)
    const tags = { 'db.system': 'postgresql', 'db.operation': 'UPDATE', 'db.sql.table': table }
    if (fault !== 'unsaved') {
      const write = world.during(service, `UPDATE ${table}`, 5, {
        kind: 'client',
        under: span,
        tags,
      })
      write.failed = fails
    }
    if (!fails && fault !== 'unsaved') return receiving.save({ span, tried })
    if (fails) span.tags = { ...span.tags, 'error.type': 'PSQLException' }
    finish(world, { span, tried }, fails ? 'failed' : 'unsaved')
    if (fault === 'unsaved') return delivery.settle('ack')
    const last = fault !== undefined && delivery.attempt >= fault.fails && fault.becomes !== 'ok'
    delivery.settle(last ? SETTLES[fault.becomes] : 'requeue')
  })
}

const SETTLES = { aside: 'reject', unkept: 'unkept', acked: 'ack', ok: 'requeue' } as const

/** A try ends, now. */
export function finish(
  world: World,
  { span, tried }: Handling,
  outcome: Exclude<Try['outcome'], null>,
): void {
  world.end(span, outcome === 'failed')
  tried.ended = world.timeline.now()
  tried.outcome = outcome
}

/** Whoever worked on it is gone: its spans never end. */
function cut(world: World, tried: Try): void {
  tried.ended = world.timeline.now()
  tried.outcome = 'failed'
}

import type { Timeline } from './timeline'
import type { Death, QueueMoment, SpanRef } from './truth'

export type Message = {
  readonly id: string
  readonly ours: boolean
  readonly status: string
  readonly publishedAt: number
  readonly context: SpanRef | null
  /** How long its receiver works on it, for messages of other orders. */
  readonly worksMs: number
}

/** `unkept`: given up, where nothing keeps what is given up. */
export type Outcome = 'ack' | 'requeue' | 'reject' | 'unkept'

/** A message in the hands of a consumer. */
export type Delivery = {
  readonly message: Message
  /** How often it was delivered, this time included. */
  readonly attempt: number
  /** False once the consumer is gone: the message was given to the next one. */
  readonly isHeld: () => boolean
  readonly settle: (outcome: Outcome) => void
}

export type Queue = {
  readonly name: string
  readonly publish: (message: Message) => void
  readonly connect: () => void
  /** Whatever it holds is given back. */
  readonly disconnect: () => void
  readonly isConnected: () => boolean
}

type Options = {
  readonly name: string
  readonly timeline: Timeline
  readonly log: QueueMoment[]
  readonly asideLog: QueueMoment[]
  readonly deaths: Death[]
  readonly handle: (delivery: Delivery) => void
}

/**
 * A queue with one consumer that takes one message at a time.
 *
 *     publish ─▶ ready ─▶ in hand ─┬─ ack
 *                  ▲               ├─ requeue, to the front
 *                  └───────────────┘
 *                                  └─ reject ─▶ set aside
 */
export function createQueue({ name, timeline, log, asideLog, deaths, handle }: Options): Queue {
  const ready: Message[] = []
  const attempts = new Map<string, number>()
  let held: { message: Message } | null = null
  let [consumers, published, acked, redelivered, aside] = [1, 0, 0, 0, 0]

  const note = () =>
    log.push({
      at: timeline.now(),
      ready: ready.length,
      unacked: held ? 1 : 0,
      consumers,
      published,
      acked,
      redelivered,
      head: ready[0]?.publishedAt ?? null,
    })

  function giveNext(): void {
    const [message] = ready
    if (held || consumers === 0 || !message) return
    ready.shift()
    const holding = { message }
    held = holding
    const attempt = (attempts.get(message.id) ?? 0) + 1
    attempts.set(message.id, attempt)
    if (attempt > 1) redelivered += 1
    note()
    handle({
      message,
      attempt,
      isHeld: () => held === holding,
      settle(outcome) {
        if (held !== holding) return
        held = null
        if (outcome === 'ack') acked += 1
        else if (outcome === 'requeue') ready.unshift(message)
        else bury(message, outcome === 'reject')
        note()
        giveNext()
      },
    })
  }

  function bury({ id, ours }: Message, kept: boolean): void {
    const at = timeline.now()
    deaths.push({ queue: name, at, reason: 'rejected', ours, kept, messageId: id })
    if (!kept) return
    aside += 1
    const rest = { unacked: 0, consumers: 0, acked: 0, redelivered: 0, head: null }
    asideLog.push({ at, ready: aside, published: aside, ...rest })
  }

  return {
    name,
    publish(message) {
      ready.push(message)
      published += 1
      note()
      giveNext()
    },
    connect() {
      consumers = 1
      note()
      giveNext()
    },
    disconnect() {
      consumers = 0
      if (held) ready.unshift(held.message)
      held = null
      note()
    },
    isConnected: () => consumers > 0,
  }
}

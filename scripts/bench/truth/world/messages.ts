import type { Delivery, Queue } from './queue'
import type { Change, SpanRef, TrueSpan } from './truth'
import type { World } from './world'

export type Queues = Readonly<Record<'crm_to_mes' | 'mes_to_crm', Queue>>

const EXCHANGE = 'orders'
const QUEUE_OF = { crm: 'crm_to_mes', mes: 'mes_to_crm' } as const
const SERVICE_OF = { crm: 'crm-api', mes: 'mes-api' } as const

export type Sender = keyof typeof QUEUE_OF

/** A system hands a change of its record on, as its plan allows. */
export function send(
  world: World,
  queues: Queues,
  from: Sender,
  change: Change,
  under: SpanRef,
): void {
  const fault = world.plan.faults.sending?.[`${from} ${change.status}`]
  const id = `m-${world.random.hex(8)}`
  if (change.messageId === null) change.messageId = id
  if (fault === 'skipped') return

  const at = world.timeline.now()
  const name = from === 'crm' ? `${EXCHANGE} publish` : `publish ${change.status.toLowerCase()}`
  const span = world.during(SERVICE_OF[from], name, 4, {
    kind: 'producer',
    under,
    tags: {
      'order.id': world.truth.orderId,
      'messaging.system': 'rabbitmq',
      'messaging.destination.name': EXCHANGE,
      'messaging.operation.type': 'send',
      'messaging.message.id': id,
    },
  })
  if (fault === 'error') {
    span.failed = true
    return
  }
  change.sentAt = at
  const queue = QUEUE_OF[from]
  const routed = fault !== 'unroutable'
  world.truth.sendings.push({ from, queue, status: change.status, messageId: id, at, routed })
  if (!routed) {
    world.truth.unroutable.push(at)
    return
  }
  const rest = { ours: true, status: change.status, publishedAt: at, worksMs: 0 }
  queues[queue].publish({ id, context: span, ...rest })
}

/** Another order's message. */
export function sendOther(world: World, queues: Queues, from: Sender, worksMs: number): void {
  const at = world.timeline.now()
  const service = SERVICE_OF[from]
  world.truth.others.push({
    ...{ service, name: 'orders publish', work: 'publish', where: EXCHANGE },
    ...{ begin: at, end: at + 4 },
  })
  const message = { ours: false, status: '', publishedAt: at, context: null, worksMs }
  queues[QUEUE_OF[from]].publish({ id: `x-${world.random.hex(8)}`, ...message })
}

/** The span of a consumer, hung below what published the message as the client of the time does it. */
export function beginConsuming(
  world: World,
  service: string,
  name: string,
  { message }: Delivery,
): TrueSpan {
  const { context } = world.plan
  const published = message.context
  return world.begin(service, name, {
    kind: 'consumer',
    under: context === 'parent' ? published : null,
    links: context === 'link' && published ? [published] : [],
    tags: {
      'order.id': world.truth.orderId,
      'messaging.system': 'rabbitmq',
      'messaging.destination.name': EXCHANGE,
      'messaging.operation.type': 'process',
      'messaging.message.id': message.id,
    },
  })
}

/** Somebody works on another order's message, and is done with it after its time, or never. */
export function handleOther(
  world: World,
  service: string,
  queue: string,
  delivery: Delivery,
  done: () => void = () => {},
): void {
  const begin = world.timeline.now()
  const { stuck } = world.plan.faults
  if (stuck?.queue === queue && begin >= stuck.from) return
  const settle = () => {
    if (!delivery.isHeld()) return
    const end = world.timeline.now()
    world.truth.others.push({
      service,
      name: `${queue} process`,
      work: 'consume',
      where: queue,
      begin,
      end,
    })
    delivery.settle('ack')
    done()
  }
  // What takes no time is never seen in the queue.
  if (delivery.message.worksMs === 0) settle()
  else world.later(delivery.message.worksMs, settle)
}

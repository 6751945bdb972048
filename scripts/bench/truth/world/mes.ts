import type { Queues } from './messages'
import { handleOther, send, sendOther } from './messages'
import type { People } from './plan'
import { price } from './pricing'
import type { Delivery } from './queue'
import { finish, receive } from './receive'
import type { World } from './world'

const MES = 'mes-api'

/** What comes from the sales system: a new order, or that it may be made. */
export function handleInMes(world: World, queues: Queues, delivery: Delivery): void {
  const queue = 'crm_to_mes'
  if (!delivery.message.ours) {
    handleOther(world, MES, queue, delivery, () => sendOther(world, queues, 'mes', 0))
    return
  }
  const { status, id } = delivery.message
  const receivedAt = world.timeline.now()
  receive({
    ...{ world, delivery, system: 'mes', service: MES, queue, table: 'mes.orders' },
    name: `deliver ${status.toLowerCase()}`,
    ms: 250,
    save(handling) {
      if (delivery.attempt === 1 || status !== 'SUBMITTED')
        world.write('mes', status, { receivedAt, messageId: id })
      if (status === 'SUBMITTED') {
        world.mark('mes', 'taken_at')
        return price(world, queues, { delivery, handling })
      }
      handling.span.tags = { ...handling.span.tags, 'order.status.to': status }
      finish(world, handling, 'saved')
      delivery.settle('ack')
      const { start } = world.plan.people
      if (start !== undefined) world.later(start, () => step(world, queues, 'start'))
    },
  })
}

/** An order that a partner sends straight to production. */
export function acceptFromPartner(world: World, queues: Queues): void {
  const { plan, truth, timeline } = world
  if (plan.channel !== 'partner') return
  timeline.at(plan.placedAt, () => {
    const { create } = plan.faults
    const status = create === 'error' ? 500 : create === 'refused' ? 422 : 202
    const root = world.begin(MES, 'POST /partner/orders', {
      kind: 'server',
      tags: {
        'order.id': truth.orderId,
        'http.request.method': 'POST',
        'http.route': '/partner/orders',
        'http.response.status_code': status,
        ...(status < 300 && { 'order.status.to': 'SUBMITTED' }),
        ...(status >= 500 && { 'error.type': '500' }),
      },
    })
    world.later(40, () => {
      if (status !== 422) {
        const tags = { 'db.system.name': 'postgresql', 'db.query.text': 'INSERT INTO mes.orders' }
        const insert = world.during(MES, 'postgresql', 8, { kind: 'client', under: root, tags })
        insert.failed = status >= 500
      }
      if (status >= 300) return
      if (truth.file) truth.stored.push({ at: timeline.now(), object: truth.file })
      world.write('mes', 'SUBMITTED')
      world.mark('mes', 'taken_at')
      world.later(500, () => price(world, queues, null))
    })
    world.later(80, () => world.end(root, status >= 500))
  })
}

type Step = Exclude<keyof People, 'approve' | 'close'>

const STEPS: Readonly<Record<Step, { readonly status: string; readonly next: readonly Step[] }>> = {
  start: { status: 'MANUFACTURING_STARTED', next: ['release', 'complete'] },
  release: { status: 'MANUFACTURING_APPROVED', next: ['startAgain'] },
  startAgain: { status: 'MANUFACTURING_STARTED', next: ['complete'] },
  complete: { status: 'MANUFACTURING_COMPLETED', next: ['pack'] },
  pack: { status: 'PACKAGING', next: ['ship'] },
  ship: { status: 'SHIPPED', next: [] },
}

/** An operator does the next step, and the sales system is told. */
function step(world: World, queues: Queues, name: Step): void {
  const { status, next } = STEPS[name]
  const route = name === 'startAgain' ? 'start' : name
  const root = world.begin(MES, `POST /orders/{id}/${route}`, {
    kind: 'server',
    tags: {
      'order.id': world.truth.orderId,
      'http.request.method': 'POST',
      'http.route': `/orders/{id}/${route}`,
      'http.response.status_code': 200,
      'order.status.to': status,
    },
  })
  world.later(30, () => {
    const change = world.write('mes', status)
    world.later(150, () => send(world, queues, 'mes', change, root))
  })
  world.later(60, () => world.end(root))
  const following = next.find((one) => world.plan.people[one] !== undefined)
  const after = following && world.plan.people[following]
  if (following && after !== undefined) world.later(after, () => step(world, queues, following))
}

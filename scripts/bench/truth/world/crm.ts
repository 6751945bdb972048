import type { Queues } from './messages'
import { handleOther, send, sendOther } from './messages'
import type { Delivery } from './queue'
import { finish, receive } from './receive'
import { MINUTE, SECOND } from './time'
import { recordAt, type TrueSpan } from './truth'
import type { World } from './world'

const CRM = 'crm-api'
const TICK = 30 * SECOND

/**
 * The sales system: every half minute it takes what was placed in the shop and sends it to production.
 *
 *     poll ─┬─ order.take ─ INSERT ─ publish
 *           └─ order.take …                    of other orders
 */
export function openCrm(world: World, queues: Queues): void {
  const { plan, timeline } = world
  const isOpen = (tick: number) => {
    const { poller } = plan.faults
    return !poller || tick < poller.stops || tick >= (poller.resumes ?? Number.POSITIVE_INFINITY)
  }
  const from = plan.traffic.from ?? plan.placedAt - 3 * 60 * MINUTE
  for (let tick = toTick(from); tick < plan.until; tick += TICK)
    if (isOpen(tick) && world.random.between(0, 120) < plan.traffic.perHour)
      timeline.at(tick, () => takeOther(world, queues))

  // The carrier calls for other orders several times a day.
  for (let call = from; call < plan.until; call += 4 * 60 * MINUTE)
    world.truth.others.push({
      ...{ service: CRM, name: 'POST /carrier/callback', work: 'serve', where: null },
      ...{ begin: call, end: call + 50 },
    })

  const follow = (tick: number) =>
    timeline.at(tick, () => {
      if (isOpen(tick)) takeOurs(world, queues)
      if (tick < plan.until && !isTaken(world)) follow(tick + TICK)
    })
  if (plan.channel === 'shop') follow(toTick(plan.placedAt))
  for (const [after, orders] of [
    [-20 * SECOND, plan.ahead ?? []],
    [2 * MINUTE, plan.behind ?? []],
  ] as const)
    for (const [index, worksMs] of orders.entries())
      timeline.at(toTick(plan.placedAt) + after + index * SECOND, () =>
        sendOther(world, queues, 'crm', worksMs),
      )
}

const toTick = (moment: number) => Math.ceil(moment / TICK) * TICK

const isTaken = ({ truth, timeline }: World) => recordAt(truth, 'crm', timeline.now()) !== undefined

function takeOther(world: World, queues: Queues): void {
  const begin = world.timeline.now() + 40
  world.truth.others.push({
    ...{ service: CRM, name: 'order.take', work: 'take', where: null },
    ...{ begin, end: begin + 20 },
  })
  const worksMs = world.random.between(MINUTE, world.plan.traffic.longestMs)
  world.later(900, () => sendOther(world, queues, 'crm', worksMs))
}

function takeOurs(world: World, queues: Queues): void {
  const { plan, timeline, truth } = world
  const placed = recordAt(truth, 'shop', timeline.now())?.status === 'SUBMITTED'
  if (!placed || isTaken(world) || plan.faults.take === 'skips') return

  const root = world.during(CRM, 'OrderPoller.run', 80)
  const fails = plan.faults.take === 'fails'
  const tags = { 'order.id': truth.orderId, ...(!fails && { 'order.status.to': 'SUBMITTED' }) }
  const take = world.begin(CRM, 'order.take', { under: root, tags })
  world.later(10, () => {
    const insert = world.during(CRM, 'INSERT crm.order_cards', 9, {
      kind: 'client',
      under: take,
      tags: {
        'db.system': 'postgresql',
        'db.operation': 'INSERT',
        'db.sql.table': 'crm.order_cards',
      },
    })
    insert.failed = fails
    if (fails) {
      take.tags = { ...take.tags, 'error.type': 'PSQLException' }
      return
    }
    world.mark('crm', 'taken_at')
    const change = world.write('crm', 'SUBMITTED')
    world.later(600, () => send(world, queues, 'crm', change, take))
  })
  world.later(30, () => world.end(take, fails))
}

/** What comes from production: another status of the order, or the first that is heard of it. */
export function handleInCrm(world: World, queues: Queues, delivery: Delivery): void {
  const queue = 'mes_to_crm'
  if (!delivery.message.ours) {
    handleOther(world, CRM, queue, delivery)
    return
  }
  const { status, id } = delivery.message
  const receivedAt = world.timeline.now()
  receive({
    ...{ world, delivery, system: 'crm', service: CRM, queue, table: 'crm.order_cards' },
    name: `${queue} process`,
    ms: 300,
    save(handling) {
      world.write('crm', status, { receivedAt, messageId: id })
      handling.span.tags = { ...handling.span.tags, 'order.status.to': status }
      finish(world, handling, 'saved')
      delivery.settle('ack')
      goOn(world, queues, status)
    },
  })
}

function goOn(world: World, queues: Queues, status: string): void {
  const { approve, close } = world.plan.people
  if (status === 'PRICE_CALCULATED' && approve !== undefined)
    world.later(approve, () =>
      request(world, 'POST /orders/{id}/approve', (root) => {
        const change = world.write('crm', 'MANUFACTURING_APPROVED')
        root.tags = { ...root.tags, 'order.status.to': 'MANUFACTURING_APPROVED' }
        world.later(200, () => send(world, queues, 'crm', change, root))
      }),
    )
  if (status === 'SHIPPED' && close !== undefined)
    world.later(close, () =>
      request(world, 'POST /carrier/callback', (root) => {
        if (world.plan.faults.closing === 'unsaved') return
        world.write('crm', 'CLOSED')
        root.tags = { ...root.tags, 'order.status.to': 'CLOSED' }
      }),
    )
}

function request(world: World, name: string, save: (root: TrueSpan) => void): void {
  const [method = '', route = ''] = name.split(' ')
  const root = world.begin(CRM, name, {
    kind: 'server',
    tags: {
      'order.id': world.truth.orderId,
      'http.request.method': method,
      'http.route': route,
      'http.response.status_code': 200,
    },
  })
  world.later(40, () => save(root))
  world.later(70, () => world.end(root))
}

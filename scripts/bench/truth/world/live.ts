import { handleInCrm, openCrm } from './crm'
import { acceptFromPartner, handleInMes } from './mes'
import type { Queues } from './messages'
import type { Plan } from './plan'
import { createQueue, type Delivery } from './queue'
import { openShop } from './shop'
import type { Truth } from './truth'
import { createWorld, type World } from './world'

/** Lives through one order of the jeweller as planned, and tells what truly happened. */
export function live(plan: Plan): Truth {
  const world = createWorld(plan)
  const queues: Queues = {
    crm_to_mes: open(world, 'crm_to_mes', (delivery) => handleInMes(world, queues, delivery)),
    mes_to_crm: open(world, 'mes_to_crm', (delivery) => handleInCrm(world, queues, delivery)),
  }
  openShop(world)
  openCrm(world, queues)
  acceptFromPartner(world, queues)
  arrangeFaults(world, queues)
  world.timeline.run(plan.until)
  return world.truth
}

function open(world: World, name: string, handle: (delivery: Delivery) => void) {
  const { truth, timeline } = world
  const [log, asideLog] = [[], []]
  truth.queues.set(name, log)
  truth.queues.set(`${name}.dlq`, asideLog)
  return createQueue({ name, timeline, log, asideLog, deaths: truth.deaths, handle })
}

function arrangeFaults(world: World, queues: Queues): void {
  const { timeline, plan, truth } = world
  const { faults } = plan
  for (const { queue, down, up } of faults.consumers ?? []) {
    const one = queue === 'crm_to_mes' ? queues.crm_to_mes : queues.mes_to_crm
    timeline.at(down, one.disconnect)
    if (up !== undefined) timeline.at(up, one.connect)
  }
  for (const { system, status, at } of faults.byHand ?? [])
    timeline.at(at, () => void world.write(system, status))
  const { again, file } = faults
  const { cancelAt } = plan
  if (cancelAt !== undefined) timeline.at(cancelAt, () => void world.write('crm', 'CANCELLED'))
  if (again) timeline.at(again.at, () => handleAgain(world, again.system, again.status))
  if (file?.lostAt !== undefined) {
    const { lostAt } = file
    timeline.at(lostAt, () => void truth.stored.push({ at: lostAt, object: null }))
  }
  if (file?.stored) {
    const { at, ...object } = file.stored
    timeline.at(at, () => void truth.stored.push({ at, object }))
  }
}

/** A message that was handled long ago is handled once more, and what it says is written again. */
function handleAgain(world: World, system: string, status: string): void {
  const { truth } = world
  const sent = truth.sendings.findLast((one) => one.status === status)
  if (!sent) return
  const service = system === 'crm' ? 'crm-api' : 'mes-api'
  world.during(service, `${sent.queue} process`, 200, {
    kind: 'consumer',
    tags: {
      'order.id': truth.orderId,
      'messaging.system': 'rabbitmq',
      'messaging.destination.name': 'orders',
      'messaging.operation.type': 'process',
      'messaging.message.id': sent.messageId,
      'order.status.to': status,
    },
  })
  world.write(system, status, { receivedAt: world.timeline.now(), messageId: sent.messageId })
}

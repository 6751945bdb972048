import type { Queues } from './messages'
import { send } from './messages'
import type { Delivery } from './queue'
import { finish, type Handling } from './receive'
import { MINUTE, SECOND } from './time'
import type { TrueSpan } from './truth'
import type { World } from './world'

const MES = 'mes-api'
/** When the broker takes a message away from whoever has not acknowledged it. */
const TIMEOUT = 30 * MINUTE

/** null: a partner's order, which no message brought. */
type Brought = { readonly delivery: Delivery; readonly handling: Handling } | null

/**
 * The calculation of a price, inside the consumer.
 *
 *     deliver ├──────────────────────────────┤
 *        GetObject ├─┤
 *        CalculatePrice ├──────────────────┤
 *                                         UPDATE, publish
 */
export function price(world: World, queues: Queues, brought: Brought): void {
  const { plan } = world
  const fault = plan.faults.pricing
  const root =
    brought?.handling.span ?? world.begin(MES, 'PricingWorker.run', { tags: idOf(world) })
  if (fault?.kind === 'not-begun') {
    if (brought) finish(world, brought.handling, 'unsaved')
    brought?.delivery.settle('ack')
    return
  }
  const isHeld = () => brought === null || brought.delivery.isHeld()
  world.mark('mes', 'pricing_started_at')
  if (plan.hasFile) world.during(MES, 'S3.GetObject', 800, storage(world, root))
  const calculation = world.begin(MES, 'CalculatePrice', { under: root, tags: idOf(world) })
  if (fault?.kind === 'hangs') return

  if (fault?.kind === 'times-out') {
    world.later(TIMEOUT + 20 * SECOND, () => {
      if (!brought || !isHeld()) return
      fail(world, brought.handling, calculation, 'PRECONDITION_FAILED')
      brought.delivery.settle('requeue')
    })
    return
  }
  if (fault?.kind === 'cut' && (brought?.delivery.attempt ?? 1) === 1) {
    world.later(fault.afterMs, () => restart(world, queues, brought, fault.becomes === 'lost'))
    return
  }
  world.later(plan.pricingMs, () => {
    if (!isHeld()) return
    if (fault?.kind === 'error' || fault?.kind === 'unreadable') {
      const type = fault.kind === 'error' ? 'ArithmeticException' : 'ModelParseError'
      fail(world, brought?.handling ?? { span: root }, calculation, type)
      brought?.delivery.settle('ack')
      return
    }
    world.end(calculation)
    if (fault?.kind !== 'unsaved') save(world, queues, root)
    if (brought) finish(world, brought.handling, fault?.kind === 'unsaved' ? 'unsaved' : 'saved')
    else world.end(root)
    brought?.delivery.settle('ack')
  })
}

const idOf = ({ truth }: World) => ({ 'order.id': truth.orderId })

const storage = (world: World, under: TrueSpan) =>
  ({
    kind: 'client',
    under,
    tags: {
      ...(world.plan.ownIds && idOf(world)),
      'rpc.system': 'aws-api',
      'rpc.service': 'S3',
      'rpc.method': 'GetObject',
    },
  }) as const

function save(world: World, queues: Queues, root: TrueSpan): void {
  world.during(MES, 'postgresql', 6, {
    kind: 'client',
    under: root,
    tags: { 'db.system.name': 'postgresql', 'db.operation.name': 'UPDATE' },
  })
  root.tags = { ...root.tags, 'order.status.to': 'PRICE_CALCULATED' }
  const change = world.write('mes', 'PRICE_CALCULATED')
  world.later(300, () => send(world, queues, 'mes', change, root))
}

function fail(
  world: World,
  handling: Handling | { readonly span: TrueSpan },
  calculation: TrueSpan,
  type: string,
): void {
  calculation.tags = { ...calculation.tags, 'error.type': type }
  world.end(calculation, true)
  if ('tried' in handling) finish(world, handling, 'failed')
  else world.end(handling.span, true)
}

/** Production goes down and comes up again: what it had in hand is given to it once more, or it is gone. */
function restart(world: World, queues: Queues, brought: Brought, loses: boolean): void {
  const at = world.timeline.now()
  if (brought) brought.handling.tried.ended = at
  if (brought) brought.handling.tried.outcome = 'failed'
  if (loses) brought?.delivery.settle('ack')
  queues.crm_to_mes.disconnect()
  world.truth.restarts.push({ service: MES, at })
  world.later(20 * SECOND, () => queues.crm_to_mes.connect())
}

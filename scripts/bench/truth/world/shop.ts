import { MINUTE, SECOND } from './time'
import type { TrueSpan } from './truth'
import type { World } from './world'

const SHOP = 'shop-api'

/**
 * The shop of the jeweller, from the first item to the order.
 *
 *     INITIATED ── 20 min ── FILE_UPLOADED ── 10 min ── SUBMITTED
 */
export function openShop(world: World): void {
  const { plan, timeline } = world
  if (plan.channel !== 'shop') return
  const { placedAt } = plan
  timeline.at(placedAt - 30 * MINUTE, () => create(world))
  if (plan.faults.create) return
  if (plan.hasFile) {
    const again = plan.faults.upload === 'error-then-ok'
    timeline.at(placedAt - 10 * MINUTE, () => upload(world, plan.faults.upload !== undefined))
    if (again) timeline.at(placedAt - 8 * MINUTE, () => upload(world, false))
    if (plan.faults.upload === 'error') return
  }
  timeline.at(placedAt, () => submit(world, plan.faults.submit ?? null))
  if (plan.faults.submit === 'error-then-ok')
    timeline.at(placedAt + MINUTE, () => submit(world, null))
}

const asked = (world: World, route: string, status: number): TrueSpan['tags'] => ({
  'order.id': world.truth.orderId,
  'http.request.method': route.split(' ')[0] ?? 'POST',
  'http.route': route.split(' ')[1] ?? '',
  'http.response.status_code': status,
  ...(status >= 500 && { 'error.type': String(status) }),
})

function statement(world: World, verb: string, under: TrueSpan, failed = false): void {
  const tags = { 'db.system': 'postgresql', 'db.operation': verb, 'db.sql.table': 'shop.orders' }
  const span = world.during(SHOP, `${verb} shop.orders`, 8, { kind: 'client', under, tags })
  span.failed = failed
}

function create(world: World): void {
  const { plan } = world
  const status = plan.faults.create === 'error' ? 500 : plan.faults.create === 'refused' ? 422 : 201
  const root = world.begin(SHOP, 'POST /orders', {
    kind: 'server',
    tags: {
      ...asked(world, 'POST /orders', status),
      ...(status < 300 && { 'order.status.to': 'INITIATED' }),
    },
  })
  world.later(20, () => {
    if (status !== 422) statement(world, 'INSERT', root, status >= 500)
    if (status < 300) world.write('shop', 'INITIATED')
  })
  world.later(60, () => world.end(root, status >= 500))
}

function upload(world: World, fails: boolean): void {
  const { file } = world.truth
  const status = fails ? 503 : 200
  const root = world.begin(SHOP, 'PUT /orders/{id}/model', {
    kind: 'server',
    tags: {
      ...asked(world, 'PUT /orders/{id}/model', status),
      ...(!fails && { 'order.status.to': 'FILE_UPLOADED' }),
    },
  })
  const put = world.begin(SHOP, 'S3.PutObject', {
    kind: 'client',
    under: root,
    tags: { 'rpc.system': 'aws-api', 'rpc.service': 'S3', 'rpc.method': 'PutObject' },
  })
  world.later(2 * SECOND, () => {
    world.end(put, fails)
    if (fails || !file) return
    world.truth.stored.push({ at: world.timeline.now(), object: file })
    statement(world, 'UPDATE', root)
    world.write('shop', 'FILE_UPLOADED')
  })
  world.later(2_100, () => world.end(root, fails))
}

function submit(world: World, fault: 'error' | 'error-then-ok' | 'refused' | null): void {
  const status = fault === null ? 200 : fault === 'refused' ? 409 : 503
  const root = world.begin(SHOP, 'POST /orders/{id}/submit', {
    kind: 'server',
    tags: {
      ...asked(world, 'POST /orders/{id}/submit', status),
      ...(status === 200 && { 'order.status.to': 'SUBMITTED' }),
    },
  })
  world.later(30, () => {
    if (status !== 409) statement(world, 'UPDATE', root, status >= 500)
    if (status === 200) world.write('shop', 'SUBMITTED')
  })
  world.later(60, () => world.end(root, status >= 500))
}

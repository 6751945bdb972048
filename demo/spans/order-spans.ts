// Over 200 lines: one table of requests with what each leaves.
import type { Act, Order } from '@/demo/company/order'
import type { World } from '@/demo/company/world'
import type { Context, Emitted, Service, Values } from './emit'
import { emit } from './emit'
import { spanIdOf, traceIdOf } from './ids'
import { message, pricing } from './messages'
import { database, storage } from './parts'

type Route = {
  readonly service: Service
  readonly method: string
  readonly route: string
  readonly table: string
}

const ROUTES: Readonly<Record<Exclude<Act['kind'], 'take'>, Route>> = {
  create: { service: 'shop-api', method: 'POST', route: '/orders', table: 'shop.orders' },
  upload: { service: 'shop-api', method: 'PUT', route: '/orders/{id}/model', table: 'shop.orders' },
  'save-model': {
    service: 'shop-api',
    method: 'POST',
    route: '/editor/models',
    table: 'shop.orders',
  },
  submit: {
    service: 'shop-api',
    method: 'POST',
    route: '/orders/{id}/submit',
    table: 'shop.orders',
  },
  approve: {
    service: 'crm-api',
    method: 'POST',
    route: '/orders/{id}/approve',
    table: 'crm.order_cards',
  },
  close: {
    service: 'crm-api',
    method: 'POST',
    route: '/carrier/callback',
    table: 'crm.order_cards',
  },
  start: { service: 'mes-api', method: 'POST', route: '/orders/{id}/start', table: 'mes.orders' },
  release: {
    service: 'mes-api',
    method: 'POST',
    route: '/orders/{id}/release',
    table: 'mes.orders',
  },
  complete: {
    service: 'mes-api',
    method: 'POST',
    route: '/orders/{id}/complete',
    table: 'mes.orders',
  },
  pack: { service: 'mes-api', method: 'POST', route: '/orders/{id}/pack', table: 'mes.orders' },
  ship: { service: 'mes-api', method: 'POST', route: '/orders/{id}/ship', table: 'mes.orders' },
  'partner-order': {
    service: 'mes-api',
    method: 'POST',
    route: '/partner/orders',
    table: 'mes.orders',
  },
}

/** Every span that will ever be written about an order; those that have not ended are not sent. */
export function orderSpans(world: World, order: Order): Emitted[] {
  const out: Emitted[] = []
  for (const [index, act] of order.acts.entries()) {
    if (act.kind === 'take') take(out, world, order, act, index)
    else request(out, world, order, act, index, ROUTES[act.kind])
  }
  return out
}

/** CRM's poll is one trace, whatever the number of orders it takes. */
export const pollContext = (tick: number): Context => ({
  traceId: traceIdOf('poll', tick),
  spanId: spanIdOf('poll', tick),
})

/** poll ─▶ order.take ─┬─ UPDATE ─┬─ orders publish ─▶ deliver … */
function take(out: Emitted[], world: World, order: Order, act: Act, index: number): void {
  const poll = pollContext(act.tick ?? 0)
  const submitted = order.acts.findLastIndex(
    (one) => one.kind === 'submit' && !one.error && one.at < act.at,
  )
  const link = { traceId: traceIdOf(order.id, submitted), spanId: spanIdOf(order.id, submitted, 0) }
  const made = emit(out, {
    service: 'crm-api',
    scope: 'crm',
    name: 'order.take',
    kind: 'internal',
    at: act.at,
    ms: act.ms,
    traceId: poll.traceId,
    parentId: poll.spanId,
    spanId: spanIdOf(order.id, index, 0),
    links: order.keepsContext && submitted >= 0 ? [link] : [],
    values: { 'order.id': order.id, 'order.status.to': act.error ? null : 'SUBMITTED' },
    error: act.error,
  })
  if (!act.error)
    database(
      out,
      world,
      'crm-api',
      'INSERT',
      'crm.order_cards',
      `insert into crm.order_cards (order_no, contact_name) values ('${order.id}', '${order.customer.name}')`,
      {
        traceId: poll.traceId,
        parentId: made.spanId,
        spanId: spanIdOf(order.id, index, 1),
        at: act.at + 3,
        ms: 9,
        values: {},
      },
    )
  if (!act.message) return
  const sent = act.message.sentAt
  const soon = sent !== null && sent < act.at + 2_000
  message(out, world, order, act.message, soon ? made : null, act.reply)
}

function request(
  out: Emitted[],
  world: World,
  order: Order,
  act: Act,
  index: number,
  to: Route,
): void {
  const traceId = traceIdOf(order.id, index)
  const spanId = spanIdOf(order.id, index, 0)
  if (act.ms === 0 && !act.pricing) {
    // A message handled once more: nobody asked for it.
    if (act.message) message(out, world, order, act.message, null)
    return
  }
  const again = act.ms === 0
  const root = again
    ? emit(out, {
        service: 'mes-api',
        scope: 'mes',
        name: 'PricingWorker.run',
        kind: 'internal',
        at: act.at,
        ms: 20,
        traceId,
        spanId,
        values: { 'order.id': order.id },
      })
    : emit(out, {
        service: to.service,
        scope: to.service === 'mes-api' ? 'aspnet' : 'tomcat',
        name: `${to.method} ${to.route}`,
        kind: 'server',
        at: act.at,
        ms: act.ms,
        traceId,
        spanId,
        values: requestValues(order, act, to),
        error: act.error,
      })
  const under = { traceId, parentId: spanId, values: {} }
  if (!again) {
    const files =
      act.kind === 'upload' ||
      act.kind === 'save-model' ||
      (act.kind === 'partner-order' && order.model.kind !== 'ready-made')
    if (files)
      storage(out, to.service, 'PutObject', order.model, {
        ...under,
        spanId: spanIdOf(order.id, index, 1),
        at: act.at + 12,
        ms: act.ms * 0.6,
        error: act.error?.code === 'SlowDown' ? act.error : null,
      })
    const verb = act.kind === 'create' || act.kind === 'partner-order' ? 'INSERT' : 'UPDATE'
    const saves = act.kind !== 'close' || act.to !== null
    if (saves && act.error?.code !== 'SlowDown')
      database(out, world, to.service, verb, to.table, statement(order, act, to.table), {
        ...under,
        spanId: spanIdOf(order.id, index, 2),
        at: act.at + act.ms * 0.65,
        ms: act.ms * 0.2,
        error: act.error,
      })
  }
  if (act.pricing) pricing(out, world, order, act.pricing, root, `${order.id}/${index}`)
  if (act.message) {
    const sent = act.message.sentAt
    const end = act.pricing ? act.pricing.at + act.pricing.ms : act.at + act.ms
    message(out, world, order, act.message, sent !== null && sent < end + 2_000 ? root : null)
  }
}

function requestValues(order: Order, act: Act, to: Route): Values {
  const status = act.error
    ? act.kind === 'partner-order'
      ? 500
      : 503
    : act.kind === 'partner-order'
      ? 202
      : 200
  const staff = act.actor?.startsWith('seller')
    ? 'seller.id'
    : act.actor?.startsWith('operator')
      ? 'operator.id'
      : null
  return {
    'http.request.method': to.method,
    'http.route': to.route,
    'url.path': to.route.replace('{id}', order.id),
    'url.scheme': 'https',
    'http.response.status_code': status,
    'user_agent.original': order.partner ? 'partner-client/1.4' : 'Mozilla/5.0 (X11; Linux x86_64)',
    'order.id': order.id,
    'order.channel': order.channel,
    ...(act.from && act.from !== act.to && { 'order.status.from': act.from }),
    ...(act.to && !act.error && { 'order.status.to': act.to }),
    ...(staff && act.actor && { [staff]: act.actor }),
    ...(act.kind === 'create' && {
      'customer.id': order.customer.id,
      'enduser.email': order.customer.email,
      'client.address': `198.51.100.${order.number % 250}`,
    }),
    ...(act.kind === 'partner-order' && {
      'partner.id': order.partner?.id,
      'http.request.header.authorization': ['Bearer eyJhbGciOiJIUzI1NiJ9.demo.not-a-token'],
    }),
    ...(act.kind === 'upload' && { 'file.size_bytes': order.model.bytes }),
  }
}

function statement(order: Order, act: Act, table: string): string {
  if (act.kind === 'create')
    return `insert into shop.orders (order_no, customer_id, phone) values (?, ?, '${order.customer.phone}')`
  if (act.kind === 'partner-order')
    return `INSERT INTO mes.orders (order_no, partner_id) VALUES ('${order.id}', '${order.partner?.id}')`
  return `update ${table} set status = '${act.to ?? act.from}' where order_no = '${order.id}'`
}

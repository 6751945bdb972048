// Long, because every way in which a client names and links a message stands beside the others.
// Over 200 lines: a message, its attempts and what they do are one trace.
import type { Attempt, Message, Order, Pricing } from '@/demo/company/order'
import type { World } from '@/demo/company/world'
import type { Context, Emitted } from './emit'
import { emit } from './emit'
import { spanIdOf, traceIdOf } from './ids'
import { database, storage } from './parts'

const EXCHANGE = 'orders'

/** A message from its publishing to its last attempt. `from` is the span that sends it; null: nobody did. */
export function message(
  out: Emitted[],
  world: World,
  order: Order,
  sent: Message,
  from: Context | null,
  reply?: Message,
): void {
  let publisher: Context | null = null
  if (sent.sentAt !== null) {
    const parent = from ?? root(out, order, sent, sent.sentAt)
    publisher = publish(out, world, order, sent, parent, sent.sentAt)
  }
  const lastPriced = sent.attempts.findLastIndex((attempt) => attempt.pricing && !attempt.error)
  for (const [index, attempt] of sent.attempts.entries()) {
    const consumer =
      sent.queue === 'crm_to_mes'
        ? deliver(out, world, order, sent, attempt, index, publisher)
        : consume(out, world, order, sent, attempt, index, publisher)
    if (!reply || index !== lastPriced) continue
    const end = attempt.at + attempt.ms
    message(
      out,
      world,
      order,
      reply,
      reply.sentAt !== null && reply.sentAt <= end + 1_000 ? consumer : null,
    )
  }
}

/** A message sent again by hand, long after: the outbox has a trace of its own. */
function root(out: Emitted[], order: Order, sent: Message, at: number): Context {
  const isCrm = sent.queue === 'crm_to_mes'
  return emit(out, {
    service: isCrm ? 'crm-api' : 'mes-api',
    scope: isCrm ? 'scheduling' : 'mes',
    name: 'OutboxResender.run',
    kind: 'internal',
    at: at - 12,
    ms: 60,
    traceId: traceIdOf(order.id, sent.id, 'resend'),
    spanId: spanIdOf(order.id, sent.id, 'resend'),
    values: { 'order.id': order.id },
  })
}

function publish(
  out: Emitted[],
  world: World,
  order: Order,
  sent: Message,
  parent: Context,
  at: number,
): Context {
  const rest = {
    kind: 'producer',
    at,
    ms: 3.2,
    traceId: parent.traceId,
    spanId: spanIdOf(sent.id, 'publish'),
    parentId: parent.spanId,
    error: sent.publishError,
  } as const
  const common = {
    'messaging.system': 'rabbitmq',
    'messaging.destination.name': EXCHANGE,
    'messaging.rabbitmq.destination.routing_key': sent.routingKey,
  }
  if (sent.queue === 'crm_to_mes')
    return emit(out, {
      ...rest,
      service: 'crm-api',
      scope: 'rabbitJava',
      name: `${EXCHANGE} publish`,
      values: {
        ...common,
        'messaging.operation': 'publish',
        'messaging.header.x_order_id': [order.id],
      },
    })
  const isNew = at >= world.upgradeAt
  return emit(out, {
    ...rest,
    service: 'mes-api',
    scope: 'publisher',
    name: isNew ? `publish ${sent.routingKey}` : `${sent.routingKey} send`,
    values: {
      ...common,
      'messaging.operation.type': 'send',
      'messaging.operation.name': 'publish',
      'messaging.message.id': sent.id,
      'messaging.message.body.size': 412,
      ...idOf(order),
    },
  })
}

const idOf = (order: Order) => (order.untraced ? {} : { 'order.id': order.id })

/** RabbitMQ.Client: 7.0 begins a trace and links back; 7.2 makes the publisher parent and link at once. */
function deliver(
  out: Emitted[],
  world: World,
  order: Order,
  sent: Message,
  attempt: Attempt,
  index: number,
  publisher: Context | null,
): Context {
  const context = order.untraced ? 'none' : sent.context
  const joins = context === 'parent' && publisher !== null
  const traceId = joins ? publisher.traceId : traceIdOf(order.id, sent.id, index)
  const spanId = spanIdOf(sent.id, 'deliver', index)
  const isNew = attempt.at >= world.upgradeAt
  const made = emit(out, {
    service: 'mes-api',
    scope: 'subscriber',
    name: isNew ? `deliver ${sent.routingKey}` : `${sent.routingKey} process`,
    kind: 'consumer',
    at: attempt.at,
    ms: attempt.ms,
    traceId,
    spanId,
    parentId: joins ? publisher.spanId : null,
    links: context !== 'none' && publisher ? [publisher] : [],
    values: {
      'messaging.system': 'rabbitmq',
      'messaging.destination.name': EXCHANGE,
      'messaging.rabbitmq.destination.routing_key': sent.routingKey,
      'messaging.operation.type': 'process',
      'messaging.operation.name': 'deliver',
      'messaging.message.id': sent.id,
      'messaging.rabbitmq.delivery_tag': 1000 + index,
      ...idOf(order),
      ...(sent.status === 'MANUFACTURING_APPROVED' &&
        !attempt.error && { 'order.status.to': sent.status }),
    },
    error: attempt.error,
  })
  const under = { traceId, parentId: spanId, values: idOf(order) }
  const verb = attempt.pricing ? 'INSERT' : 'UPDATE'
  if (!attempt.pricing || attempt.at === order.mesTakenAt || index === 0)
    database(out, world, 'mes-api', verb, 'mes.orders', mesStatement(order, sent), {
      ...under,
      spanId: spanIdOf(sent.id, 'db', index),
      at: attempt.at + 5,
      ms: 7,
      error: attempt.pricing ? null : attempt.error,
    })
  if (attempt.pricing)
    pricing(out, world, order, attempt.pricing, { traceId, spanId }, `${sent.id}/${index}`)
  return made
}

const mesStatement = (order: Order, sent: Message) =>
  sent.status === 'SUBMITTED'
    ? `INSERT INTO mes.orders (order_no, ship_to_name, ship_to_phone) VALUES ('${order.id}', '${order.customer.name}', '${order.customer.phone}')`
    : `UPDATE mes.orders SET status = '${sent.status}' WHERE order_no = '${order.id}'`

/** The model is read first: a span that ends at once, while the calculation around it still runs. */
export function pricing(
  out: Emitted[],
  world: World,
  order: Order,
  { at, ms, error, readError }: Pricing,
  under: Context,
  key: string,
): void {
  const { model } = order
  const base = { traceId: under.traceId, parentId: under.spanId, values: idOf(order) }
  if (model.kind !== 'ready-made')
    storage(out, 'mes-api', 'GetObject', model, {
      ...base,
      spanId: spanIdOf(key, 'get'),
      at: at + 4,
      ms: 120 + model.bytes / 90_000,
      error: readError?.code ? readError : null,
    })
  if (readError?.code) return
  emit(out, {
    ...base,
    service: 'mes-api',
    scope: 'mes',
    name: 'CalculatePrice',
    kind: 'internal',
    at: at + 2,
    ms,
    spanId: spanIdOf(key, 'calculate'),
    error: error ?? readError,
    values: {
      ...idOf(order),
      'price.calc.polygons': model.polygons,
      'file.size_bytes': model.bytes,
      'price.calc.result': (error ?? readError) ? 'error' : 'success',
      'order.channel': order.channel,
    },
  })
  if (!error && !readError)
    database(
      out,
      world,
      'mes-api',
      'UPDATE',
      'mes.orders',
      `UPDATE mes.orders SET price = ${order.price} WHERE order_no = '${order.id}'`,
      { ...base, spanId: spanIdOf(key, 'save'), at: at + ms - 1, ms: 6 },
    )
}

/** Spring under the Java agent writes two spans for one message; the second holds the handler's. */
function consume(
  out: Emitted[],
  world: World,
  order: Order,
  sent: Message,
  attempt: Attempt,
  index: number,
  publisher: Context | null,
): Context {
  const joins = sent.context !== 'none' && publisher !== null
  const traceId = joins ? publisher.traceId : traceIdOf(order.id, sent.id, index)
  const parentId = joins ? publisher.spanId : null
  const common = {
    'messaging.system': 'rabbitmq',
    'messaging.operation': 'process',
    'messaging.header.x_order_id': [order.id],
  }
  const spanId = spanIdOf(sent.id, 'spring', index)
  emit(out, {
    service: 'crm-api',
    scope: 'rabbitJava',
    name: `${sent.queue} process`,
    kind: 'consumer',
    at: attempt.at,
    ms: 1.4,
    traceId,
    parentId,
    spanId: spanIdOf(sent.id, 'queue', index),
    values: {
      ...common,
      'messaging.destination.name': EXCHANGE,
      'messaging.rabbitmq.destination.routing_key': sent.routingKey,
    },
  })
  const made = emit(out, {
    service: 'crm-api',
    scope: 'spring',
    name: `${sent.routingKey} process`,
    kind: 'consumer',
    at: attempt.at + 1,
    ms: attempt.ms,
    traceId,
    parentId,
    spanId,
    error: attempt.error,
    values: {
      ...common,
      'messaging.destination.name': sent.routingKey,
      'messaging.message.id': sent.id,
      'order.id': order.id,
      ...(!attempt.error && { 'order.status.to': sent.status }),
    },
  })
  const creates = sent.routingKey === 'order.created'
  const email = order.partner?.email ?? order.customer.email
  database(
    out,
    world,
    'crm-api',
    creates ? 'INSERT' : 'UPDATE',
    'crm.order_cards',
    `update crm.order_cards set status = '${sent.status}', contact_email = '${email}' where order_no = '${order.id}'`,
    {
      traceId,
      parentId: spanId,
      spanId: spanIdOf(sent.id, 'db', index),
      at: attempt.at + 4,
      ms: attempt.ms * 0.6,
      values: {},
      error: attempt.error,
    },
  )
  return made
}

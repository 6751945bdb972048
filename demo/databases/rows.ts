// Over 200 lines: one function for each record.
import type { Change, Order, System } from '@/demo/company/order'
import { traceparentOf } from '@/demo/spans/ids'

type Row = Readonly<Record<string, string | number | boolean | null | object>>
export type Rows = Readonly<Record<string, readonly Row[]>>

/** What both databases hold of these orders at `now`, by table. Nothing of the future. */
export function rowsAt(orders: readonly Order[], now: number): { shop: Rows; mes: Rows } {
  const shop = tables(
    'shop.customers',
    'shop.orders',
    'shop.order_history',
    'crm.order_cards',
    'crm.card_history',
    'crm.outbox',
    'crm.dead_letters',
  )
  const mes = tables('mes.partners', 'mes.orders', 'mes.order_events', 'mes.failed_messages')
  for (const order of orders) {
    addShop(shop, order, now)
    addCrm(shop, order, now)
    addMes(mes, order, now)
    for (const letter of order.deadLetters.filter(({ diedAt }) => diedAt <= now)) {
      const target =
        letter.queue === 'crm_to_mes' ? mes['mes.failed_messages'] : shop['crm.dead_letters']
      target?.push({
        message_id: letter.messageId,
        order_no: order.id,
        queue: letter.queue,
        reason: letter.reason,
        exchange: 'orders',
        routing_key: letter.routingKey,
        death_count: letter.count,
        died_at: time(letter.diedAt),
      })
    }
  }
  return { shop, mes }
}

type Tables = Record<string, Row[]>

const tables = (...names: string[]): Tables => Object.fromEntries(names.map((name) => [name, []]))

/** PostgreSQL keeps microseconds. */
const time = (at: number): string => {
  const whole = Math.floor(at)
  const micros = Math.floor((at - whole) * 1_000)
  return `${new Date(whole).toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}Z`
}

const timeBy = (at: number | null, now: number): string | null =>
  at === null || at > now ? null : time(at)

const changesOf = (order: Order, system: System, now: number): readonly Change[] =>
  order.changes.filter((change) => change.system === system && change.at <= now)

const latest = (now: number, ...moments: (number | null | undefined)[]): string =>
  time(Math.max(...moments.map((at) => (at !== null && at !== undefined && at <= now ? at : 0))))

function addShop(out: Tables, order: Order, now: number): void {
  const changes = changesOf(order, 'shop', now)
  const last = changes.at(-1)
  const first = changes[0]
  if (!first || !last) return
  const { customer, model } = order
  const has = (status: string) => changes.some((change) => change.status === status)
  const stored = model.kind !== 'ready-made' && has('FILE_UPLOADED')
  const traceparent = order.keepsContext && has('SUBMITTED') ? traceparentOf(order, 'submit') : null
  out['shop.customers']?.push({
    id: customer.id,
    full_name: customer.name,
    email: customer.email,
    phone: customer.phone,
    delivery_address: customer.address,
  })
  out['shop.orders']?.push({
    order_no: order.id,
    customer_id: customer.id,
    status: last.status,
    status_changed_at: time(last.at),
    item_kind: model.kind,
    file_bucket: stored ? model.bucket : null,
    file_key: stored ? model.key : null,
    file_size: stored ? model.bytes : null,
    file_etag: stored ? model.etag : null,
    model_hash: stored ? model.hash : null,
    traceparent,
    created_at: time(first.at),
    updated_at: time(last.at),
  })
  for (const [index, change] of changes.entries())
    out['shop.order_history']?.push({
      order_no: order.id,
      seq: index + 1,
      status: change.status,
      changed_at: time(change.at),
      traceparent: change.status === 'SUBMITTED' ? traceparent : null,
    })
}

function addCrm(out: Tables, order: Order, now: number): void {
  const changes = changesOf(order, 'crm', now)
  const last = changes.at(-1)
  if (!last || order.crmTakenAt === null) return
  const { customer, partner } = order
  const priced = changes.some((change) => change.status === 'PRICE_CALCULATED')
  const approved = changes.some((change) => change.status === 'MANUFACTURING_APPROVED')
  out['crm.order_cards']?.push({
    order_no: order.id,
    channel: order.channel,
    partner_id: partner?.id ?? null,
    partner_order_no: order.partnerOrderNo,
    customer_id: partner ? null : customer.id,
    contact_name: partner?.name ?? customer.name,
    contact_email: partner?.email ?? customer.email,
    contact_phone: partner ? null : customer.phone,
    status: last.status,
    status_changed_at: time(last.at),
    seller_id: approved ? order.seller : null,
    price: priced ? order.price : null,
    currency: priced ? 'RUB' : null,
    taken_at: time(order.crmTakenAt),
    created_at: time(order.crmTakenAt),
    updated_at: latest(now, last.at, ...changes.map((change) => change.sentAt)),
  })
  for (const [index, change] of changes.entries()) {
    const ours = change.receivedAt === null && change.messageId !== null
    out['crm.card_history']?.push({
      order_no: order.id,
      seq: index + 1,
      status: change.status,
      changed_at: time(change.at),
      actor_id: change.actor,
      received_at: timeBy(change.receivedAt, now),
      message_id: ours ? null : change.messageId,
    })
    if (ours && change.messageId)
      out['crm.outbox']?.push({
        order_no: order.id,
        card_seq: index + 1,
        message_id: change.messageId,
        routing_key: change.status === 'SUBMITTED' ? 'order.new' : 'order.approved',
        payload: {
          order: order.id,
          status: change.status,
          customer: customer.name,
          phone: customer.phone,
        },
        created_at: time(change.at),
        sent_at: timeBy(change.sentAt, now),
      })
  }
}

function addMes(out: Tables, order: Order, now: number): void {
  const changes = changesOf(order, 'mes', now)
  const last = changes.at(-1)
  const first = changes[0]
  if (!first || !last || order.mesTakenAt === null) return
  const { customer, model, partner } = order
  const priced = changes.some((change) => change.status === 'PRICE_CALCULATED')
  const begun = order.pricingStarts.filter((at) => at <= now).at(-1) ?? null
  const worker = changes.findLast((change) => change.actor !== null)?.actor ?? null
  const stored = model.kind !== 'ready-made'
  if (partner)
    out['mes.partners']?.push({ id: partner.id, name: partner.name, contact_email: partner.email })
  const row = {
    order_no: order.id,
    source: order.channel,
    partner_id: partner?.id ?? null,
    partner_order_no: order.partnerOrderNo,
    ship_to_name: partner ? null : customer.name,
    ship_to_phone: partner ? null : customer.phone,
    status: last.status,
    status_changed_at: time(last.at),
    polygons: stored ? model.polygons : null,
    file_bucket: stored ? model.bucket : null,
    file_key: stored ? model.key : null,
    file_size: stored ? model.bytes : null,
    file_etag: stored ? model.etag : null,
    model_hash: stored ? model.hash : null,
    price: priced ? order.price : null,
    currency: priced ? 'RUB' : null,
    operator_id: worker,
    received_at: time(order.mesTakenAt),
    pricing_started_at: timeBy(begun, now),
    traceparent: partner ? traceparentOf(order, 'partner-order') : null,
    created_at: time(first.at),
    updated_at: latest(now, last.at, begun, ...changes.map((change) => change.sentAt)),
  }
  out['mes.orders']?.push(row)
  for (const [index, change] of changes.entries())
    out['mes.order_events']?.push({
      order_no: order.id,
      seq: index + 1,
      status: change.status,
      occurred_at: time(change.at),
      operator_id: change.actor,
      published_at: change.receivedAt === null ? timeBy(change.sentAt, now) : null,
      received_at: timeBy(change.receivedAt, now),
      message_id: change.messageId,
    })
  addTwin(out, order, row, now)
}

/** FP-13: the partner's request came twice, and MES made two orders of it. */
function addTwin(out: Tables, order: Order, row: Row, now: number): void {
  const twice = order.failures.find(({ id, variant }) => id === 'FP-13' && variant === 'duplicate')
  if (!twice || twice.from > now) return
  const ended = twice.until !== null && twice.until <= now
  const at = time(ended ? (twice.until ?? now) : twice.from)
  const status = ended ? 'CLOSED' : 'SUBMITTED'
  const id = twinOf(order)
  const came = time(twice.from)
  const times = { created_at: came, received_at: came, status_changed_at: at, updated_at: at }
  out['mes.orders']?.push({
    ...row,
    ...times,
    order_no: id,
    status,
    price: null,
    currency: null,
    operator_id: null,
    pricing_started_at: null,
    traceparent: null,
  })
  const none = { operator_id: null, published_at: null, received_at: null, message_id: null }
  out['mes.order_events']?.push({
    order_no: id,
    seq: 1,
    status: 'SUBMITTED',
    occurred_at: came,
    ...none,
  })
  if (ended)
    out['mes.order_events']?.push({ order_no: id, seq: 2, status, occurred_at: at, ...none })
}

/** The number under which the second copy of a partner's order runs. */
export const twinOf = (order: Order): string => `ORD-9${order.id.slice(5)}`

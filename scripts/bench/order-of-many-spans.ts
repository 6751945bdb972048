import { type Emitted, emit, type Service } from '@/demo/spans/emit'
import { spanIdOf, traceIdOf } from '@/demo/spans/ids'
import { sendSpans } from '@/demo/spans/send'
import { query } from '@/e2e/http/demo'

export type Shape = {
  readonly orderId: string
  readonly traces: number
  /** Over all traces. */
  readonly spans: number
  /** The first traces, whose ids are kept with the order. At most what its shop kept as changes: any number from 2. */
  readonly known: number
}

const DAY = 86_400_000
const PLACES: readonly {
  readonly service: Service
  readonly scope: string
  readonly name: string
}[] = [
  { service: 'shop-api', scope: 'tomcat', name: 'PUT /orders/{id}/model' },
  { service: 'crm-api', scope: 'tomcat', name: 'POST /orders/{id}/approve' },
  { service: 'mes-api', scope: 'aspnet', name: 'POST /orders/{id}/pack' },
]

/**
 * Writes one order that is in production, with as many traces and spans as are asked for:
 *
 *   −20 days                                    −1 day   now
 *      ├─ trace ─ trace ─ … (the known ones first) ─ trace ─┤
 */
export async function writeOrder(otlpUrl: string, shape: Shape): Promise<void> {
  const { orderId, traces, known } = shape
  const began = Date.now() - 20 * DAY
  const step = (19 * DAY) / traces
  const atOf = (trace: number) => began + trace * step
  const changes = Array.from({ length: known }, (_, at) => ({
    at: atOf(at),
    status: at === 0 ? 'INITIATED' : at === known - 1 ? 'SUBMITTED' : 'FILE_UPLOADED',
    traceparent: `00-${traceIdOf(orderId, at)}-${spanIdOf(orderId, at, 0)}-01`,
  }))
  await writeShop(orderId, changes)
  await writeMes(orderId, atOf(known), atOf(traces))
  await sendSpans(otlpUrl, spansOf(shape, atOf))
}

type Change = { readonly at: number; readonly status: string; readonly traceparent: string }

const time = (at: number) => new Date(at).toISOString()

async function writeShop(orderId: string, changes: readonly Change[]): Promise<void> {
  const first = time(changes[0]?.at ?? 0)
  const last = time(changes.at(-1)?.at ?? 0)
  await query(
    'demo_shop',
    `insert into shop.orders (order_no, customer_id, status, status_changed_at, item_kind, traceparent, created_at, updated_at)
     select $1, id, 'SUBMITTED', $3, 'custom', null, $2, $3 from shop.customers limit 1`,
    [orderId, first, last],
  )
  await query(
    'demo_shop',
    `insert into shop.order_history (order_no, seq, status, changed_at, traceparent)
     select $1, row_number() over (), status, at, traceparent
     from jsonb_to_recordset($2::jsonb) as change(status text, at timestamptz, traceparent text)`,
    [orderId, JSON.stringify(changes.map((change) => ({ ...change, at: time(change.at) })))],
  )
  await query(
    'demo_shop',
    `insert into crm.order_cards (order_no, channel, status, status_changed_at, taken_at, created_at, updated_at)
     values ($1, 'shop', 'MANUFACTURING_APPROVED', $2, $2, $2, $2)`,
    [orderId, last],
  )
}

async function writeMes(orderId: string, from: number, until: number): Promise<void> {
  const steps = ['SUBMITTED', 'PRICE_CALCULATED', 'MANUFACTURING_APPROVED', 'MANUFACTURING_STARTED']
  const atOf = (step: number) => time(from + ((until - from) * step) / steps.length)
  await query(
    'demo_mes',
    `insert into mes.orders (order_no, source, status, status_changed_at, received_at, created_at, updated_at)
     values ($1, 'shop', $2, $3, $4, $4, $3)`,
    [orderId, steps.at(-1), atOf(steps.length - 1), atOf(0)],
  )
  for (const [index, status] of steps.entries())
    await query(
      'demo_mes',
      'insert into mes.order_events (order_no, seq, status, occurred_at) values ($1, $2, $3, $4)',
      [orderId, index + 1, status, atOf(index)],
    )
}

function* spansOf(
  { orderId, traces, spans }: Shape,
  atOf: (trace: number) => number,
): Generator<readonly Emitted[]> {
  const perTrace = Math.floor(spans / traces)
  for (let trace = 0; trace < traces; trace += 1) {
    const place = PLACES[trace % PLACES.length]
    if (!place) continue
    const out: Emitted[] = []
    const traceId = traceIdOf(orderId, trace)
    const root = emit(out, {
      ...place,
      kind: 'server',
      at: atOf(trace),
      ms: perTrace * 10 + 20,
      traceId,
      spanId: spanIdOf(orderId, trace, 0),
      values: {
        'order.id': orderId,
        'http.request.method': 'POST',
        'http.response.status_code': 200,
      },
    })
    for (let child = 1; child < perTrace; child += 1)
      emit(out, {
        service: place.service,
        scope: place.scope,
        name: 'UPDATE orders',
        kind: 'client',
        at: atOf(trace) + child * 10,
        ms: 8,
        traceId,
        parentId: root.spanId,
        spanId: spanIdOf(orderId, trace, child),
        values: { 'db.system.name': 'postgresql', 'db.operation.name': 'UPDATE' },
      })
    yield out
  }
}

const OTHERS_A_BATCH = 1_000

/** Traces of other orders, two spans each, over the same twenty days: what a search has to pass over. */
export function writeOtherTraces(otlpUrl: string, count: number): Promise<number> {
  const began = Date.now() - 20 * DAY
  function* portions(): Generator<readonly Emitted[]> {
    for (let from = 0; from < count; from += OTHERS_A_BATCH) {
      const out: Emitted[] = []
      for (let other = from; other < Math.min(count, from + OTHERS_A_BATCH); other += 1)
        emitOther(out, other, began + (19 * DAY * other) / count)
      yield out
    }
  }
  return sendSpans(otlpUrl, portions())
}

function emitOther(out: Emitted[], other: number, at: number): void {
  const place = PLACES[other % PLACES.length]
  if (!place) return
  const traceId = traceIdOf('other', other)
  const common = { service: place.service, scope: place.scope, traceId }
  const root = emit(out, {
    ...common,
    ...{ name: place.name, kind: 'server', at, ms: 30 },
    spanId: spanIdOf('other', other, 0),
    values: { 'order.id': `ORD-${800_000 + (other % 20_000)}` },
  })
  emit(out, {
    ...common,
    ...{ name: 'UPDATE orders', kind: 'client', at: at + 5, ms: 8 },
    parentId: root.spanId,
    spanId: spanIdOf('other', other, 1),
    values: { 'db.system.name': 'postgresql' },
  })
}

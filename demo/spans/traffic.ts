import type { Order } from '@/demo/company/order'
import { digest, random } from '@/demo/company/random'
import { POLL } from '@/demo/company/shop-part'
import { isWorking, MINUTE, SECOND } from '@/demo/company/time'
import type { World } from '@/demo/company/world'
import { isSlow } from '@/demo/company/world'
import type { Emitted, Service } from './emit'
import { emit } from './emit'
import { spanIdOf, traceIdOf } from './ids'
import { pollContext } from './order-spans'
import { database } from './parts'

/** The polls of CRM that end after `from` and up to `until`: all that took orders, a tenth of the others. */
export function polls(
  world: World,
  orders: readonly Order[],
  from: number,
  until: number,
): Emitted[] {
  const out: Emitted[] = []
  const ends = new Map<number, number>()
  for (const order of orders)
    for (const act of order.acts)
      if (act.tick !== undefined)
        ends.set(act.tick, Math.max(ends.get(act.tick) ?? 0, act.at + act.ms + 12))

  const first = Math.floor((from - 10 * SECOND) / POLL) * POLL + 7 * SECOND
  for (let tick = first; tick <= until; tick += POLL) {
    const end = ends.get(tick) ?? tick + 34
    if (end <= from || end > until) continue
    if (!ends.has(tick) && !isSampled(`${world.seed}/poll/${tick}`)) continue
    const poll = pollContext(tick)
    emit(out, {
      service: 'crm-api',
      scope: 'scheduling',
      name: 'OrderPoller.run',
      kind: 'internal',
      at: tick,
      ms: end - tick,
      ...poll,
      values: { 'code.function': 'run', 'code.namespace': 'ru.alexandrite.crm.OrderPoller' },
    })
    database(
      out,
      world,
      'crm-api',
      'SELECT',
      'shop.orders',
      'select order_no from shop.orders where status = ? order by created_at limit 50',
      {
        traceId: poll.traceId,
        parentId: poll.spanId,
        spanId: spanIdOf('poll', tick, 'select'),
        at: tick + 3,
        ms: 21,
        values: {},
      },
    )
  }
  return out
}

/** A tenth of what carries no order is kept. */
const isSampled = (name: string) => Number.parseInt(digest(name, 16).slice(0, 4), 16) < 0x1999

type View = {
  readonly service: Service
  readonly name: string
  readonly table: string
  readonly ms: number
  readonly always: boolean
}

const VIEWS: readonly View[] = [
  { service: 'mes-api', name: 'GET /orders', table: 'mes.orders', ms: 170, always: false },
  { service: 'shop-api', name: 'GET /catalogue/search', table: 'shop.items', ms: 90, always: true },
  { service: 'mes-api', name: 'GET /orders', table: 'mes.orders', ms: 210, always: false },
  { service: 'crm-api', name: 'GET /orders', table: 'crm.order_cards', ms: 80, always: false },
  {
    service: 'shop-api',
    name: 'GET /editor/models/{id}',
    table: 'shop.models',
    ms: 120,
    always: true,
  },
]

/** What people look at: lists, searches, the editor. One look each `everyMs`, slow in slow times (FP-12, FP-15). */
export function looks(world: World, from: number, until: number, everyMs = 3 * MINUTE): Emitted[] {
  const out: Emitted[] = []
  for (let slot = Math.floor(from / everyMs); slot * everyMs <= until; slot++) {
    const chance = random(`${world.seed}/look/${everyMs}/${slot}`)
    const at = slot * everyMs + chance.between(0, everyMs * 0.5)
    const view = VIEWS[slot % VIEWS.length]
    if (!view || (!view.always && !isWorking(at) && !chance.chance(0.15))) continue
    const ms = chance.around(view.ms, 0.4) * (isSlow(world, view.service, at) ? 32 : 1)
    if (at + ms <= from || at + ms > until) continue
    look(out, world, view, at, ms, slot)
  }
  return out
}

function look(
  out: Emitted[],
  world: World,
  view: View,
  at: number,
  ms: number,
  slot: number,
): void {
  const traceId = traceIdOf('look', view.name, at)
  const spanId = spanIdOf('look', view.name, at)
  const route = view.name.slice(4)
  const failed = ms > 15_000
  emit(out, {
    service: view.service,
    scope: view.service === 'mes-api' ? 'aspnet' : 'tomcat',
    name: view.name,
    kind: 'server',
    at,
    ms,
    traceId,
    spanId,
    values: {
      'http.request.method': 'GET',
      'http.route': route,
      'url.path': route,
      'url.query': `page=1&q=ring${slot % 9}`,
      'http.response.status_code': failed ? 504 : 200,
    },
    error: failed
      ? { type: 'System.TimeoutException', message: 'The operation has timed out.' }
      : null,
  })
  database(
    out,
    world,
    view.service,
    'SELECT',
    view.table,
    `select * from ${view.table} where status = $1 order by created_at desc limit 50 offset 0`,
    {
      traceId,
      parentId: spanId,
      spanId: spanIdOf('look', view.name, at, 'db'),
      at: at + 6,
      ms: ms * 0.85,
      values: {},
    },
  )
}

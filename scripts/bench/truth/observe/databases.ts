import type { Kept } from '@/lib/journey/types'
import { epochMs } from '@/lib/journey/types'
import type { OrdersAnswer } from '@/lib/sources/answers'
import { CONTRACT, type ViewName } from '@/lib/sources/orders/contract'
import type { Age } from '@/lib/sources/orders/freshness'
import { toShape } from '@/lib/sources/orders/shape'
import { toAnswer, toSilence } from '@/lib/sources/orders/to-answer'
import { type Change, recordAt, type Truth } from '../world/truth'
import { createOnce } from './once'
import type { DatabaseSight } from './sight'

export type Asked = {
  readonly name: string
  readonly systems: readonly string[]
  readonly sight: DatabaseSight
  readonly now: number
  /** How far the clock that wrote its times is wrong. */
  readonly skew: number
  /** The record names the file before it is there. */
  readonly earlyKey: boolean
}

type Columns = Record<string, unknown>

/** What one order database says of the order now, by the product's own reading of its rows. */
export const readDatabase = (truth: Truth, asked: Asked): OrdersAnswer =>
  once(truth, JSON.stringify(asked), () => read(truth, asked))

const once = createOnce<Truth, OrdersAnswer>()

function read(truth: Truth, asked: Asked): OrdersAnswer {
  const { name, systems, sight, now } = asked
  const askedAt = epochMs(now)
  const frame = { name, source: `orders:${name}`, systems, askedAt, answeredAt: askedAt }
  if (sight.state === 'down')
    return { facts: [], traceIds: [], reports: [toSilence(frame, 'timeout')] }

  const shown = now - sight.lagMs
  const shape = toShape(toFound(sight.lacks), false)
  const rows = {
    orders: systems.flatMap((system) => toRow(truth, system, shown, asked)),
    changes: shape.views.status_changes
      ? truth.changes
          .filter(({ system, at }) => systems.includes(system) && at <= shown)
          .map((change) => toChange(change, shown, asked))
      : [],
    deadLetters: shape.views.dead_letters ? toDeadLetters(truth, shown, asked) : [],
  }
  // A row that breaks the contract: the others stand, and nothing may be missed in them.
  if (sight.state === 'partial') rows.orders.push({ system: 'crm', status: '?' })
  return toAnswer({ shape, rows, age: toAge(sight) }, { ...frame, broker: 'rabbitmq' })
}

const toAge = ({ lagMs, ageless }: DatabaseSight): Age =>
  ageless
    ? { kind: 'unknown' }
    : lagMs === 0
      ? { kind: 'primary' }
      : { kind: 'standby', streaming: true, caughtUp: false, behind: lagMs }

const TYPES = { text: 'text', time: 'timestamp with time zone', number: 'bigint', list: 'text[]' }

const toFound = (lacks: readonly string[]) =>
  (Object.keys(CONTRACT) as ViewName[]).flatMap((view) =>
    Object.entries(CONTRACT[view].columns)
      .filter(([column]) => !lacks.includes(view) && !lacks.includes(`${view}.${column}`))
      .map(([column, { kind }]) => ({ view, column, type: TYPES[kind] })),
  )

function toRow(truth: Truth, system: string, shown: number, asked: Asked): readonly Columns[] {
  const last = recordAt(truth, system, shown)
  const first = truth.changes.find((change) => change.system === system)
  if (!last || !first) return []
  const mark = (column: string) =>
    truth.marks.findLast((one) => one.system === system && one.column === column && one.at <= shown)
      ?.at ?? null
  const { skew } = asked
  const isNamed = asked.earlyKey || truth.stored.some(({ at }) => at <= shown)
  const file = isNamed ? truth.file : null
  return [
    keep('orders', asked.sight, {
      system,
      channel: truth.channel,
      status: last.status,
      created_at: first.at + skew,
      updated_at: last.at + skew,
      status_changed_at: enteredAt(truth, last, shown) + skew,
      taken_at: system === 'shop' ? first.at + skew : shift(mark('taken_at'), skew),
      ...(asked.name === 'mes' && { pricing_started_at: shift(mark('pricing_started_at'), skew) }),
      partner_id: truth.partner?.id ?? null,
      partner_order_no: truth.partner?.number ?? null,
      file_bucket: file?.bucket ?? null,
      file_key: file?.key ?? null,
      file_size: file && !isAwaited(truth, shown) ? String(file.size) : null,
      file_etag: (!isAwaited(truth, shown) && file?.etag) || null,
    }),
  ]
}

/** Nothing was stored yet. */
const isAwaited = ({ stored }: Truth, shown: number) => !stored.some(({ at }) => at <= shown)

/** When its record entered the status it shows: a status written twice in a row is one stay. */
function enteredAt(truth: Truth, last: Change, shown: number): number {
  let entered = last.at
  for (const change of truth.changes.toReversed()) {
    if (change.system !== last.system || change.at > shown) continue
    if (change.status !== last.status) break
    entered = change.at
  }
  return entered
}

function toChange(change: Change, shown: number, asked: Asked): Columns {
  const { system, status, at, seq, sentAt, receivedAt, messageId } = change
  const { skew } = asked
  return keep('status_changes', asked.sight, {
    system,
    status,
    seq,
    changed_at: at + skew,
    sent_at: shift(sentAt !== null && sentAt <= shown ? sentAt : null, skew),
    received_at: shift(receivedAt, skew),
    message_id: messageId,
  })
}

const toDeadLetters = (truth: Truth, shown: number, { name, skew, sight }: Asked) =>
  truth.deaths
    .filter(
      ({ queue, ours, kept, at }) => ours && kept && at <= shown && recorderOf(queue) === name,
    )
    .map(({ queue, at, reason, messageId }) =>
      keep('dead_letters', sight, {
        queue,
        reason,
        count: 1,
        died_at: at + skew,
        message_id: messageId,
        exchange: 'orders',
      }),
    )

/** Whoever consumes a queue records what it could not handle. */
const recorderOf = (queue: string) => (queue.endsWith('_mes') ? 'mes' : 'shop')

const shift = (at: number | null, skew: number): Kept<number> => (at === null ? null : at + skew)

/** Without the columns that its views lack. */
const keep = (view: ViewName, { lacks }: DatabaseSight, row: Columns): Columns =>
  Object.fromEntries(Object.entries(row).filter(([column]) => !lacks.includes(`${view}.${column}`)))

import type { Scope } from '@/lib/access/viewer'
import type { PartnerModel, PartnerNumber } from '../answers'
import { CONTRACT, type Column, SCHEMA, type ViewName } from './contract'
import { keeps, type Shape } from './shape'

export type Query = { readonly text: string; readonly values: readonly unknown[] }

/** The newest changes of one order that are read; one more is asked for, to know that there are more. */
export const MAX_CHANGES = 2_000
const MAX_ROWS = 100
const MAX_DEAD_LETTERS = 200
/** Two records of one order may name one file. */
const MAX_FILES = 12

/** Opens one snapshot that cannot write, and that the server itself ends when we are gone. */
export const beginReading = (statementTimeoutMs: number): string =>
  [
    'begin isolation level repeatable read read only',
    `set local statement_timeout = ${Math.round(statementTimeoutMs)}`,
    `set local idle_in_transaction_session_timeout = ${Math.round(statementTimeoutMs * 2)}`,
  ].join('; ')

/** Every readable column of the schema. The catalogue is asked, because it is not locked with the tables. */
export const columnsQuery = (): Query => ({
  text: `select c.relname::text as view, a.attname::text as column, 
      format_type(coalesce(nullif(t.typbasetype, 0), t.oid), a.atttypmod) as type
    from pg_namespace n
    join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'v', 'm', 'f', 'p')
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    where n.nspname = $1 and has_schema_privilege(n.oid, 'usage')
      and has_column_privilege(c.oid, a.attnum, 'select')
    order by c.relname, a.attnum limit 1000`,
  values: [SCHEMA],
})

/** Which of these orders exist within the scope. */
export function sightQuery(orderIds: readonly string[], scope: Scope): Query {
  const { where, values } = inScope('o', scope, [orderIds])
  return {
    text: `select distinct o.order_id::text as order_id from ${SCHEMA}.orders o
    where o.order_id = any($1::text[])${where} limit 200`,
    values,
  }
}

/** The rows of one order within the scope, the newest first. */
export function rowsQuery(shape: Shape, orderId: string, scope: Scope): Query {
  const { where, values } = inScope('o', scope, [orderId])
  return {
    text: `select ${selected(shape, 'orders', 'o')} from ${SCHEMA}.orders o
    where o.order_id = $1${where} order by o.updated_at desc nulls last limit ${MAX_ROWS}`,
    values,
  }
}

/** The records of the orders that a partner knows by this number, within the scope; the newest first. */
export function numberQuery(shape: Shape, { number, partner }: PartnerNumber, scope: Scope): Query {
  const first = partner === null ? [number] : [number, partner]
  const { where, values } = inScope('o', scope, first)
  const ofPartner = partner === null ? '' : ' and o.partner_id::text = $2'
  return {
    text: `select left(o.order_id::text, 201) as order_id, ${selected(shape, 'orders', 'o')}
    from ${SCHEMA}.orders o where o.partner_order_no::text = $1${ofPartner}${where}
    order by o.created_at desc nulls last limit ${MAX_ROWS}`,
    values,
  }
}

/** The records of a partner's orders of one model that were made within a window, within the scope; the newest first. */
export function modelQuery(
  shape: Shape,
  { model, partner, made }: PartnerModel,
  scope: Scope,
): Query {
  const { where, values } = inScope('o', scope, [partner, model, made.from, made.until])
  return {
    text: `select left(o.order_id::text, 201) as order_id, ${selected(shape, 'orders', 'o')}
    from ${SCHEMA}.orders o where o.partner_id::text = $1 and o.model_hash::text = $2
    and o.created_at between to_timestamp($3::float8 / 1000) and to_timestamp($4::float8 / 1000)${where}
    order by o.created_at desc limit ${MAX_ROWS}`,
    values,
  }
}

/** The changes of the records that the scope contains, the newest first. */
export function changesQuery(shape: Shape, orderId: string, scope: Scope): Query {
  const { where, values } = inScope('o', scope, [orderId])
  return {
    text: `select ${selected(shape, 'status_changes', 'c')} from ${SCHEMA}.status_changes c
    where c.order_id = $1${exists(where, 'c', 'and o.system::text = c.system::text')}
    order by c.changed_at desc nulls last, c.seq desc limit ${MAX_CHANGES + 1}`,
    values,
  }
}

/** The messages about the order that were set aside, the newest first. */
export function deadLettersQuery(shape: Shape, orderId: string, scope: Scope): Query {
  const { where, values } = inScope('o', scope, [orderId])
  return {
    text: `select ${selected(shape, 'dead_letters', 'd')} from ${SCHEMA}.dead_letters d
    where d.order_id = $1${exists(where, 'd', '')}
    order by d.died_at desc nulls last limit ${MAX_DEAD_LETTERS}`,
    values,
  }
}

/** The files of the newest orders, in one bucket or in any. */
export const filesQuery = (bucket: string | null): Query => ({
  text: `select left(o.file_bucket::text, 101) as bucket, left(o.file_key::text, 1025) as key
    from ${SCHEMA}.orders o
    where o.file_bucket::text = coalesce($1, o.file_bucket::text) and o.file_key is not null
    order by o.created_at desc nulls last limit ${MAX_FILES}`,
  values: [bucket],
})

/** How far a standby is behind. Without `pg_read_all_stats` the state of its receiver reads as null. */
export const lagQuery: Query = {
  text: `select pg_is_in_recovery() as standby,
    case when pg_is_in_recovery() then pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() end as caught_up,
    case when pg_is_in_recovery()
      then (select bool_or(status = 'streaming') from pg_stat_wal_receiver) end as streaming,
    case when pg_is_in_recovery() then
      (extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000)::float8 end as behind`,
  values: [],
}

/** The newest moment a copy is known to show: its heartbeat, else the newest write of any order. */
export const copiedQuery = (shape: Shape): Query => ({
  text: keeps(shape, 'heartbeat')
    ? `select ${moment('max(h.at)')} as at from ${SCHEMA}.heartbeat h`
    : `select ${moment('max(o.updated_at)')} as at from ${SCHEMA}.orders o`,
  values: [],
})

const moment = (expression: string) => `(extract(epoch from ${expression}) * 1000)::float8`

const READ: Readonly<Record<Column['kind'], (column: string, max: number) => string>> = {
  // One character more than is taken: enough to see that it is too long, and no megabytes on the wire.
  text: (column, max) => `left(${column}::text, ${max + 1})`,
  list: (column, max) => `left(array_to_string(${column}::text[], ','), ${max + 1})`,
  time: moment,
  number: (column) => `${column}::float8`,
}

function selected(shape: Shape, view: ViewName, alias: string): string {
  const { columns } = CONTRACT[view]
  return Object.entries(columns)
    .filter(([name]) => name !== 'order_id' && keeps(shape, view, name))
    .map(([name, { kind, max }]) => `${READ[kind](`${alias}.${name}`, max)} as ${name}`)
    .join(', ')
}

function inScope(alias: string, scope: Scope, first: readonly unknown[]) {
  const values = [...first]
  let where = ''
  for (const [column, value] of [
    ['partner_id', scope.partner],
    ['channel', scope.channel],
  ] as const) {
    if (value === undefined) continue
    values.push(value)
    where += ` and ${alias}.${column}::text = $${values.length}`
  }
  return { where, values }
}

const exists = (where: string, alias: string, join: string) =>
  where &&
  ` and exists (select from ${SCHEMA}.orders o where o.order_id = ${alias}.order_id ${join}${where})`

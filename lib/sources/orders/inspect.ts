import pg from 'pg'
import { type Address, isPlain, toConnection } from './connect'
import { SCHEMA } from './contract'
import { inspectViews, type Observation } from './inspect-views'
import { columnsQuery } from './queries'
import { foundColumns } from './schema'
import { toFault } from './to-fault'

export type Inspected = Address & {
  readonly name: string
  readonly copy: boolean
  /** The variable that names it: `ORDER_DB_SHOP`. */
  readonly variable: string
  readonly connectTimeoutMs?: number
}

const CURES: Readonly<Record<string, string>> = {
  unreachable:
    'is it started, is the address in {variable}_URL right, is its certificate known ({variable}_CA_FILE)?',
  timeout: 'does a firewall swallow it? Try: psql {variable}_URL -c "select 1"',
  rejected: 'the user, password or database in {variable}_URL',
}

const PRIVILEGES = `select current_user::text as role,
  (select rolsuper from pg_roles where rolname = current_user) as superuser,
  (select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'f') and n.nspname not in ('pg_catalog', 'information_schema')
      and n.nspname not like 'pg_toast%' and has_schema_privilege(n.oid, 'usage')
      and has_table_privilege(c.oid, 'insert, update, delete, truncate')) as writable,
  pg_is_in_recovery() as standby, pg_has_role('pg_read_all_stats', 'usage') as stats`

/** Looks one order database over for the doctor: connection, role, views, columns. Never throws for what it finds. */
export async function inspectDatabase(database: Inspected): Promise<Observation[]> {
  const { name, variable, copy } = database
  let client: pg.Client
  try {
    client = new pg.Client({
      ...toConnection(database, database.connectTimeoutMs ?? 500),
      query_timeout: 5_000,
    })
    client.on('error', () => {}) // Every question says so itself.
    await client.connect()
  } catch (error) {
    const cure = (CURES[toFault(error)] ?? '').replaceAll('{variable}', variable)
    return [{ level: 'missing', subject: name, says: `no connection: ${messageOf(error)}`, cure }]
  }

  try {
    const way = isPlain(database) ? 'in clear' : 'TLS, certificate and name verified'
    const { rows } = await client.query(PRIVILEGES)
    const found = foundColumns.parse((await client.query(columnsQuery().text, [SCHEMA])).rows)
    return [
      { level: 'ok', subject: name, says: `connected as ${rows[0].role} (${way})`, cure: null },
      roleOf(name, rows[0]),
      ...standbyOf(name, rows[0]),
      ...inspectViews(name, found, copy),
    ]
  } catch (error) {
    return [{ level: 'missing', subject: name, says: messageOf(error), cure: null }]
  } finally {
    await client.end()
  }
}

type Privileges = {
  readonly role: string
  readonly superuser: boolean
  readonly writable: number
  readonly standby: boolean
  readonly stats: boolean
}

function roleOf(name: string, { role, superuser, writable }: Privileges): Observation {
  const subject = `${name}: role ${role}`
  if (!superuser && writable === 0)
    return { level: 'ok', subject, says: 'can read and not write', cure: null }
  return {
    level: 'warn',
    subject,
    says: superuser ? 'is a superuser' : `may write to ${writable} tables or views`,
    cure: 'connect as a role that can only read: prisma/orders/views/reader.sql makes one',
  }
}

function standbyOf(name: string, { role, standby, stats }: Privileges): Observation[] {
  if (!standby) return []
  const subject = `${name}: standby`
  if (stats) return [{ level: 'ok', subject, says: 'its lag can be read', cure: null }]
  return [
    {
      level: 'warn',
      subject,
      says: 'a quiet primary will look like a late replica, because its receiver cannot be seen',
      cure: `on the primary: grant pg_read_all_stats to "${role}";`,
    },
  ]
}

const messageOf = (error: unknown): string =>
  error instanceof AggregateError
    ? error.errors.map(messageOf).join(', ')
    : error instanceof Error
      ? error.message
      : String(error)

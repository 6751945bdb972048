import crypto from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum, DriverAdapterError } from '@prisma/driver-adapter-utils'
import pg from 'pg'

const CHAR = 18 // The catalogue's type "char".
const TEXT = 25

const pools = []

/** Ends all connections. An open one keeps Prisma's advisory lock, and the next command waits 10 s for it. */
export async function endPools() {
  for (const pool of pools.splice(0)) if (!pool.ended && !pool.ending) await pool.end()
}

/** What the engine connects with: a database, and a shadow of it to try migrations on. */
export function createAdapterFactory({ url, shadowDatabaseUrl }) {
  const schema = schemaOf(url)
  const factory = new PrismaPg({ connectionString: url }, { schema })
  factory.connect = () => connect(url, { schema })
  factory.connectToShadowDb = () =>
    shadowDatabaseUrl ? connectToGivenShadow(shadowDatabaseUrl) : connectToNewShadow(url)
  return factory
}

/** Refuses a shadow database that is the database itself: a shadow is emptied before each use. */
export function refuseToWipe({ url, shadowDatabaseUrl }) {
  if (!url || !shadowDatabaseUrl) return
  const place = ({ hostname, port, pathname }) => [hostname, port || '5432', pathname].join()
  if (place(new URL(url)) === place(new URL(shadowDatabaseUrl)))
    throw new Error('SHADOW_DATABASE_URL names the database itself, which would be wiped')
}

async function connect(url, options) {
  const pool = openPool(url)
  const adapter = await new PrismaPg(pool, { ...options, disposeExternalPool: true }).connect()

  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query)
    for (const column of pool.charColumns ?? [])
      result.columnTypes[column] = ColumnTypeEnum.Character
    return result
  }
  // adapter-pg splits scripts at ';', which breaks dollar-quoted bodies: the script is sent whole.
  adapter.executeScript = async (sql) => {
    await pool.query(sql).catch(rethrow) // Answers nothing: the engine refuses a result.
  }
  return adapter
}

/**
 * adapter-pg does not know "char" (oid 18), and the engine wants it as Character: it is fetched as text, and
 * its columns are remembered. On PostgreSQL 18 every table has such a column in the catalogue.
 */
function openPool(url) {
  const schema = schemaOf(url)
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    // Without it `_prisma_migrations` would land in the schema `public`.
    ...(schema ? { options: `-c search_path=${schema}` } : {}),
  })
  pools.push(pool)
  pool.on('connect', ({ connection }) =>
    connection.prependListener('rowDescription', ({ fields }) => {
      pool.charColumns = fields.flatMap(({ dataTypeID }, at) => (dataTypeID === CHAR ? [at] : []))
      for (const at of pool.charColumns) fields[at].dataTypeID = TEXT
    }),
  )
  return pool
}

async function connectToGivenShadow(url) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(
    "select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'",
  )
  for (const { nspname } of rows)
    await client.query(`drop schema ${client.escapeIdentifier(nspname)} cascade`)
  await client.query('create schema if not exists public')
  await client.end()
  return connect(url, { schema: schemaOf(url) })
}

async function connectToNewShadow(url) {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`
  await admin.query(`create database ${admin.escapeIdentifier(name)}`)

  const shadowUrl = new URL(url)
  shadowUrl.pathname = `/${name}`
  const adapter = await connect(shadowUrl.href, { schema: schemaOf(url) })
  const dispose = adapter.dispose.bind(adapter)
  adapter.dispose = async () => {
    await dispose()
    await admin.query(`drop database if exists ${admin.escapeIdentifier(name)} with (force)`)
    await admin.end()
  }
  return adapter
}

const schemaOf = (url) => new URL(url).searchParams.get('schema') ?? undefined

/** In the shape in which the engine reads PostgreSQL's own code and words. */
function rethrow({ code, severity, message, detail, column, hint }) {
  throw new DriverAdapterError({
    kind: 'postgres',
    code: code ?? 'N/A',
    severity: severity ?? 'ERROR',
    message,
    detail,
    column,
    hint,
    originalCode: code,
    originalMessage: message,
  })
}

import 'server-only'
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'

/** Names of migrations: newly applied, and those whose file is not what was applied. */
export type Migrated = { readonly applied: readonly string[]; readonly edited: readonly string[] }

type Options = {
  readonly ownerUrl: string
  /** Holds one folder per migration. */
  readonly folder?: string
}

const PRISMA_LOCK = 72_707_369 // The id that Prisma Migrate itself takes, so that the two exclude each other.

/**
 * What `prisma migrate deploy` does, without its 300 MB. Throws after a failed migration (P3009) until
 * `prisma migrate resolve` has been used.
 *
 *   replica 1   lock ── read ── apply ── unlock
 *   replica 2   lock ┄┄ waits ┄┄┄┄┄┄┄┄┄┄┄ read: nothing to do
 */
export async function migrateStore({
  ownerUrl,
  folder = 'prisma/store/migrations',
}: Options): Promise<Migrated> {
  const client = new pg.Client({
    connectionString: ownerUrl,
    connectionTimeoutMillis: 10_000,
    options: '-c search_path=store',
  })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [PRISMA_LOCK])
    return await applyMissing(client, folder)
  } finally {
    await client.end() // Which gives up the lock.
  }
}

async function applyMissing(client: pg.Client, folder: string): Promise<Migrated> {
  await client.query('create schema if not exists store')
  await client.query(
    `create table if not exists store._prisma_migrations (
       id varchar(36) primary key not null,
       checksum varchar(64) not null,
       finished_at timestamptz,
       migration_name varchar(255) not null,
       logs text,
       rolled_back_at timestamptz,
       started_at timestamptz not null default now(),
       applied_steps_count integer not null default 0
     )`,
  )
  const checksums = await findApplied(client)
  const migrations = readMigrations(folder)
  const missing = migrations.filter(({ name }) => !checksums.has(name))
  for (const migration of missing) await apply(client, migration)

  const edited = migrations.filter(
    ({ name, checksum }) => checksums.has(name) && checksums.get(name) !== checksum,
  )
  return { applied: missing.map(({ name }) => name), edited: edited.map(({ name }) => name) }
}

async function findApplied(client: pg.Client): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `select migration_name as name, checksum, finished_at is not null as finished
       from store._prisma_migrations where rolled_back_at is null order by started_at`,
  )
  const failed = rows.find(({ finished }) => !finished)
  if (failed) throw new Error(`P3009: the migration ${failed.name} failed; nothing was applied`)
  return new Map(rows.map(({ name, checksum }) => [name, checksum]))
}

type Migration = { readonly name: string; readonly sql: string; readonly checksum: string }

const readMigrations = (folder: string): readonly Migration[] =>
  fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = fs.readFileSync(path.join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: crypto.createHash('sha256').update(sql).digest('hex') }
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))

/** The file is sent as one query, and so is one transaction: a failure leaves nothing half made. */
async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  const id = crypto.randomUUID()
  await client.query(
    'insert into store._prisma_migrations (id, checksum, migration_name) values ($1, $2, $3)',
    [id, checksum, name],
  )
  try {
    await client.query(sql)
  } catch (error) {
    await client.query('update store._prisma_migrations set logs = $2 where id = $1', [
      id,
      String(error),
    ])
    throw new Error(`The migration ${name} failed; nothing of it was kept`, { cause: error })
  }
  await client.query(
    'update store._prisma_migrations set finished_at = now(), applied_steps_count = 1 where id = $1',
    [id],
  )
}

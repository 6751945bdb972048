import fs from 'node:fs'
import pg from 'pg'
import { type Finding, missing, ok, toMessage, warn } from './finding'

type Store = {
  readonly url: string
  /** The role that migrates; where it is known, migrations are compared one by one. */
  readonly ownerUrl?: string | undefined
  readonly folder?: string
}

const MIGRATE =
  'STORE_OWNER_URL=postgresql://… npx tsx --conditions=react-server scripts/migrate.ts'

/** Whether our own PostgreSQL answers, and has every migration of this version. */
export async function checkStore({
  url,
  ownerUrl,
  folder = 'prisma/store/migrations',
}: Store): Promise<Finding[]> {
  try {
    return await withClient(url, async (app) => {
      const { rows } = await app.query(
        `select current_user::text as role, to_regclass('store._prisma_migrations') is not null as migrated,
           (select rolsuper from pg_roles where rolname = current_user) as superuser`,
      )
      const [{ role, migrated, superuser }] = rows
      return [
        ok('store', `connected as ${role}`),
        ...(superuser ? [privileged(role)] : []),
        ...(migrated ? await checkMigrations(ownerUrl, folder) : [empty]),
      ]
    })
  } catch (error) {
    return [
      missing(
        'store',
        toMessage(error),
        'is PostgreSQL started, and STORE_URL right? psql "$STORE_URL" -c "select 1"',
      ),
    ]
  }
}

const empty = missing('store: migrations', 'none was ever applied', MIGRATE)

const privileged = (role: string) =>
  warn(
    'store: role',
    `${role} is a superuser: the audit could be rewritten`,
    'use the role order_journey_app in STORE_URL',
  )

async function checkMigrations(ownerUrl: string | undefined, folder: string): Promise<Finding[]> {
  const names = fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  if (!ownerUrl)
    return [
      ok('store: migrations', 'applied; with STORE_OWNER_URL set they are compared one by one'),
    ]

  return withClient(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ name: string }>(
      'select migration_name as name from store._prisma_migrations where finished_at is not null',
    )
    const absent = names.filter((name) => !rows.some((row) => row.name === name))
    return absent.length === 0
      ? [ok('store: migrations', `all ${names.length} applied`)]
      : [missing('store: migrations', `not applied: ${absent.join(', ')}`, MIGRATE)]
  })
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 2_000,
    query_timeout: 5_000,
  })
  client.on('error', () => {}) // Every question says so itself.
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

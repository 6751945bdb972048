import 'server-only'
import pg from 'pg'

const STORE_ROLES = ['owner', 'app', 'worker', 'archiver'] as const

/** `owner` migrates · `app` serves people · `worker` works by the clock · `archiver` drops old audit partitions. */
export type StoreRole = (typeof STORE_ROLES)[number]

type Options = {
  readonly superuserUrl: string
  readonly database: string
  readonly passwords: Readonly<Record<StoreRole, string>>
}

const PROVISION_LOCK = 72_707_370

/**
 * Makes the store's database and its four roles where they are missing, and sets the roles' passwords.
 * Roles belong to the whole server: databases on one server share them. Answers an address per role.
 */
export async function provisionStore({
  superuserUrl,
  database,
  passwords,
}: Options): Promise<Readonly<Record<StoreRole, string>>> {
  const client = new pg.Client({ connectionString: superuserUrl, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    // Two at once would change one row of the server's catalogue, which PostgreSQL refuses.
    await client.query('select pg_advisory_lock($1)', [PROVISION_LOCK])
    for (const role of STORE_ROLES) await ensureRole(client, toRoleName(role), passwords[role])
    await ensureDatabase(client, database)
  } finally {
    await client.end()
  }
  const urlOf = (role: StoreRole) => toUrl(superuserUrl, database, role, passwords[role])
  return {
    owner: urlOf('owner'),
    app: urlOf('app'),
    worker: urlOf('worker'),
    archiver: urlOf('archiver'),
  }
}

const toRoleName = (role: StoreRole) => `order_journey_${role}`

async function ensureRole(client: pg.Client, name: string, password: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name])
  const verb = rowCount ? 'alter' : 'create'
  await client.query(
    `${verb} role ${client.escapeIdentifier(name)} login password ${client.escapeLiteral(password)}`,
  )
}

async function ensureDatabase(client: pg.Client, database: string): Promise<void> {
  const name = client.escapeIdentifier(database)
  const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
  if (!rowCount) await client.query(`create database ${name} owner ${toRoleName('owner')}`)
  await client.query(`revoke all on database ${name} from public`)
  const guests = STORE_ROLES.filter((role) => role !== 'owner').map(toRoleName)
  await client.query(`grant connect on database ${name} to ${guests.join(', ')}`)
}

function toUrl(superuserUrl: string, database: string, role: StoreRole, password: string): string {
  const url = new URL(superuserUrl)
  url.username = toRoleName(role)
  url.password = encodeURIComponent(password)
  url.pathname = `/${encodeURIComponent(database)}`
  return url.href
}

import pg from 'pg'
import { MES_SCHEMA } from './mes-schema'
import { SHOP_SCHEMA } from './shop-schema'

export const SHOP_DATABASE = 'demo_shop'
export const MES_DATABASE = 'demo_mes'
export const READER = 'journey_reader'

type Provisioned = { readonly isNew: boolean }

/** Makes both order databases and the role that may read their views, where they are missing. */
export async function provisionOrderDatabases(
  url: (database: string) => string,
  readerPassword: string,
): Promise<Provisioned> {
  const isNew = await onDatabase(url('postgres'), async (server) => {
    const password = server.escapeLiteral(readerPassword)
    const role = await server.query('select 1 from pg_roles where rolname = $1', [READER])
    const verb = role.rowCount ? 'alter' : 'create'
    await server.query(`${verb} role ${READER} login password ${password} connection limit 200`)
    await server.query(`alter role ${READER} set default_transaction_read_only = on`)
    const known = await server.query<{ datname: string }>('select datname from pg_database')
    const names = known.rows.map((row) => row.datname)
    const missing = [SHOP_DATABASE, MES_DATABASE].filter((name) => !names.includes(name))
    for (const name of missing) await server.query(`create database ${name}`)
    return missing.length > 0
  })
  await Promise.all([
    prepare(url(SHOP_DATABASE), SHOP_DATABASE, SHOP_SCHEMA),
    prepare(url(MES_DATABASE), MES_DATABASE, MES_SCHEMA),
  ])
  return { isNew }
}

async function prepare(url: string, database: string, schema: string): Promise<void> {
  await onDatabase(url, async (client) => {
    const made = await client.query(`select to_regnamespace('order_journey') as made`)
    if (made.rows[0].made !== null) return
    await client.query(`begin; ${schema}
      revoke all on database ${database} from public;
      grant connect on database ${database} to ${READER};
      grant usage on schema order_journey to ${READER};
      grant select on all tables in schema order_journey to ${READER};
      commit`)
  })
}

export async function onDatabase<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

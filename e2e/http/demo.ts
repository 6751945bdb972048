import fs from 'node:fs'
import path from 'node:path'
import { env } from 'node:process'
import { parseEnv } from 'node:util'
import pg from 'pg'
import { z } from 'zod'

const running = z.object({
  baseUrl: z.url(),
  shopUrl: z.url(),
  mesUrl: z.url(),
  tracesUrl: z.url(),
  otlpUrl: z.url(),
})
const secrets = z.object({
  nextAuth: z.string(),
  idHash: z.string(),
  reader: z.string(),
  store: z.object({ app: z.string() }),
})
const passwords = z.object({ passwords: z.record(z.string(), z.string()) })

/** The data folder of the demo under test. */
export const FOLDER = path.resolve(
  env.E2E_WIRE_DATA_DIR ?? env.E2E_DATA_DIR ?? env.DEMO_DATA_DIR ?? '.data/demo',
)

const read = <T>(name: string, schema: z.ZodType<T>): T =>
  schema.parse(JSON.parse(fs.readFileSync(path.join(FOLDER, name), 'utf8')))

export const DEMO = read('demo.json', running)

/** What the product is told of the demo, by the names of its settings. */
export const FRONT_DOOR: Readonly<Record<string, string | undefined>> = parseEnv(
  fs.readFileSync(path.join(FOLDER, 'front-door.env'), 'utf8'),
)
export const BASE_URL = env.E2E_BASE_URL ?? DEMO.baseUrl
export const SECRETS = read('secrets.json', secrets)
export const PASSWORDS = read('idp.json', passwords).passwords

/** An address of the demo's PostgreSQL for its superuser, or for somebody else. */
export function databaseUrl(database: string, user?: string, password = ''): string {
  const url = new URL(DEMO.shopUrl)
  url.pathname = `/${database}`
  if (user) Object.assign(url, { username: user, password })
  return url.href
}

/** One statement as the superuser, who may see every row. */
export async function query<Row extends pg.QueryResultRow>(
  database: 'order_journey' | 'demo_shop' | 'demo_mes',
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl(database) })
  await client.connect()
  try {
    return (await client.query<Row>(text, [...values])).rows
  } finally {
    await client.end()
  }
}

export type AuditLine = {
  readonly request_id: string
  readonly action: string
  readonly phase: string
  readonly decision: string
  readonly reason: string | null
  readonly status: number | null
  readonly resource_id: string | null
  readonly ip: string | null
}

/** The audit's rows of some requests. */
export const rowsOf = (requestIds: readonly string[]): Promise<readonly AuditLine[]> =>
  query<AuditLine>(
    'order_journey',
    `select request_id, action, phase, decision, reason, status, resource_id, host(ip) as ip
       from store.audit_event where request_id = any($1) order by ts`,
    [requestIds],
  )

/** The front door's log: its lines about one request. */
export const logOf = (requestId: string): readonly string[] =>
  fs
    .readFileSync(path.join(FOLDER, 'front-door.log'), 'utf8')
    .split('\n')
    .filter((line) => line.includes(requestId))

const truth = z.object({ orderId: z.string() })

/** Healthy orders that were closed a day ago or earlier, the last one first: nothing happens to them any more. */
export async function closedOrders(
  channel: 'shop' | 'partner',
  limit: number,
): Promise<readonly string[]> {
  const lines = fs.readFileSync(path.join(FOLDER, 'truth.jsonl'), 'utf8').trim().split('\n')
  const flawed = lines.map((line) => truth.parse(JSON.parse(line)).orderId)
  const rows = await query<{ id: string }>(
    'demo_shop',
    `select order_no as id from crm.order_cards
      where status = 'CLOSED' and channel = $1 and order_no <> all($2)
        and status_changed_at < now() - interval '1 day'
      order by status_changed_at desc limit $3`,
    [channel, flawed, limit],
  )
  return rows.map(({ id }) => id)
}

/** Ids of orders in the order databases, the newest first: the living company may still be at work on them. */
export async function orderIds(limit: number): Promise<readonly string[]> {
  const rows = await query<{ id: string }>(
    'demo_mes',
    'select order_no as id from mes.orders order by order_no desc limit $1',
    [limit],
  )
  return rows.map(({ id }) => id)
}

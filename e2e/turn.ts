import fs from 'node:fs'
import path from 'node:path'
import { env } from 'node:process'
import pg from 'pg'
import { z } from 'zod'

const ANY_NUMBER = 4310

/**
 * Waits for its turn, and answers what ends it. Whoever measures a crowd has the machine alone.
 *
 *   pages   ─test─ ─test─ ┊ waits ┊ ─test─ ─test─        beside
 *   wire    ─test─ ─test─ ┊ crowd ┊ ─test─               alone
 *
 * The wire's PostgreSQL keeps the turns: in order of arrival, and not for somebody who is gone.
 */
export async function takeTurn(how: 'beside' | 'alone'): Promise<() => Promise<void>> {
  const folder = path.resolve(env.E2E_WIRE_DATA_DIR ?? env.E2E_DATA_DIR ?? '.data/e2e-wire')
  const text = fs.readFileSync(path.join(folder, 'demo.json'), 'utf8')
  const { shopUrl } = z.object({ shopUrl: z.url() }).parse(JSON.parse(text))
  const client = new pg.Client({ connectionString: shopUrl })
  await client.connect()
  const lock = how === 'alone' ? 'pg_advisory_lock' : 'pg_advisory_lock_shared'
  await client.query(`select ${lock}($1)`, [ANY_NUMBER])
  return () => client.end()
}

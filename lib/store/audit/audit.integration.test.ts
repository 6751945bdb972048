import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { request } from '@/lib/access/fixtures/permitted'
import { createDb, type Db } from '@/lib/db'
import { epochMs } from '@/lib/journey/types'
import { look } from '../fixtures/audit'
import { freshStore } from '../fixtures/fresh-store'
import { type AuditStore, createAuditStore, readChain } from './audit-store'
import { createAuditWriter } from './audit-writer'
import { verifyChain } from './chain'
import { createSpool } from './spool'

const superuserUrl = inject('postgresUrl')
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'audit-'))
let store: Awaited<ReturnType<typeof freshStore>>
let offset = 0
const now = () => epochMs(Date.now() + offset)

beforeAll(async () => {
  store = await freshStore(superuserUrl)
})
afterAll(async () => {
  await store.db.$disconnect()
  fs.rmSync(folder, { recursive: true })
})

/** The store, behind a switch to a server that is not there. */
function switched(db: Db) {
  const nobody = createDb('postgresql://a:a@127.0.0.1:9/none')
  const state = { up: true }
  const real = createAuditStore(db)
  const none = createAuditStore(nobody)
  const chosen = (): AuditStore => (state.up ? real : none)
  const behind: AuditStore = {
    insert: (rows) => chosen().insert(rows),
    seal: (seal) => chosen().seal(seal),
    ensurePartitions: () => chosen().ensurePartitions(),
  }
  return { behind, state }
}

const begin = (name: string, audit: AuditStore = createAuditStore(store.db)) =>
  createAuditWriter({ store: audit, spool: createSpool(path.join(folder, name)), now })

describe('the audit in PostgreSQL', () => {
  test('keeps 200 at once: all durable, no gap, and the chain verifies as it is read back', async () => {
    const writer = begin('concurrent')
    const ip = '0:0::FFFF:10.1.2.3'
    await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        writer.access(
          look(`A-${n}`, { request: { ...request, clientAddress: n % 2 ? ip : '2001:DB8:0::1' } }),
        ),
      ),
    )
    await writer.event({
      action: 'login_refused',
      request: { ...request, requestId: 'not a uuid', clientAddress: 'nonsense' },
      decision: 'deny',
      reason: 'no role \u0000',
      status: 403,
    })
    await writer.stop()

    const { rows, seals } = await readChain(store.db, writer.chainId)
    expect(rows).toHaveLength(203)
    expect(new Set(rows.map(({ resourceId }) => resourceId)).size).toBe(201)
    expect(verifyChain(rows, seals)).toBeNull()
    expect(seals).toHaveLength(1)
  })

  test('shows the very row that somebody with all rights changed', async () => {
    const writer = begin('tampered')
    for (let n = 0; n < 5; n++) await writer.access(look(`A-${n}`))
    const client = new pg.Client({
      connectionString: superuserUrl.replace(/postgres$/, store.database),
    })
    await client.connect()
    await client.query('set session_replication_role = replica') // Triggers sleep, for a superuser.
    await client.query(
      "update store.audit_event set actor_sub = 'ben' where chain_id = $1 and counter = 4",
      [writer.chainId],
    )
    await client.end()
    const { rows } = await readChain(store.db, writer.chainId)
    expect(verifyChain(rows)).toEqual({ fault: 'row', counter: 4 })
  })
})

describe('when the store is down', () => {
  test('rows go to the spool and come back exactly once', async () => {
    const { behind, state } = switched(store.db)
    const writer = begin('spooled', behind)
    await writer.access(look('A-1'))
    state.up = false
    await Promise.all(Array.from({ length: 20 }, (_, n) => writer.access(look(`B-${n}`))))
    const file = path.join(folder, 'spooled')
    expect(fs.readFileSync(file, 'utf8').split('\n').filter(Boolean)).toHaveLength(20)

    const copy = fs.readFileSync(file)
    state.up = true
    offset += 2_000
    await writer.tick()
    fs.writeFileSync(`${file}.replay-again`, copy) // A process that died before it could forget them.
    const next = begin('spooled', behind)
    await next.tick()
    await writer.access(look('A-2'))

    const { rows } = await readChain(store.db, writer.chainId)
    expect(rows).toHaveLength(23)
    expect(verifyChain(rows)).toBeNull()
    expect(fs.readdirSync(folder).filter((name) => name.startsWith('spooled'))).toEqual([])
  })

  test('rows that a dead process spooled are taken by the next one, a torn line apart', async () => {
    const { behind, state } = switched(store.db)
    state.up = false
    const dead = begin('inherited', behind)
    await dead.access(look('A-1'))
    fs.appendFileSync(path.join(folder, 'inherited'), '{"ts":17')
    await dead.access(look('A-2'))

    state.up = true
    const next = begin('inherited', behind)
    await next.tick()
    const { rows } = await readChain(store.db, dead.chainId)
    expect(rows.map(({ resourceId }) => resourceId)).toEqual([null, 'A-1', 'A-2'])
    expect(verifyChain(rows)).toBeNull()
  })

  test.runIf(fs.existsSync('/dev/full'))('and the disk is full, nobody is answered', async () => {
    const { behind, state } = switched(store.db)
    state.up = false
    const writer = createAuditWriter({ store: behind, spool: createSpool('/dev/full'), now })
    await expect(writer.access(look('A-1'))).rejects.toMatchObject({
      code: 'unavailable',
      missing: ['audit'],
    })
    expect(writer.ready()).toBe(false)

    state.up = true
    offset += 2_000
    await writer.access(look('A-2'))
    const { rows } = await readChain(store.db, writer.chainId)
    expect(verifyChain(rows)).toBeNull()
    expect(rows.at(-1)?.resourceId).toBe('A-2')
  })
})

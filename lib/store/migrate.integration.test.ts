import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { freshStore, passwords } from './fixtures/fresh-store'
import { migrateStore } from './migrate'
import { provisionStore } from './provision'

const superuserUrl = inject('postgresUrl')
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true })
})

async function connect(connectionString: string) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

function migrations(files: Readonly<Record<string, string>>) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'migrations-'))
  folders.push(folder)
  for (const [name, sql] of Object.entries(files)) {
    fs.mkdirSync(path.join(folder, name))
    fs.writeFileSync(path.join(folder, name, 'migration.sql'), sql)
  }
  return folder
}

const empty = async (database: string) =>
  (await provisionStore({ superuserUrl, database, passwords })).owner

describe('migrateStore', () => {
  test('makes a fresh store, and finds nothing to do the second time', async () => {
    const ownerUrl = await empty('migrated_twice')
    const first = await migrateStore({ ownerUrl })
    expect(first.applied).toContain('20260701000000_init')
    expect(await migrateStore({ ownerUrl })).toEqual({ applied: [], edited: [] })
  })

  test('lets two replicas start at once: one applies, the other waits', async () => {
    const ownerUrl = await empty('migrated_at_once')
    const both = await Promise.all([migrateStore({ ownerUrl }), migrateStore({ ownerUrl })])
    expect(both.map(({ applied }) => applied.length).toSorted()).toEqual([0, 1])
  })

  test('refuses to go on after a failed migration, of which nothing is kept', async () => {
    const ownerUrl = await empty('migrated_badly')
    const folder = migrations({ '1_bad': 'create table store.half (id int); select 1/0' })
    await expect(migrateStore({ ownerUrl, folder })).rejects.toThrow('1_bad failed')
    await expect(migrateStore({ ownerUrl, folder })).rejects.toThrow('P3009')

    const { rows } = await (await connect(ownerUrl)).query(
      "select to_regclass('store.half') as half, (select logs from store._prisma_migrations) as logs",
    )
    expect(rows).toEqual([{ half: null, logs: expect.stringContaining('division by zero') }])
  })

  test('applies in order of name, applies a rolled-back one again, and reports an edited file', async () => {
    const ownerUrl = await empty('migrated_in_steps')
    const first = {
      '1_a': 'create table store.a (id int)',
      '2_b': 'insert into store.a values (1)',
    }
    await migrateStore({ ownerUrl, folder: migrations(first) })
    const client = await connect(ownerUrl)
    await client.query(
      "update store._prisma_migrations set rolled_back_at = now() where migration_name = '2_b'",
    )
    const folder = migrations({ ...first, '1_a': 'create table store.a (id bigint)' })
    expect(await migrateStore({ ownerUrl, folder })).toEqual({ applied: ['2_b'], edited: ['1_a'] })
  })
})

describe('the roles', () => {
  const insert = `insert into store.audit_event (ts, id, chain_id, counter, phase, request_id, listener, roles, action, decision, prev_hash, hash)
    values (now(), gen_random_uuid(), gen_random_uuid(), 1, 'single', gen_random_uuid(), 'staff', '{}', 'order.lookup', 'allow', '\\x00', '\\x00')`

  test.each(['app', 'worker'] as const)(
    '%s adds to the audit and changes nothing in it',
    async (role) => {
      const { urls } = await freshStore(superuserUrl)
      const client = await connect(urls[role])
      await client.query(insert)
      expect((await client.query('select action from store.audit_event')).rowCount).toBe(1)
      for (const change of [
        'update store.audit_event set action = $$x$$',
        'delete from store.audit_event',
        'truncate store.audit_event',
        'update store.audit_seal set counter = 1',
        'delete from store.audit_seal',
        'truncate store.audit_seal',
        "select store.drop_audit_partition('audit_event_2020_01')",
        'alter table store.audit_event disable trigger all',
        'create table store.mine (id int)',
      ])
        await expect(client.query(change), change).rejects.toMatchObject({ code: '42501' })
    },
  )

  test('not even the owner changes a row in passing, nor a partition by its own name', async () => {
    const { urls } = await freshStore(superuserUrl)
    const owner = await connect(urls.owner)
    await owner.query(insert)
    const { rows } = await owner.query<{ name: string }>(
      'select tableoid::regclass::text as name from store.audit_event',
    )
    const partition = rows[0]?.name
    for (const change of [
      'update store.audit_event set action = $$x$$',
      'delete from store.audit_event',
      'truncate store.audit_event',
      `update ${partition} set action = $$x$$`,
      `truncate ${partition}`,
    ])
      await expect(owner.query(change), change).rejects.toThrow('only ever added')
  })

  test('the archiver drops a partition after its retention, and nothing else', async () => {
    const { urls } = await freshStore(superuserUrl)
    const owner = await connect(urls.owner)
    await owner.query(
      `create table store.audit_event_2020_01 partition of store.audit_event
         for values from ('2020-01-01 00:00:00+00') to ('2020-02-01 00:00:00+00')`,
    )
    const archiver = await connect(urls.archiver)
    const drop = (name: string) => archiver.query('select store.drop_audit_partition($1)', [name])
    await drop('audit_event_2020_01')
    expect(
      (await owner.query("select to_regclass('store.audit_event_2020_01') as gone")).rows,
    ).toEqual([{ gone: null }])

    const month = new Date().toISOString().slice(0, 7).replace('-', '_')
    await expect(drop(`audit_event_${month}`)).rejects.toThrow('too young')
    await expect(drop('auth_session')).rejects.toThrow('no partition')
    await expect(archiver.query('select * from store.audit_event')).rejects.toMatchObject({
      code: '42501',
    })
    await expect(archiver.query('select * from store.auth_session')).rejects.toMatchObject({
      code: '42501',
    })
  })
})

describe('ensure_audit_partitions', () => {
  test('has made this month and the next two, and makes none twice', async () => {
    const { urls } = await freshStore(superuserUrl)
    const app = await connect(urls.app)
    const { rows } = await app.query<{ name: string }>(
      "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'store.audit_event'::regclass",
    )
    const now = new Date()
    const wanted = [0, 1, 2].map((ahead) =>
      new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead)).toISOString().slice(0, 7),
    )
    const names = rows.map(({ name }) => name)
    for (const month of wanted)
      expect(names).toContain(`store.audit_event_${month.replace('-', '_')}`)
    expect((await app.query('select store.ensure_audit_partitions() as made')).rows).toEqual([
      { made: 0 },
    ])
  })
})

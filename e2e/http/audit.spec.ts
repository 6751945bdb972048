// Long because it follows one row of the audit through everything that may keep it from the store.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '../fixtures'
import { ask, cookieFor, requestIdOf } from './asked'
import { databaseUrl, orderIds, query, rowsOf } from './demo'
import { type House, openHouse } from './house'

const journey = (id: string) => `/api/orders/${id}/journey`

test('one row per answer; a poll within the minute leaves none; its refusal does', async () => {
  const cookie = await cookieFor({ roles: ['support'], name: 'Polled' })
  const [id = '', other = ''] = await orderIds(2)
  const rows = async (path: string, headers = {}) => {
    const answer = await ask(path, { cookie, headers, from: '127.6.0.1' })
    return (await rowsOf([requestIdOf(answer)])).map(({ action, status }) => `${action} ${status}`)
  }
  expect(await rows(`/orders/${id}`)).toEqual(['journey.view 200'])
  expect(await rows(journey(id))).toEqual(['journey.json 200'])
  expect(await rows(journey(id), { 'x-background': '1' })).toEqual([])
  expect(await rows(`/orders/${id}`)).toEqual([])
  expect(await rows(journey(other))).toEqual(['journey.json 200'])
  expect(await rows(journey('ORD-99999997'))).toEqual(['journey.json 404'])
  expect(await rows(journey('nothing'))).toEqual(['journey.json 400'])
  await query(
    'order_journey',
    `update store.auth_session set revoked_at = now() where id = (select id from store.auth_session where name = 'Polled' order by created_at desc limit 1)`,
  )
  expect(await rows(journey(id), { 'x-background': '1' })).toEqual(['journey.json 401'])
})

test('the list of orders one opened leaves its one row before it leaves; a page beside it none', async () => {
  const cookie = await cookieFor({ roles: ['support'] })
  const [id = ''] = await orderIds(1)
  await ask(`/orders/${id}`, { cookie, from: '127.6.0.2' })
  const asked = async (path: string) => {
    const answer = await ask(path, { cookie, from: '127.6.0.2' })
    const rows = await rowsOf([requestIdOf(answer)])
    const said = rows.map(({ action, resource_id, status }) => `${action} ${resource_id} ${status}`)
    return { said, lists: answer.text.includes(`/orders/${id}`) }
  }
  expect(await asked('/')).toEqual({ said: ['preferences.own recent 200'], lists: true })
  expect(await asked('/')).toEqual({ said: [], lists: true })
  const trace = 'b'.repeat(32)
  expect(await asked(`/?q=${trace}`)).toEqual({
    said: [`order.resolve ${trace} 404`],
    lists: false,
  })
  expect(await asked(`/?q=${id}`)).toMatchObject({ said: [] }) // Sent on: the page it leads to has its own.
})

test('the eleventh refusal of one client within a minute waits for a summary', async () => {
  const cookie = await cookieFor({ roles: ['support'] })
  const answers = []
  // One after the other: thirty at once may be more than two databases answer in time.
  for (let at = 0; at < 30; at++)
    answers.push(await ask(journey(`ORD-9999${1_000 + at}`), { cookie }))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]))
  expect(await rowsOf(answers.map(requestIdOf))).toHaveLength(10)
})

test('every chain is whole, and no row can be changed by the product', async () => {
  const chains = await query<{ chain_id: string }>(
    'order_journey',
    'select chain_id from store.audit_event group by chain_id order by max(ts) desc limit 6',
  )
  // Again where a chain is still being written: its seal may come between the two questions, for rows and for seals.
  await expect(async () => {
    const said = verify(chains.map(({ chain_id }) => chain_id))
    expect(said.length).toBeGreaterThan(0)
    for (const { rows, fault } of said) {
      expect(rows).toBeGreaterThan(0)
      expect(fault).toBeNull()
    }
  }).toPass({ timeout: 20_000 })
  for (const statement of [
    'update store.audit_event set reason = null',
    'delete from store.audit_event',
  ])
    await expect(
      query('order_journey', `set role order_journey_app; ${statement}`),
    ).rejects.toThrow(/permission denied/)
})

type Verdict = { readonly rows: number; readonly fault: unknown }

function verify(chainIds: readonly string[]): readonly Verdict[] {
  const text = execFileSync(
    process.execPath,
    [
      ...['--conditions=react-server', '--import', 'tsx', 'e2e/http/verify-chains.ts'],
      ...[databaseUrl('order_journey'), ...chainIds],
    ],
    { encoding: 'utf8' },
  )
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

async function inHouse(
  name: string,
  env: Readonly<Record<string, string>>,
  work: (house: House) => Promise<void>,
) {
  const house = await openHouse({ name, env })
  try {
    await work(house)
  } finally {
    await house.close()
  }
}

test('the store refuses rows: the spool takes them, and gives them back once', async () => {
  await inHouse('spool', {}, async (house) => {
    const cookie = await cookieFor({ roles: ['support'] })
    const ids = await orderIds(6)
    const at = house.baseUrl
    expect((await ask(journey(ids[0] ?? ''), { cookie, at })).status).toBe(200)
    house.store.set('down')
    const answers = []
    for (const id of ids.slice(1)) answers.push(await ask(journey(id), { cookie, at }))
    const spool = path.join(house.folder, 'audit.jsonl')
    const kept = fs.existsSync(spool) ? fs.readFileSync(spool, 'utf8') : ''
    for (const answer of answers) {
      // The session is honoured from memory; without its own database the product may say so, and nothing else.
      expect([200, 503]).toContain(answer.status)
      if (answer.status === 200) expect(kept).toContain(requestIdOf(answer))
      if (answer.status === 503) expect(JSON.parse(answer.text).silent).toEqual(['store'])
    }
    expect((await ask('/healthz', { at })).status).toBe(200)
    expect((await ask('/readyz', { at })).status).toBe(503)
    const page = await ask('/', { cookie, at })
    expect(page.status).toBe(503)
    expect(page.headers.location).toBeUndefined()
    expect(page.text).toContain('id="content"')

    house.store.set('up')
    await expect
      .poll(async () => (await ask(journey(ids[0] ?? ''), { cookie, at })).status, {
        timeout: 8_000,
      })
      .toBe(200)
    const spooled = kept
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line).id)
    await expect
      .poll(
        async () => {
          const [row] = await query<{ rows: number; ids: number }>(
            'order_journey',
            `select count(*)::int as rows, count(distinct id)::int as ids from store.audit_event
            where id = any($1)`,
            [spooled],
          )
          return row
        },
        { timeout: 10_000 },
      )
      .toEqual({ rows: spooled.length, ids: spooled.length })
  })
})

test('neither sink takes rows: 503 for everybody, nothing unwritten, and alive', async () => {
  await inHouse('full', { AUDIT_SPOOL_FILE: '/dev/full' }, async (house) => {
    const at = house.baseUrl
    const [id = '', other = ''] = await orderIds(2)
    const cookie = await cookieFor({ roles: ['support'] })
    expect((await ask(journey(id), { cookie, at })).status).toBe(200)
    await withLockedAudit(async () => {
      const answer = await ask(journey(other), { cookie, at })
      expect(answer.status).toBe(503)
      expect(answer.text).not.toContain('"facts"')
      expect(JSON.parse(answer.text).silent).toEqual(['audit'])
      const page = await ask(`/orders/${other}`, { cookie, at })
      expect(page.status).toBe(503)
      expect(page.text).not.toContain('order-title')
      const recent = await ask('/', { cookie, at })
      expect(recent.status).toBe(503)
      expect(recent.text).not.toContain(id)
      // A page without order data needs no row.
      expect((await ask('/signin', { at })).status).toBe(200)
      expect((await ask('/readyz', { at })).text).toBe('audit')
    })
    await expect
      .poll(async () => (await ask(journey(other), { cookie, at })).status, { timeout: 10_000 })
      .toBe(200)
  })
})

/** The product’s rows are refused while the work runs, as by a full disk: SQLSTATE 53100. */
async function withLockedAudit(work: () => Promise<void>) {
  await query(
    'order_journey',
    `create or replace function store.refuse_rows() returns trigger language plpgsql as
       $$ begin raise exception 'no space left' using errcode = '53100'; end $$;
     create trigger refuse_rows before insert on store.audit_event for each row
       execute function store.refuse_rows()`,
  )
  try {
    await sleep(100)
    await work()
  } finally {
    await query(
      'order_journey',
      'drop trigger refuse_rows on store.audit_event; drop function store.refuse_rows()',
    )
  }
}

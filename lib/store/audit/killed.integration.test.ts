import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { freshStore } from '../fixtures/fresh-store'
import { createAuditStore, readChain } from './audit-store'
import { verifyChain } from './chain'
import { createSpool } from './spool'

const KILLING_MS = 15_000
const LEAST_KILLS = 10
const AT_ONCE = 2
const MOST_ANSWERS = 80

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'killed-'))
const program = path.join(folder, 'victim.mjs')
const spoolFile = path.join(folder, 'spool', 'audit.jsonl')
let store: Awaited<ReturnType<typeof freshStore>>

beforeAll(async () => {
  store = await freshStore(inject('postgresUrl'))
  // A bundle starts four times as fast as its sources: four times as many deaths.
  execFileSync(path.resolve('node_modules/.bin', 'esbuild'), [
    path.resolve('lib/store/fixtures', 'audit-victim.ts'),
    ...['--bundle', '--platform=node', '--format=esm', '--target=node20', '--log-level=warning'],
    ...['--conditions=react-server', '--external:pg-native', `--outfile=${program}`],
    "--banner:js=import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
  ])
})
afterAll(async () => {
  await store.db.$disconnect()
  fs.rmSync(folder, { recursive: true })
})

/** Starts a victim, kills it with SIGKILL in the middle of its work, and answers what it had answered by then. */
async function kill(name: string, early = false): Promise<readonly string[]> {
  const args = [program, store.urls.app, spoolFile, name, ...(early ? ['early'] : [])]
  const victim = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const enough = Math.ceil(Math.random() * MOST_ANSWERS)
  const ended = new Promise((resolve) => victim.once('close', resolve))
  let said = ''
  const answers = () => said.split('\n').slice(0, -1)
  await new Promise<void>((resolve, reject) => {
    victim.once('exit', () => reject(new Error('It ended by itself')))
    victim.stdout.on('data', (chunk) => {
      said += chunk
      if (answers().length >= enough) resolve()
    })
  })
  await sleep(Math.random() * 5)
  victim.kill('SIGKILL')
  await ended
  return answers()
}

/** How many rows there are of each order, by the beginning of its id. */
async function countRows(startsWith: string): Promise<ReadonlyMap<string, number>> {
  const rows = await store.db.auditEvent.groupBy({
    by: ['resourceId'],
    where: { resourceId: { startsWith } },
    _count: { id: true },
  })
  return new Map(rows.map(({ resourceId, _count }) => [resourceId ?? '', _count.id]))
}

/** What the dead had on the disk and not yet in the store. */
const replay = () =>
  createSpool(spoolFile).replay((rows) => createAuditStore(store.db).insert(rows))

//   victim 1 ── answers … ✗        victim 3 ── takes back what 1 and 2 left, answers … ✗
//   victim 2 ────── answers ……… ✗           victim 4 ── answers ✗      …      at last: one replay
test('whoever is killed at whatever moment, each answer has its one row', async () => {
  const until = Date.now() + KILLING_MS
  const answered: string[] = []
  let kills = 0
  const killOn = async () => {
    while (Date.now() < until || kills < LEAST_KILLS) answered.push(...(await kill(`K-${kills++}`)))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, killOn))
  const spooled = await replay()

  const counts = await countRows('K-')
  const wrong = answered.filter((id) => counts.get(id) !== 1)
  expect(wrong, `of ${answered.length} answers, ${kills} kills, ${spooled} spooled`).toEqual([])

  const [all] = await store.db.$queryRaw<readonly { rows: number; ids: number }[]>`
    select count(*)::int as rows, count(distinct id)::int as ids from store.audit_event`
  expect(all?.ids).toBe(all?.rows)
  expect(await replay()).toBe(0)
  expect(fs.readdirSync(path.dirname(spoolFile))).toEqual(['audit.jsonl.seals'])

  const chains = await store.db.auditEvent.groupBy({ by: ['chainId'] })
  expect(chains.length).toBeGreaterThanOrEqual(kills)
  let seals = 0
  for (const { chainId } of chains) {
    const chain = await readChain(store.db, chainId)
    expect(verifyChain(chain.rows, chain.seals), chainId).toBeNull()
    expect(chain.rows.at(-1)?.action).not.toBe('stop') // Its end is open: it never stopped, it was ended.
    seals += chain.seals.length
  }
  expect(seals).toBeGreaterThan(0)
}, 120_000)

test('a product that answers before its row is durable would be caught', async () => {
  let lost = 0
  // The very last rows may reach the store although their process is dead: then the next one has to tell.
  for (let tries = 0; tries < 10 && lost === 0; tries++) {
    const answered = await kill(`E-${tries}`, true)
    await replay()
    const counts = await countRows('E-')
    lost = answered.filter((id) => !counts.has(id)).length
  }
  expect(lost).toBeGreaterThan(0)
}, 120_000)

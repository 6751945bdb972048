import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { epochMs } from '@/lib/journey/types'
import type { AuditRow } from './audit-row'
import { emptyChain, link } from './chain'
import { createSpool } from './spool'
import { toOwnEntry } from './to-entry'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-'))
afterAll(() => fs.rmSync(folder, { recursive: true }))

const aRow = (): AuditRow =>
  link(emptyChain('00000000-0000-4000-8000-000000000003'), toOwnEntry('staff', epochMs(0), 'start'))

describe('a spool', () => {
  test('makes its folder, is readable by nobody else, and gives back what it was given, once', async () => {
    const file = path.join(folder, 'made/spool')
    const spool = createSpool(file)
    const rows = [aRow(), aRow(), aRow()]
    await spool.append(rows.slice(0, 2))
    await spool.append(rows.slice(2))
    expect(fs.statSync(file).mode & 0o077).toBe(0)

    const taken: AuditRow[] = []
    const take = async (part: readonly AuditRow[]) => void taken.push(...part)
    expect(await spool.replay(take)).toBe(3)
    expect(taken).toEqual(rows)
    expect(await spool.replay(take)).toBe(0)
  })

  test('keeps what nobody took', async () => {
    const spool = createSpool(path.join(folder, 'kept'))
    await spool.append([aRow()])
    const refuse = () => Promise.reject(new Error('the store is down'))
    await expect(spool.replay(refuse)).rejects.toThrow('down')
    await spool.append([aRow()])
    expect(await spool.replay(async () => {})).toBe(2)
  })

  // A  open ── write ─────────── write ── on the disk? it was set aside: write again
  // B              rename, read, delete
  test('loses nothing when another process replays the file in the middle of a write', async () => {
    const file = path.join(folder, 'shared')
    const spool = createSpool(file)
    await spool.append([aRow()])
    const { size } = fs.statSync(file)

    const rows = Array.from({ length: 10_000 }, aRow) // Some megabytes: many writes.
    const appending = spool.append(rows)
    while (fs.statSync(file).size === size) await new Promise((resolve) => setImmediate(resolve))
    fs.renameSync(file, `${file}.taken`)
    fs.rmSync(`${file}.taken`)
    await appending

    const taken = new Set<string>()
    await spool.replay(async (part) => {
      for (const { id } of part) taken.add(id)
    })
    expect(rows.every(({ id }) => taken.has(id))).toBe(true)
  }, 20_000)

  test('keeps seals apart, for good', async () => {
    const file = path.join(folder, 'sealed')
    const spool = createSpool(file)
    const { chainId, counter, hash } = aRow()
    await spool.seal({ chainId, counter, hash, sealedAt: epochMs(1) })
    await spool.seal({ chainId, counter, hash, sealedAt: epochMs(2) })
    expect(await spool.replay(async () => {})).toBe(0)
    const seals = fs.readFileSync(`${file}.seals`, 'utf8').split('\n').filter(Boolean)
    expect(seals.map((line) => JSON.parse(line).sealedAt)).toEqual([1, 2])
  })
})

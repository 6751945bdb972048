import 'server-only'
import crypto from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import type { AuditRow, AuditSeal } from './audit-row'

/** Sink B: a file that is on the disk before anybody is answered. */
export type Spool = {
  /** Resolves when the rows are on the disk. */
  append(rows: readonly AuditRow[]): Promise<void>
  seal(seal: AuditSeal): Promise<void>
  /** Hands over what is kept, in parts; forgets it once all of it was taken. Answers how many rows. */
  replay(take: (rows: readonly AuditRow[]) => Promise<void>): Promise<number>
}

const PART = 500

/**
 * A spool in JSON lines at `file`; seals stand beside it in `<file>.seals`, for good.
 *
 *   spool ──rename──▶ spool.replay-… ──rows──▶ the store ──▶ deleted
 *     ▲ rows that come meanwhile go into a new one
 */
export function createSpool(file: string): Spool {
  return {
    append: (rows) => append(file, rows.map((row) => `${JSON.stringify(row)}\n`).join('')),
    seal: (seal) => append(`${file}.seals`, `${JSON.stringify(seal)}\n`),
    async replay(take) {
      await setAside(file)
      let taken = 0
      for (const aside of await findAside(file)) {
        const rows = await readRows(aside)
        for (let from = 0; from < rows.length; from += PART)
          await take(rows.slice(from, from + PART))
        await fs.rm(aside, { force: true })
        taken += rows.length
      }
      return taken
    },
  }
}

async function append(file: string, lines: string): Promise<void> {
  await fs.mkdir(path.dirname(file), { recursive: true })
  const handle = await fs.open(file, 'a', 0o600)
  try {
    const before = await handle.stat()
    // A line that a crash or a full disk cut off must not swallow the next one.
    await handle.appendFile(before.size > 0 ? `\n${lines}` : lines)
    await handle.sync()
    if (before.size === 0 && before.isFile()) await syncFolder(path.dirname(file))
    if (await wasSetAside(file, before.ino)) await append(file, lines)
  } finally {
    await handle.close()
  }
}

/** Another process may have taken the file for its replay while we wrote, and read it before our line. */
async function wasSetAside(file: string, ino: number): Promise<boolean> {
  const now = await fs.stat(file).catch(() => null) // Gone is set aside too.
  return now?.ino !== ino
}

/** A new file is on the disk only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await fs.open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function setAside(file: string): Promise<void> {
  const found = await fs.stat(file).catch(() => null) // Nothing was ever spooled.
  if (!found?.isFile() || found.size === 0) return
  await fs.rename(file, `${file}.replay-${crypto.randomUUID()}`).catch(ignoreMissing)
}

/** Left over by a process that ended in the middle of its replay, too: a row taken twice is kept once. */
async function findAside(file: string): Promise<readonly string[]> {
  const folder = path.dirname(file)
  const names = await fs.readdir(folder).catch(() => []) // No folder, nothing spooled.
  const prefix = `${path.basename(file)}.replay-`
  return names.filter((name) => name.startsWith(prefix)).map((name) => path.join(folder, name))
}

async function readRows(file: string): Promise<readonly AuditRow[]> {
  const text = await fs.readFile(file, 'utf8').catch(ignoreMissing)
  return (text ?? '').split('\n').flatMap((line) => parseRow(line))
}

/** A line cut off by a crash or a full disk was never acknowledged: nobody was answered for it. */
function parseRow(line: string): readonly AuditRow[] {
  if (!line) return []
  try {
    return [JSON.parse(line)]
  } catch {
    return []
  }
}

/** Two processes that share a folder may replay at once. */
function ignoreMissing(error: NodeJS.ErrnoException): null {
  if (error.code !== 'ENOENT') throw error
  return null
}

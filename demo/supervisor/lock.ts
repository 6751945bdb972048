import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

type Known = { readonly name: string; readonly pid: number }

/** What marks a process as one of this folder's, so that a number that was given anew ends nobody else. */
export const markOf = (folder: string): string => `--demo-folder=${folder}`

/**
 * Takes the folder for this process, or says who has it. Ends what a killed demo left behind.
 *
 *     first ──── kill -9 ✗
 *       └ child ─────────────────┐
 *     second      lock is stale ─┴ ends the child, takes the lock
 */
export async function takeLock(folder: string): Promise<void> {
  const file = path.join(folder, 'demo.lock')
  const holder = readPids(file)[0]
  if (holder && holder.pid !== process.pid && isOurs(holder.pid, folder))
    throw new Error(`A demo is already running in ${folder} (process ${holder.pid}): stop it first`)

  const left = readPids(path.join(folder, 'children.json'))
  await Promise.all(
    left.filter(({ pid }) => isOurs(pid, folder)).map(({ pid }) => end(pid, folder)),
  )
  writePids(path.join(folder, 'children.json'), [])
  writePids(file, [{ name: 'demo', pid: process.pid }])
}

/** Remembers the children, for the start after a kill. */
export const rememberChildren = (folder: string, children: readonly Known[]): void =>
  writePids(path.join(folder, 'children.json'), children)

/** Gives the folder up, at a clean stop. */
export function releaseLock(folder: string): void {
  for (const name of ['demo.lock', 'children.json', 'demo.json'])
    fs.rmSync(path.join(folder, name), { force: true })
}

async function end(pid: number, folder: string): Promise<void> {
  process.kill(pid, 'SIGTERM')
  for (let i = 0; i < 30 && isOurs(pid, folder); i++)
    await new Promise((resolve) => setTimeout(resolve, 100))
  if (isOurs(pid, folder)) process.kill(pid, 'SIGKILL')
}

function isOurs(pid: number, folder: string): boolean {
  try {
    const [state = '', ...command] = execFileSync('ps', ['-o', 'stat=,command=', '-p', `${pid}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .trim()
      .split(/\s+/)
    return !state.startsWith('Z') && command.includes(markOf(folder))
  } catch {
    return false // No such process.
  }
}

function readPids(file: string): readonly Known[] {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return [] // No file, or one that a kill cut short.
  }
}

const writePids = (file: string, pids: readonly Known[]) =>
  fs.writeFileSync(file, JSON.stringify(pids), { mode: 0o600 })

import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

type Known = { readonly name: string; readonly pid: number }

/** What marks a process as a child of this folder's demo, so that a number that was given anew ends nobody else. */
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
  while (!linkOnce(folder, file)) {
    const holder = readPids(file)[0]
    if (holder && isDemo(holder.pid)) throw new Error(running(folder, holder.pid))
    fs.rmSync(file, { force: true })
  }
  fs.rmSync(path.join(folder, 'demo.json'), { force: true })
  const left = readPids(path.join(folder, 'children.json'))
  const isOurs = (pid: number) => commandOf(pid).includes(markOf(folder))
  await Promise.all(left.map(({ pid }) => end(pid, isOurs)))
  rememberChildren(folder, [])
}

/** Remembers the children, for the start after a kill. */
export const rememberChildren = (folder: string, children: readonly Known[]): void =>
  writePids(path.join(folder, 'children.json'), children)

/** Gives the folder up, at a clean stop. */
export function releaseLock(folder: string): void {
  for (const name of ['demo.json', 'front-door.env', 'children.json', 'demo.lock'])
    fs.rmSync(path.join(folder, name), { force: true })
}

function running(folder: string, pid: number): string {
  const where = readJson<{ baseUrl?: string }>(path.join(folder, 'demo.json'), {}).baseUrl
  const state = where ? `runs at ${where}` : 'is starting'
  return `The demo ${state} (process ${pid}, data in ${folder}): stop it first`
}

/** Two that start at once: one of them has it. */
function linkOnce(folder: string, file: string): boolean {
  const made = path.join(folder, `demo.lock.${process.pid}`)
  writePids(made, [{ name: 'demo', pid: process.pid }])
  try {
    fs.linkSync(made, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  } finally {
    fs.rmSync(made, { force: true })
  }
}

async function end(pid: number, isOurs: (pid: number) => boolean): Promise<void> {
  if (!isOurs(pid)) return
  process.kill(pid, 'SIGTERM')
  for (let i = 0; i < 30 && isOurs(pid); i++)
    await new Promise((resolve) => setTimeout(resolve, 100))
  if (isOurs(pid)) process.kill(pid, 'SIGKILL')
}

const isDemo = (pid: number): boolean =>
  pid !== process.pid && commandOf(pid).some((word) => word.endsWith('demo/main.ts'))

/** The words of a living process's command; none for one that is gone or has ended unwaited for. */
function commandOf(pid: number): readonly string[] {
  try {
    if (fs.existsSync('/proc/self/cmdline'))
      return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    const command = execFileSync('ps', ['-o', 'command=', '-p', `${pid}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return command.trim().split(/\s+/)
  } catch {
    return [] // No such process.
  }
}

const readPids = (file: string): readonly Known[] => readJson(file, [])

function readJson<T>(file: string, otherwise: T): T {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return otherwise // No file, or one that a kill cut short.
  }
}

const writePids = (file: string, pids: readonly Known[]) =>
  fs.writeFileSync(file, JSON.stringify(pids), { mode: 0o600 })

import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

export type Child = {
  readonly name: string
  readonly pid: number
  /** Resolves when it has ended; SIGKILL after the limit. */
  stop(limitMs: number): Promise<void>
}

type Options = {
  readonly name: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** What it prints once it serves. */
  readonly readyWhen: RegExp
  /** Its output goes to a file of its own here. */
  readonly logFolder: string
  readonly limitMs: number
}

/** Starts one process of the demo, and resolves when it serves. */
export async function startChild(options: Options): Promise<Child> {
  const { name, args, env, readyWhen, logFolder, limitMs } = options
  const log = fs.createWriteStream(path.join(logFolder, `${name}.log`), { mode: 0o600 })
  const child = spawn(process.execPath, args, {
    env: { NODE_ENV: 'production', ...inherited(), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      log.write(chunk)
      if (said.length < 50) said.push(chunk.toString())
    })

  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} did not start`)), limitMs)
    child.stdout?.on('data', () => readyWhen.test(said.join('')) && resolve())
    child.once('exit', () => reject(new Error(`${name} ended: ${said.join('').trim()}`)))
    child.once('spawn', () => timer.unref())
  })
  return { name, pid: child.pid ?? 0, stop: (limit) => stopChild(child, limit) }
}

/** Only what every program needs: no setting of the person who starts the demo reaches a child unsaid. */
const inherited = () =>
  Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR', 'LANG', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS'].flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value] as const]
    }),
  )

async function stopChild(child: ChildProcess, limitMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs)
  await ended
  clearTimeout(timer)
}

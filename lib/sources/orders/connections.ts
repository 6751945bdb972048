import pg from 'pg'
import { SourceError } from '@/lib/errors'
import { type Address, toConnection } from './connect'
import type { Query } from './queries'
import { isReset, toFault } from './to-fault'

/** Asks one question on one connection. Throws `SourceError`. */
export type Ask = (query: Query) => Promise<unknown[]>

export type ConnectionOptions = Address & {
  /** As in `SourceReport.source`. */
  readonly source: string
  /** For a connection, and for the wait for one of the pool's. */
  readonly connectTimeoutMs: number
  readonly statementTimeoutMs: number
  readonly poolMax: number
}

export type Connections = {
  /** Lends a connection to `work`, once more on a fresh one after a reset. Throws `SourceError`. */
  run<T>(work: (ask: Ask) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** `reset`: the connection broke under a question, so that asking again on another may help. */
type Lent<T> = { readonly answer: T } | { readonly reset: SourceError }

/**
 * The pool of one database. Whatever happens on the way, an answer or a `SourceError` comes within connect and
 * statement time-out together, a retry included.
 *
 *   ├─ connect ≤ 500 ms, twice ─┼──────── statements ≤ 2 s ───────┤
 *                               ├─ ✕ reset ─ fresh connection ────┤ deadline
 */
export function createConnections(options: ConnectionOptions): Connections {
  const { source, connectTimeoutMs, statementTimeoutMs } = options
  let pool: pg.Pool | null = null

  return {
    async run(work) {
      const deadline = startDeadline(2 * connectTimeoutMs + statementTimeoutMs, source)
      try {
        const first = await lend(work, deadline.passed)
        if ('answer' in first) return first.answer
        const second = await lend(work, deadline.passed)
        if ('answer' in second) return second.answer
        throw second.reset
      } finally {
        deadline.stop()
      }
    },
    async close() {
      const closing = pool
      pool = null
      await closing?.end()
    },
  }

  async function lend<T>(work: (ask: Ask) => Promise<T>, passed: Promise<never>): Promise<Lent<T>> {
    const { client, from } = await connect()
    const broken: SourceError[] = []
    let sound = false
    try {
      const answer = await Promise.race([work(ask), passed])
      sound = true
      return { answer }
    } catch (error) {
      const [reset] = broken
      if (reset !== error || !reset) throw error
      replace(from)
      return { reset }
    } finally {
      client.release(!sound) // What failed half-way is closed, never lent again.
    }

    async function ask({ text, values }: Query): Promise<unknown[]> {
      try {
        const result = await client.query({ text, values: [...values] })
        return result.rows ?? []
      } catch (cause) {
        const error = new SourceError(source, toFault(cause), cause)
        if (isReset(cause)) broken.push(error)
        throw error
      }
    }
  }

  /** Once more after a time-out: on a busy machine it may be we who came late, and not the database. */
  async function connect(again = true): Promise<{ client: pg.PoolClient; from: pg.Pool }> {
    const started = performance.now()
    try {
      pool ??= openPool(options)
      const from = pool
      return { client: await from.connect(), from }
    } catch (cause) {
      const late = performance.now() - started >= connectTimeoutMs
      if (late && again) return connect(false)
      throw new SourceError(source, late ? 'timeout' : toFault(cause), cause)
    }
  }

  /** After a reset every idle connection is suspect: the next one comes from a new pool. */
  function replace(broken: pg.Pool) {
    if (pool !== broken) return
    pool = null
    broken.end().catch(() => {}) // Nobody waits for it, and there is nothing to save.
  }
}

/** Long enough that the next caller of a quiet minute does not wait for a handshake. */
const IDLE_MS = 60_000

function openPool(options: ConnectionOptions): pg.Pool {
  const pool = new pg.Pool({
    ...toConnection(options, options.connectTimeoutMs),
    max: options.poolMax,
    idleTimeoutMillis: IDLE_MS,
    maxLifetimeSeconds: 600,
    allowExitOnIdle: true,
  })
  // A connection that breaks says so, idle or lent; unheard, either would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** What our own process was late by, the answer may be late by: it may lie here unread. At most this. */
const OWN_DELAY_MS = 1_000

function startDeadline(ms: number, source: string) {
  const due = performance.now() + ms
  let timer: NodeJS.Timeout | undefined
  const passed = new Promise<never>((_, reject) => {
    const pass = () => reject(new SourceError(source, 'timeout'))
    timer = setTimeout(() => {
      timer = setTimeout(pass, Math.min(OWN_DELAY_MS, performance.now() - due))
    }, ms)
  })
  passed.catch(() => {}) // It may pass while nobody is racing it.
  return { passed, stop: () => clearTimeout(timer) }
}

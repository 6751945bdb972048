import type { z } from 'zod'
import type { Scope } from '@/lib/access/viewer'
import { isSourceError, SourceError } from '@/lib/errors'
import { type EpochMs, epochMs } from '@/lib/journey/types'
import type { FileQuestion, PartnerModel, PartnerNumber } from '../answers'
import { type Ask, type ConnectionOptions, createConnections } from './connections'
import type { Age } from './freshness'
import {
  beginReading,
  changesQuery,
  columnsQuery,
  copiedQuery,
  deadLettersQuery,
  filesQuery,
  lagQuery,
  modelQuery,
  numberQuery,
  type Query,
  rowsQuery,
  sightQuery,
} from './queries'
import { copiedRows, fileRows, foundColumns, lagRows, numberedRows, sightRows } from './schema'
import { keeps, type Shape, toShape } from './shape'
import type { RawRows } from './to-facts'
import { isShapeChange } from './to-fault'

type Options = ConnectionOptions & { readonly copy: boolean; readonly now: () => EpochMs }

/** What one database said; `rows` is null where its views, or this scope, do not allow an answer. */
export type Round = { readonly shape: Shape; readonly rows: RawRows | null; readonly age: Age }

/** The records of several orders, by order id. */
export type Found = {
  readonly shape: Shape
  readonly age: Age
  readonly records: ReadonlyMap<string, readonly unknown[]>
}

/** One order database behind its contract. Everything throws `SourceError`. */
export type Database = {
  /** Which of these orders it has within the scope; null: its views do not allow an answer. */
  sight(orderIds: readonly string[], scope: Scope): Promise<readonly string[] | null>
  /** The records of the orders with this number, or of this model; null: it keeps no such thing, or may not answer. */
  find(sought: PartnerNumber | PartnerModel, scope: Scope): Promise<Found | null>
  /** Everything of one order, of one moment. */
  read(orderId: string, scope: Scope): Promise<Round>
  /** Files of the newest orders, in this bucket or in any; none where files are not kept. */
  recentFiles(bucket: string | null): Promise<readonly FileQuestion[]>
  close(): Promise<void>
}

const COLUMNS_KNOWN_MS = 600_000
const UNKNOWN: Age = { kind: 'unknown' }

/** Opens one order database: its columns are discovered at first use, and again when they have changed. */
export function createDatabase(options: Options): Database {
  const { copy, now, statementTimeoutMs } = options
  const connections = createConnections(options)
  let known: { readonly shape: Shape; readonly at: EpochMs } | null = null

  return {
    sight: (orderIds, scope) =>
      withShape(async (ask) =>
        inSnapshot(ask, async () => {
          const shape = await discover(ask)
          if (!canAnswer(shape, scope)) return null
          return parse(sightRows, await ask(sightQuery(orderIds, scope))).map((row) => row.order_id)
        }),
      ),
    find: (sought, scope) =>
      withShape(async (ask) => {
        const age = copy ? UNKNOWN : await standbyAge(ask)
        return inSnapshot(ask, async () => {
          const shape = await discover(ask)
          if (!canAnswer(shape, scope) || !canFind(shape, sought)) return null
          const query =
            'number' in sought
              ? numberQuery(shape, sought, scope)
              : modelQuery(shape, sought, scope)
          const rows = parse(numberedRows, await ask(query))
          return { shape, records: byOrder(rows), age: copy ? await copyAge(ask, shape) : age }
        })
      }),
    read: (orderId, scope) =>
      withShape(async (ask) => {
        // Before the snapshot: data is never older than we say.
        const age = copy ? UNKNOWN : await standbyAge(ask)
        return inSnapshot(ask, async () => {
          const shape = await discover(ask)
          if (!canAnswer(shape, scope)) return { shape, rows: null, age }
          const rows = await readRows(ask, shape, orderId, scope)
          return { shape, rows, age: copy ? await copyAge(ask, shape) : age }
        })
      }),
    recentFiles: (bucket) =>
      withShape(async (ask) =>
        inSnapshot(ask, async () => {
          const shape = await discover(ask)
          const kept = ['file_bucket', 'file_key'].every((one) => keeps(shape, 'orders', one))
          if (!kept || shape.broken.length > 0) return []
          return parse(fileRows, await ask(filesQuery(bucket)))
        }),
      ),
    close: connections.close,
  }

  /** Once more after a column or view went away: then there is nothing known to trust. */
  async function withShape<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
    const trusted = known
    return connections.run(work).catch((error: unknown) => {
      if (!trusted || !isSourceError(error) || !isShapeChange(error.cause)) throw error
      known = null
      return connections.run(work)
    })
  }

  function parse<T>(schema: z.ZodType<T>, rows: unknown): T {
    const { data, error } = schema.safeParse(rows)
    if (error) throw new SourceError(options.source, 'malformed', error)
    return data
  }

  async function inSnapshot<T>(ask: Ask, work: () => Promise<T>): Promise<T> {
    await ask({ text: beginReading(statementTimeoutMs), values: [] })
    const answer = await work()
    await ask({ text: 'commit', values: [] })
    return answer
  }

  async function discover(ask: Ask): Promise<Shape> {
    if (known && now() - known.at < COLUMNS_KNOWN_MS) return known.shape
    const shape = toShape(parse(foundColumns, await ask(columnsQuery())), copy)
    // What is broken is being repaired: it is looked at each time.
    known = shape.broken.length === 0 ? { shape, at: now() } : null
    return shape
  }
}

/** A scope that its columns cannot check is a scope in which it has nothing. */
const canAnswer = (shape: Shape, scope: Scope): boolean =>
  shape.broken.length === 0 && (scope.partner === undefined || keeps(shape, 'orders', 'partner_id'))

function byOrder(rows: readonly { readonly order_id: string }[]) {
  const records = new Map<string, unknown[]>()
  for (const row of rows) records.set(row.order_id, [...(records.get(row.order_id) ?? []), row])
  return records
}

const canFind = (shape: Shape, sought: PartnerNumber | PartnerModel): boolean =>
  keeps(shape, 'orders', 'number' in sought ? 'partner_order_no' : 'model_hash') &&
  (sought.partner === null || keeps(shape, 'orders', 'partner_id'))

async function readRows(ask: Ask, shape: Shape, orderId: string, scope: Scope): Promise<RawRows> {
  const askKept = async (view: 'status_changes' | 'dead_letters', query: () => Query) =>
    keeps(shape, view) ? ask(query()) : []

  // One after the other: a connection takes one question at a time.
  const orders = await ask(rowsQuery(shape, orderId, scope))
  const changes = await askKept('status_changes', () => changesQuery(shape, orderId, scope))
  const deadLetters = await askKept('dead_letters', () => deadLettersQuery(shape, orderId, scope))
  return { orders, changes, deadLetters }
}

async function standbyAge(ask: Ask): Promise<Age> {
  const [lag] = (await unlessRefused(ask, lagQuery, lagRows)) ?? []
  if (!lag) return UNKNOWN
  if (!lag.standby) return { kind: 'primary' }
  return {
    kind: 'standby',
    streaming: lag.streaming,
    caughtUp: lag.caught_up,
    behind: lag.behind,
  }
}

async function copyAge(ask: Ask, shape: Shape): Promise<Age> {
  const [copied] = (await unlessRefused(ask, copiedQuery(shape), copiedRows)) ?? []
  return { kind: 'copy', newest: copied?.at == null ? null : epochMs(copied.at) }
}

/** An age that a database will not tell is unknown, and no reason to go without its rows. */
async function unlessRefused<T>(ask: Ask, query: Query, schema: z.ZodType<T>): Promise<T | null> {
  const rows = await ask(query).catch((error: unknown) => {
    if (isSourceError(error) && error.fault !== 'unreachable') return null
    throw error
  })
  return schema.safeParse(rows).data ?? null
}

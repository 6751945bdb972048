import pg from 'pg'
import { Agent, request } from 'undici'
import {
  beginReading,
  changesQuery,
  columnsQuery,
  deadLettersQuery,
  lagQuery,
  type Query,
  rowsQuery,
  sightQuery,
} from '@/lib/sources/orders/queries'
import { foundColumns } from '@/lib/sources/orders/schema'
import { keeps, type Shape, toShape } from '@/lib/sources/orders/shape'
import type { Call } from './recorder'

export type Upstream = Awaited<ReturnType<typeof openUpstream>>

/** The calls that one journey makes, by bare clients: what no product could be faster than. */
export async function openUpstream(databaseUrls: readonly string[]) {
  // As many connections as a source is asked over at most.
  const agent = new Agent({ connections: 32, pipelining: 1 })
  const databases = await Promise.all(databaseUrls.map(openDatabase))

  /** The same calls again, of all sources: each when as many had ended as when it began. */
  async function replay(calls: readonly Call[]): Promise<void> {
    const after = calls.map(({ began }) => calls.filter(({ ended }) => ended <= began).length)
    let ended = 0
    let wake: () => void = () => {}
    const running: Promise<void>[] = []
    for (const [index, call] of calls.entries()) {
      while (ended < (after[index] ?? 0))
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      running.push(
        read(call).then(() => {
          ended += 1
          wake()
        }),
      )
    }
    await Promise.all(running)
  }

  async function read({ url, method, headers }: Call): Promise<void> {
    const { body } = await request(url, { dispatcher: agent, method, headers })
    await body.arrayBuffer()
  }

  return {
    /** sight of all, the first is enough ── rows of all ── all other sources. Milliseconds. */
    async run(orderId: string, calls: readonly Call[]): Promise<number> {
      const began = performance.now()
      const sights = databases.map(({ sight }) => sight(orderId))
      await Promise.race(sights)
      await Promise.all(databases.map(({ read: readRows }) => readRows(orderId)))
      await replay(calls)
      const took = performance.now() - began
      await Promise.all(sights)
      return took
    },
    replay,
    async close() {
      await agent.close()
      await Promise.all(databases.map(({ close }) => close()))
    },
  }
}

const EVERYTHING = {}

async function openDatabase(connectionString: string) {
  const pool = new pg.Pool({ connectionString, max: 2 })
  const ask = async (client: pg.PoolClient, { text, values }: Query) =>
    (await client.query({ text, values: [...values] })).rows
  const shape = toShape(
    foundColumns.parse(
      (await pool.query({ ...columnsQuery(), values: [...columnsQuery().values] })).rows,
    ),
    false,
  )

  async function inSnapshot(before: readonly Query[], queries: readonly Query[]): Promise<void> {
    const client = await pool.connect()
    try {
      for (const query of before) await ask(client, query)
      await ask(client, { text: beginReading(2_000), values: [] })
      for (const query of queries) await ask(client, query)
      await ask(client, { text: 'commit', values: [] })
    } finally {
      client.release()
    }
  }

  return {
    sight: (orderId: string) => inSnapshot([], [sightQuery([orderId], EVERYTHING)]),
    read: (orderId: string) => inSnapshot([lagQuery], readingOf(shape, orderId)),
    close: () => pool.end(),
  }
}

const readingOf = (shape: Shape, orderId: string): readonly Query[] => [
  rowsQuery(shape, orderId, EVERYTHING),
  ...(keeps(shape, 'status_changes') ? [changesQuery(shape, orderId, EVERYTHING)] : []),
  ...(keeps(shape, 'dead_letters') ? [deadLettersQuery(shape, orderId, EVERYTHING)] : []),
]

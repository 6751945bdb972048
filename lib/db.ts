import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import { readEnv } from '@/lib/env'
import { PrismaClient } from '@/lib/generated/store/client'

/** Our own PostgreSQL. Every call may fail when the server is silent: see `lib/store/reach-store.ts`. */
export type Db = PrismaClient

const SCHEMA = 'store'

/** A client of one store, at most 4 s late with any answer. Connects on first use. */
export function createDb(connectionString: string): Db {
  const adapter = new PrismaPg(
    {
      connectionString,
      max: 10,
      connectionTimeoutMillis: 2_000, // Without it `pg` waits for ever on a server that swallows packets.
      query_timeout: 4_000, // Ours, for a server that no longer answers; the server's own comes first.
      idleTimeoutMillis: 30_000,
      // An acknowledged audit row must outlive a crash, whatever the server's default is.
      options: `-c search_path=${SCHEMA} -c statement_timeout=3000 -c synchronous_commit=on`,
    },
    {
      schema: SCHEMA,
      // An idle connection that breaks is replaced by the next query, which says so if it cannot.
      onPoolError: () => {},
    },
  )
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 2_000, timeout: 4_000 } })
}

// On globalThis, because a production build holds three copies of a module in one process.
const held = globalThis as { storeDb?: Db }

/** The process's client of the store at `STORE_URL`. */
export function db(): Db {
  held.storeDb ??= createDb(readEnv().storeUrl)
  return held.storeDb
}

import 'server-only'
import { type Db, db } from '@/lib/db'
import { type EpochMs, epochMs } from '@/lib/journey/types'

/** What every function of the store is given: a client and the clock. */
export type StoreContext = { readonly db: Db; readonly now: () => EpochMs }

/** The process's own store and clock, for whoever brings none. */
export const storeContext = (): StoreContext => ({ db: db(), now: () => epochMs(Date.now()) })

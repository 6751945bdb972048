import 'server-only'
import { UnavailableError } from '@/lib/errors'
import type { EpochMs } from '@/lib/journey/types'
import type { AuditEntry, AuditRow } from './audit-row'
import type { AuditStore } from './audit-store'
import { type ChainHead, emptyChain, link } from './chain'
import type { Spool } from './spool'

export type Sinks = {
  readonly store: Pick<AuditStore, 'insert'>
  readonly spool: Pick<Spool, 'append' | 'replay'>
  readonly now: () => EpochMs
}

/** Numbers rows and makes them durable. */
export type RowWriter = {
  /** Resolves when the row is durable; throws `UnavailableError` when neither sink took it. */
  add(entry: AuditEntry): Promise<void>
  /** Numbered, and refused by both sinks: it is still written, first of all. */
  owes(id: string): boolean
  /** False while rows are owed: then nothing new is taken. */
  ready(): boolean
  /** The last durable row. */
  head(): ChainHead
  /** Tries what is owed, and moves what was spooled into the store. Never throws: the next call tries again. */
  catchUp(): Promise<void>
}

type Waiting = {
  readonly entry: AuditEntry
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

const MOST_AT_ONCE = 500
const DISTRUST_MS = 2_000

/**
 * One chain: rows are numbered in the order they came, written in batches, and acknowledged when durable.
 *
 *   entries  a b c d e f g
 *   batches  └1 └──2──┘ └─3      each begins when the one before it is durable
 *              store, or spool while the store refuses; `catchUp` takes the spooled rows into the store
 *
 * A batch that neither sink took keeps its numbers, because the store may have it although it did not say so.
 * It goes before anything else, and nothing new is numbered until then: no number is ever used twice.
 */
export function createRowWriter(chainId: string, { store, spool, now }: Sinks): RowWriter {
  const queue: Waiting[] = []
  let numbered = emptyChain(chainId)
  let durable = numbered
  let owed: readonly AuditRow[] = []
  let draining = false
  let distrustedUntil = 0
  let maySpool = true // An earlier process may have left rows behind.

  return {
    add: (entry) =>
      new Promise((done, failed) => {
        queue.push({ entry, done, failed })
        if (!draining) drain()
      }),
    owes: (id) => owed.some((row) => row.id === id),
    ready: () => owed.length === 0,
    head: () => durable,
    async catchUp() {
      if (owed.length > 0 && !draining) await drain()
      if (maySpool && now() >= distrustedUntil) await takeBack()
    },
  }

  async function drain(): Promise<void> {
    draining = true
    await keepOwed().catch(() => {}) // Whoever waits in the queue hears of it below.
    while (queue.length > 0) await settle(queue.splice(0, MOST_AT_ONCE))
    draining = false
  }

  async function settle(batch: readonly Waiting[]): Promise<void> {
    try {
      await write(batch.map(({ entry }) => entry))
      for (const { done } of batch) done()
    } catch (error) {
      for (const { failed } of batch) failed(error)
    }
  }

  async function write(entries: readonly AuditEntry[]): Promise<void> {
    await keepOwed()
    owed = entries.map((entry) => {
      const row = link(numbered, entry)
      numbered = { chainId, counter: row.counter, hash: row.hash }
      return row
    })
    await keepOwed()
  }

  async function keepOwed(): Promise<void> {
    if (owed.length === 0) return
    await keep(owed)
    owed = []
    durable = numbered
  }

  async function keep(rows: readonly AuditRow[]): Promise<void> {
    const causes: unknown[] = []
    for (const sink of now() < distrustedUntil ? [toSpool, toStore] : [toStore, toSpool]) {
      try {
        return await sink(rows)
      } catch (error) {
        causes.push(error)
      }
    }
    throw new UnavailableError('Nothing can be written to the audit', ['audit'], causes)
  }

  async function toStore(rows: readonly AuditRow[]): Promise<void> {
    try {
      await store.insert(rows)
    } catch (error) {
      distrustedUntil = now() + DISTRUST_MS // Not every answer shall wait for a silent server.
      throw error
    }
  }

  async function toSpool(rows: readonly AuditRow[]): Promise<void> {
    await spool.append(rows)
    maySpool = true
  }

  async function takeBack(): Promise<void> {
    maySpool = false
    try {
      await spool.replay(toStore)
    } catch {
      maySpool = true // The rows are where they were.
    }
  }
}

import 'server-only'
import crypto from 'node:crypto'
import type { AccessRow } from '@/lib/access/permit'
import type { RequestInfo } from '@/lib/access/viewer'
import { UnavailableError } from '@/lib/errors'
import { type EpochMs, epochMs } from '@/lib/journey/types'
import type { AuditEntry } from './audit-row'
import type { AuditStore } from './audit-store'
import { createRowWriter } from './row-writer'
import type { Spool } from './spool'
import { createThinning } from './thin-out'
import { type AuditEvent, toAccessEntry, toEventEntry, toOwnEntry } from './to-entry'

export type AuditWriter = {
  readonly chainId: string
  /** Resolves when the row is durable; throws `UnavailableError` when neither sink took it. */
  access(row: AccessRow): Promise<void>
  /** As `access`, for what goes on: one row now, and one at its end, which says why it ended. */
  begin(row: AccessRow): Promise<(why: string) => Promise<void>>
  /** As `access`, for what is no access. */
  event(event: AuditEvent): Promise<void>
  /** To be called once a second: takes back what was spooled, writes summaries, seals each minute. Never throws. */
  tick(): Promise<void>
  /** False while neither sink takes rows: then nothing can be answered. */
  ready(): boolean
  /** Writes the chain's last row and seals it. Whatever comes later is refused. */
  stop(): Promise<void>
}

type Options = {
  readonly store: AuditStore
  readonly spool: Spool
  readonly now: () => EpochMs
  readonly listener?: RequestInfo['listener']
  /** Told of each refusal that has got a row, and of each summary: as often as the audit, and no oftener. */
  readonly onRefusal?: (refusal: AuditEntry) => void
}

const SEAL_MS = 60_000
const DAY_MS = 86_400_000

/** Begins a chain with its row `start`. Polls and floods are thinned out before they get a number. */
export function createAuditWriter({
  store,
  spool,
  now,
  listener = 'staff',
  onRefusal = () => {},
}: Options): AuditWriter {
  const chainId = crypto.randomUUID()
  const rows = createRowWriter(chainId, { store, spool, now })
  const thinning = createThinning()
  let unsaid: readonly AuditEntry[] = []
  let stopped = false
  let ticking: Promise<void> | null = null
  let sealedAt = whole()
  let partitionsAt = Number.NEGATIVE_INFINITY

  // Nobody waits for it: where it fails it is owed, and goes before the first row that somebody waits for.
  add(toOwnEntry(listener, whole(), 'start')).catch(() => {})

  return {
    chainId,
    async access(row) {
      const entry = toAccessEntry(row, whole())
      if (row.decision === 'deny') return refused(entry)
      if (!stopped && thinning.isPoll(entry)) return
      await add(entry)
      thinning.seen(entry)
    },
    async begin(row) {
      const entry = toAccessEntry(row, whole())
      if (row.decision === 'deny') {
        await refused(entry)
        return async () => {}
      }
      await add({ ...entry, phase: 'start' })
      return (why) => {
        const end = toAccessEntry(row, whole())
        return add({ ...end, phase: 'end', firstId: entry.id, reason: why })
      }
    },
    event(event) {
      const entry = toEventEntry(event, whole())
      return event.decision === 'deny' ? refused(entry) : add(entry)
    },
    tick() {
      ticking ??= tick().finally(() => {
        ticking = null
      })
      return ticking
    },
    ready: () => !stopped && rows.ready(),
    async stop() {
      if (stopped) return
      const said = summarise(true)
      const last = add(toOwnEntry(listener, whole(), 'stop'))
      stopped = true
      await said
      await last
      await seal()
    },
  }

  async function add(entry: AuditEntry): Promise<void> {
    if (stopped) throw new UnavailableError('The audit has ended', ['audit'])
    await rows.add(entry)
  }

  async function refused(entry: AuditEntry): Promise<void> {
    if (!stopped && !thinning.needsRow(entry)) return
    await add(entry)
    onRefusal(entry)
  }

  async function tick(): Promise<void> {
    await rows.catchUp()
    await summarise(false)
    if (now() - sealedAt >= SEAL_MS) await seal()
    if (now() - partitionsAt >= DAY_MS) await ensurePartitions()
  }

  /** A summary that got no number is kept for the next time: its count is nowhere else. */
  async function summarise(atOnce: boolean): Promise<void> {
    const entries = [...unsaid, ...thinning.summaries(whole(), atOnce)]
    unsaid = []
    const added = entries.map((entry) =>
      add(entry)
        .catch((error: unknown) => {
          if (!rows.owes(entry.id)) throw error
        })
        .then(
          () => onRefusal(entry),
          () => {
            unsaid = [...unsaid, entry]
          },
        ),
    )
    await Promise.all(added)
  }

  async function seal(): Promise<void> {
    sealedAt = whole()
    const head = rows.head()
    if (head.counter === 0) return
    const sealed = { ...head, sealedAt }
    // One sink is enough, and the next minute's seal covers these rows as well.
    await Promise.allSettled([store.seal(sealed), spool.seal(sealed)])
  }

  async function ensurePartitions(): Promise<void> {
    try {
      await store.ensurePartitions()
      partitionsAt = now()
    } catch {
      // The months ahead are there already: the next tick is early enough.
    }
  }

  /** The database keeps milliseconds: a fraction would not come back, and the hash would not fit. */
  function whole(): EpochMs {
    return epochMs(Math.floor(now()))
  }
}

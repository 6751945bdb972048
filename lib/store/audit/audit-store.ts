import 'server-only'
import type { Db } from '@/lib/db'
import { type EpochMs, epochMs } from '@/lib/journey/types'
import type { AuditEntry, AuditRow, AuditSeal } from './audit-row'

/** Sink A: our own database. A row that is already there stays as it is. */
export type AuditStore = {
  /** Resolves when the rows outlive a crash of the database. */
  insert(rows: readonly AuditRow[]): Promise<void>
  seal(seal: AuditSeal): Promise<void>
  /** Makes the partitions of the coming months. */
  ensurePartitions(): Promise<void>
}

/** The audit's tables, written as the role `app` or `worker` may. */
export function createAuditStore(db: Db): AuditStore {
  return {
    async insert(rows) {
      await db.auditEvent.createMany({ data: rows.map(toColumns), skipDuplicates: true })
    },
    async seal({ chainId, counter, hash, sealedAt }) {
      await db.auditSeal.createMany({
        data: [{ chainId, counter, hash: toBytes(hash), sealedAt: new Date(sealedAt) }],
        skipDuplicates: true,
      })
    },
    async ensurePartitions() {
      await db.$queryRaw`select store.ensure_audit_partitions()`
    },
  }
}

/** Everything kept of one chain, for `verifyChain`. */
export async function readChain(
  db: Db,
  chainId: string,
): Promise<{ readonly rows: readonly AuditRow[]; readonly seals: readonly AuditSeal[] }> {
  const [rows, seals] = await Promise.all([
    db.auditEvent.findMany({ where: { chainId }, orderBy: { counter: 'asc' } }),
    db.auditSeal.findMany({ where: { chainId }, orderBy: { counter: 'asc' } }),
  ])
  return {
    rows: rows.map(({ ts, counter, prevHash, hash, phase, listener, decision, ...rest }) => ({
      ...rest,
      // The table's checks allow no other words.
      phase: phase as AuditEntry['phase'],
      listener: listener as AuditEntry['listener'],
      decision: decision as AuditEntry['decision'],
      ts: toMs(ts),
      counter: Number(counter),
      prevHash: toHex(prevHash),
      hash: toHex(hash),
    })),
    seals: seals.map(({ counter, hash, sealedAt, ...rest }) => ({
      ...rest,
      counter: Number(counter),
      hash: toHex(hash),
      sealedAt: toMs(sealedAt),
    })),
  }
}

const toColumns = ({ ts, roles, sources, prevHash, hash, ...row }: AuditRow) => ({
  ...row,
  ts: new Date(ts),
  roles: [...roles],
  sources: [...sources],
  prevHash: toBytes(prevHash),
  hash: toBytes(hash),
})

const toBytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const toMs = (date: Date): EpochMs => epochMs(date.getTime())

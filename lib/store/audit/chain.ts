import 'server-only'
import crypto from 'node:crypto'
import type { AuditEntry, AuditRow, AuditSeal } from './audit-row'
import { cleanAddress } from './clean-field'

/** Where a chain stands: the number and the hash of its last row. */
export type ChainHead = Pick<AuditSeal, 'chainId' | 'counter' | 'hash'>

/** The head of a chain that has no row yet. */
export const emptyChain = (chainId: string): ChainHead => ({
  chainId,
  counter: 0,
  hash: '0'.repeat(64),
})

/** Gives an entry its place after the head. */
export function link(head: ChainHead, entry: AuditEntry): AuditRow {
  const { chainId, hash: prevHash } = head
  const row = { ...entry, chainId, counter: head.counter + 1, prevHash }
  return { ...row, hash: hashOf(row) }
}

export type ChainFault = {
  /** `gap`: this number is missing · `row`: its content is not what was hashed · `link`: rewritten, hash and all ·
   *  `seal`: not what was sealed. */
  readonly fault: 'gap' | 'row' | 'link' | 'seal'
  readonly counter: number
}

/**
 * The first row of a chain that is not as it was written, or null. Rows of one chain, in any order.
 *
 *   1 ─hash─▶ 2 ─hash─▶ 3*─hash─✗ 4      3 was rewritten with a fitting hash: 4 still remembers the old one
 */
export function verifyChain(
  rows: readonly AuditRow[],
  seals: readonly AuditSeal[] = [],
): ChainFault | null {
  const sorted = rows.toSorted((a, b) => a.counter - b.counter)
  for (const [index, row] of sorted.entries()) {
    if (row.counter !== index + 1) return { fault: 'gap', counter: index + 1 }
    if (hashOf(row) !== row.hash) return { fault: 'row', counter: row.counter }
    const before = sorted[index - 1] ?? emptyChain(row.chainId)
    if (row.prevHash !== before.hash) return { fault: 'link', counter: Math.max(1, before.counter) }
  }
  const broken = seals
    .toSorted((a, b) => a.counter - b.counter)
    .find(({ counter, hash }) => counter > 0 && sorted[counter - 1]?.hash !== hash)
  if (!broken) return null
  return broken.counter > sorted.length
    ? { fault: 'gap', counter: sorted.length + 1 }
    : { fault: 'seal', counter: broken.counter }
}

function hashOf(row: Omit<AuditRow, 'hash'>): string {
  return crypto
    .createHash('sha256')
    .update(Buffer.from(row.prevHash, 'hex'))
    .update(toCanonical(row))
    .digest('hex')
}

/** Every column in the order of the table: a new column goes last, or old chains no longer verify. */
const toCanonical = (row: Omit<AuditRow, 'hash'>): string =>
  JSON.stringify([
    row.ts,
    row.id,
    row.chainId,
    row.counter,
    row.phase,
    row.firstId,
    row.requestId,
    row.listener,
    row.actorIss,
    row.actorSub,
    row.roles,
    row.scope,
    cleanAddress(row.ip),
    row.sessionHash,
    row.action,
    row.resourceType,
    row.resourceId,
    row.idCount,
    row.decision,
    row.reason,
    row.status,
    row.sources,
    row.rowCount,
  ])

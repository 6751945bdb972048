import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { epochMs } from '@/lib/journey/types'
import { createClock, createSinks, look } from '../fixtures/audit'
import type { AuditRow } from './audit-row'
import { createAuditWriter } from './audit-writer'
import { emptyChain, link, verifyChain } from './chain'

async function chainOf(length: number) {
  const { now } = createClock()
  const sinks = createSinks()
  const writer = createAuditWriter({ ...sinks, now })
  await Promise.all(Array.from({ length: length - 1 }, (_, n) => writer.access(look(`A-${n}`))))
  return sinks.kept
}

const at = (rows: readonly AuditRow[], index: number): AuditRow => {
  const row = rows[index]
  if (!row) throw new Error(`no row ${index}`)
  return row
}

describe('verifyChain', () => {
  test('finds nothing in an honest chain, in any order, nor in an empty one', async () => {
    const rows = await chainOf(20)
    expect(verifyChain(rows)).toBeNull()
    expect(verifyChain(rows.toReversed())).toBeNull()
    expect(verifyChain([])).toBeNull()
  })

  test('finds the very row, whichever field of whichever row was changed', async () => {
    const rows = await chainOf(12)
    const change = fc.constantFrom<Partial<AuditRow>>(
      { action: 'x' },
      { resourceId: 'B-1' },
      { decision: 'deny' },
      { actorSub: 'ben' },
      { ts: epochMs(1) },
      { ip: '10.0.0.1' },
      { roles: ['forged'] },
      { idCount: 7 },
      { status: 500 },
      { rowCount: 1 },
      { sources: ['jaeger'] },
      { prevHash: 'ab'.repeat(32) },
      { hash: 'ab'.repeat(32) },
    )
    fc.assert(
      fc.property(fc.nat(11), change, (index, changed) => {
        const forged = rows.with(index, { ...at(rows, index), ...changed })
        expect(verifyChain(forged)).toEqual({ fault: 'row', counter: index + 1 })
      }),
    )
  })

  test('finds a missing row, and a row twice', async () => {
    const rows = await chainOf(6)
    expect(verifyChain(rows.toSpliced(2, 1))).toEqual({ fault: 'gap', counter: 3 })
    expect(verifyChain([...rows, at(rows, 2)])).toEqual({ fault: 'gap', counter: 4 })
  })

  // 1 ── 2 ── 3* ──✗── 4      3 fits itself, and 4 remembers what it was
  test('finds a row that was rewritten with a fitting hash', async () => {
    const rows = await chainOf(6)
    const forged = link(
      { ...emptyChain(at(rows, 0).chainId), counter: 2, hash: at(rows, 1).hash },
      { ...at(rows, 2), resourceId: 'B-1' },
    )
    expect(verifyChain(rows.with(2, forged))).toEqual({ fault: 'link', counter: 3 })
  })

  test('a seal betrays a cut tail and a rewritten one', async () => {
    const rows = await chainOf(6)
    const { chainId, counter, hash } = at(rows, 5)
    const seals = [{ chainId, counter, hash, sealedAt: epochMs(0) }]
    expect(verifyChain(rows, seals)).toBeNull()
    expect(verifyChain(rows.slice(0, 4), seals)).toEqual({ fault: 'gap', counter: 5 })

    const before = at(rows, 4)
    const forged = link({ ...before, counter: 5 }, { ...at(rows, 5), resourceId: 'B-1' })
    expect(verifyChain(rows.with(5, forged))).toBeNull()
    expect(verifyChain(rows.with(5, forged), seals)).toEqual({ fault: 'seal', counter: 6 })
  })
})

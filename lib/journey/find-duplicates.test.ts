import { describe, expect, test } from 'vitest'
import { findDuplicates } from './find-duplicates'
import { COMPANY } from './fixtures/company'
import { moment, SECOND } from './fixtures/moment'
import { row, span } from './fixtures/said'
import { epochMs } from './types'

const MADE = moment('2026-11-20T12:00+03:00')
const partner = { channel: 'partner' }
const order = (orderId: string, seconds: number, status = 'SUBMITTED') => {
  const at = epochMs(MADE + seconds * SECOND)
  return { orderId, facts: [row('mes', status, at, partner)] }
}
const own = { ...order('ORD-000001', 0), ended: false, retry: null }
const find = (others: readonly ReturnType<typeof order>[], from = own) =>
  findDuplicates(from, { by: 'number', orders: others, silent: [] }, COMPANY).map(
    ({ orderId }) => orderId,
  )

describe('an order that came twice', () => {
  //   this   ├─────────▶
  //   other    ├───────▶
  test('names the other, the oldest first, and where it is', () => {
    expect(find([order('ORD-000003', 300), order('ORD-000002', 3)])).toEqual([
      'ORD-000002',
      'ORD-000003',
    ])
    const found = findDuplicates(
      own,
      { by: 'number', orders: [order('ORD-000002', 3)], silent: [] },
      COMPANY,
    )
    expect(found).toEqual([
      {
        orderId: 'ORD-000002',
        status: 'SUBMITTED',
        createdAt: MADE + 3 * SECOND,
        certainty: 'confirmed',
      },
    ])
  })

  test('is one within ten minutes either way, and another order beyond them', () => {
    expect(find([order('ORD-000002', 600), order('ORD-000003', -600)])).toHaveLength(2)
    expect(find([order('ORD-000002', 601), order('ORD-000003', -601)])).toEqual([])
  })

  test('is one within the time that the company sets', () => {
    const strict = { ...COMPANY, sameOrderWithinMs: 60 * SECOND }
    const orders = [order('ORD-000002', 60), order('ORD-000003', 61)]
    expect(findDuplicates(own, { by: 'number', orders, silent: [] }, strict)).toMatchObject([
      { orderId: 'ORD-000002' },
    ])
  })

  test('is likely one of the same model, where a request for it had failed', () => {
    const same = { by: 'model', orders: [order('ORD-000002', 30)], silent: [] } as const
    const retry = span('mes', 'POST /orders', MADE, { spanKind: 'server', failed: true })
    expect(findDuplicates({ ...own, retry }, same, COMPANY)).toMatchObject([
      { orderId: 'ORD-000002', certainty: 'likely' },
    ])
    expect(findDuplicates(own, same, COMPANY)).toEqual([])
  })

  test('is put right where one of the two has ended', () => {
    expect(find([order('ORD-000002', 3, 'CLOSED')])).toEqual([])
    expect(find([order('ORD-000002', 3)], { ...own, ended: true })).toEqual([])
  })

  test('is nothing that can be said where no record tells when either was made', () => {
    expect(find([order('ORD-000002', 3)], { ...own, facts: [] })).toEqual([])
    expect(find([{ orderId: 'ORD-000002', facts: [] }])).toEqual([])
  })
})

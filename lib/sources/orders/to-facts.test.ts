import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { costly } from '@/property-runs'
import { toFacts } from './to-facts'

const speaker = { name: 'shop', systems: ['shop', 'crm'], broker: 'rabbitmq' }
const order = {
  system: 'shop',
  channel: 'shop',
  status: 'SUBMITTED',
  created_at: 1,
  updated_at: 3.5,
  status_changed_at: 2.25,
}
const change = { system: 'shop', status: 'SUBMITTED', changed_at: 2.25, seq: 7 }
const read = (orders: readonly unknown[], changes: readonly unknown[] = []) =>
  toFacts({ orders, changes, deadLetters: [] }, speaker)

describe('toFacts', () => {
  test('tells not kept, not yet and happened apart', () => {
    const [fact] = read([{ ...order, taken_at: null }]).facts
    expect(fact).toMatchObject({
      takenAt: null,
      pricingStartedAt: undefined,
      at: 2.25,
      approximate: false,
    })
    expect(read([{ ...order, taken_at: 9 }]).facts[0]).toMatchObject({ takenAt: 9 })
  })

  test('lets updated_at stand in for a moment that is not kept', () => {
    const { status_changed_at: _, ...without } = order
    expect(read([without]).facts[0]).toMatchObject({ at: 3.5, approximate: true })
  })

  test.each([null, Number.POSITIVE_INFINITY, Number.NaN, -1, '2026-01-01'])(
    'drops a row whose mandatory time is %j, and says so',
    (updated_at) => {
      const { facts, notes } = read([
        { ...order, updated_at },
        { ...order, system: 'crm' },
      ])
      expect(facts).toMatchObject([{ system: 'crm' }])
      expect(notes).toEqual([
        { code: 'row-rejected', values: { view: 'orders', column: 'updated_at', rows: 1 } },
      ])
    },
  )

  test('keeps the newest of two rows of one system', () => {
    const { facts, notes } = read([order, { ...order, status: 'OLDER' }])
    expect(facts).toMatchObject([{ status: 'SUBMITTED' }])
    expect(notes).toMatchObject([{ values: { column: 'system', rows: 1 } }])
  })

  test.each([
    ['partner_id', '<script>'],
    ['customer_id', 'jane@example.com'],
    ['seller_id', 'Jane Doe'],
    ['price', '12 RUB'],
    ['currency', 'rouble'],
    ['file_bucket', '../etc'],
    ['file_key', 'https://s3/x?X-Amz-Signature=1'],
    ['file_size', '-1'],
    ['file_etag', 'hello'],
    ['model_hash', 'a b'],
    ['traceparent', '00-1-2-3'],
    ['partner_id', 'x'.repeat(81)],
    ['email', 'a'],
  ])('lets no %s through that is %j', (column, value) => {
    expect(read([{ ...order, [column]: value }]).facts[0]?.attributes).toEqual({})
  })

  test('gives the same thing the same id whatever the order of rows', () => {
    const changes = [change, { ...change, seq: 8 }, { ...change, system: 'crm' }]
    fc.assert(
      fc.property(fc.shuffledSubarray(changes, { minLength: 3 }), (shuffled) => {
        expect(
          read([], shuffled)
            .facts.map(({ id }) => id)
            .toSorted(),
        ).toEqual([
          'change:shop:crm:7:SUBMITTED:2.25',
          'change:shop:shop:7:SUBMITTED:2.25',
          'change:shop:shop:8:SUBMITTED:2.25',
        ])
      }),
    )
  })

  test('never throws, whatever a view holds', () => {
    const anything = fc.array(fc.oneof(fc.object(), fc.anything()))
    fc.assert(
      fc.property(anything, anything, (orders, changes) => {
        const { facts, notes } = read(orders, changes)
        const dropped = notes.reduce((sum, { values }) => sum + Number(values.rows), 0)
        expect(facts.length + dropped).toBe(orders.length + changes.length)
      }),
      costly(), // lists of anything at all are made each time
    )
  })

  test('finds the traces of rows and changes, each once', () => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
    const other = `00-${'c'.repeat(32)}-${'b'.repeat(16)}-01`
    expect(
      read(
        [{ ...order, traceparent }],
        [
          { ...change, traceparent },
          { ...change, traceparent: other },
        ],
      ).traceIds,
    ).toEqual(['a'.repeat(32), 'c'.repeat(32)])
  })
})

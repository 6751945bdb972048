import { describe, expect, test } from 'vitest'
import { epochMs } from '@/lib/journey/types'
import { CONTRACT } from './contract'
import {
  changesQuery,
  deadLettersQuery,
  modelQuery,
  numberQuery,
  rowsQuery,
  sightQuery,
} from './queries'
import { toShape } from './shape'

const PERSONAL = ['customer_name', 'name', 'email', 'phone', 'contacts', 'address', 'notes']

const everything = toShape(
  Object.entries(CONTRACT).flatMap(([view, { columns }]) => [
    ...Object.entries(columns).map(([column, { type }]) => ({ view, column, type })),
    ...PERSONAL.map((column) => ({ view, column, type: 'text' })),
  ]),
  true,
)
const scope = { partner: 'P-1', channel: 'partner' }
const queries = (asked: typeof scope | object) => [
  sightQuery(['ORD-1'], asked),
  rowsQuery(everything, 'ORD-1', asked),
  numberQuery(everything, { number: 'ORD-1', partner: null }, asked),
  changesQuery(everything, 'ORD-1', asked),
  deadLettersQuery(everything, 'ORD-1', asked),
]

describe('the queries', () => {
  test('name no personal column, whatever a view shows', () => {
    for (const { text } of queries(scope)) {
      expect(text).not.toMatch(new RegExp(`\\b(${PERSONAL.join('|')})\\b|[.] ?[*]|select [*]`, 'i'))
    }
  })

  test('carry the scope in every WHERE, and every value as a parameter', () => {
    for (const { text, values } of queries(scope)) {
      expect(text).toContain('o.partner_id::text = $2')
      expect(text).toContain('o.channel::text = $3')
      expect(text).not.toMatch(/ORD-1|P-1/)
      expect(values.slice(1)).toEqual(['P-1', 'partner'])
    }
  })

  test('ask for the number of one partner, and within the scope as well', () => {
    const sent = { number: '77-1', partner: 'P-2' }
    const { text, values } = numberQuery(everything, sent, scope)
    expect(text).toMatch(/partner_order_no::text = \$1 and o\.partner_id::text = \$2 and/)
    expect(text).toContain('o.partner_id::text = $3')
    expect(values).toEqual(['77-1', 'P-2', 'P-1', 'partner'])
  })

  test('ask for the model of one partner within a window, and within the scope as well', () => {
    const made = { from: epochMs(1_000), until: epochMs(2_000) }
    const of = { model: 'hash', partner: 'P-2', made }
    const { text, values } = modelQuery(everything, of, scope)
    expect(text).toMatch(/partner_id::text = \$1 and o\.model_hash::text = \$2\s+and/)
    expect(text).toMatch(/created_at between .*\$3.* and .*\$4.* and o\.partner_id::text = \$5/)
    expect(values).toEqual(['P-2', 'hash', 1_000, 2_000, 'P-1', 'partner'])
  })

  test('ask for no scope where there is none', () => {
    for (const { text, values } of queries({})) {
      expect(text.slice(text.indexOf('where'))).not.toMatch(/partner_id|channel/)
      expect(values).toHaveLength(1)
    }
  })

  test('select only what a database keeps', () => {
    const shape = toShape(
      ['order_id', 'system', 'channel', 'status', 'created_at', 'updated_at', 'taken_at'].map(
        (column) => ({
          view: 'orders',
          column,
          type: column.endsWith('_at') ? 'timestamp with time zone' : 'text',
        }),
      ),
      false,
    )
    const { text } = rowsQuery(shape, 'ORD-1', {})
    expect(text).toContain('o.taken_at')
    expect(text).not.toMatch(/status_changed_at|price|seller_id/)
  })
})

describe('toShape', () => {
  test('finds what is broken, and what is merely not kept', () => {
    const shape = toShape(
      [
        { view: 'orders', column: 'order_id', type: 'bigint' },
        { view: 'orders', column: 'status', type: 'text' },
        { view: 'orders', column: 'created_at', type: 'text' },
      ],
      false,
    )
    expect(shape.broken).toEqual([
      'orders.order_id',
      'orders.system',
      'orders.channel',
      'orders.created_at',
      'orders.updated_at',
    ])
    expect(shape.notKept).toEqual(['status_changes', 'dead_letters'])
  })

  test('calls a missing view by its name', () => {
    expect(toShape([], false).broken).toEqual(['orders'])
  })
})

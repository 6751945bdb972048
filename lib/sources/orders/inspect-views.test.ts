import { describe, expect, test } from 'vitest'
import { inspectViews } from './inspect-views'

const column = (view: string, name: string, type = 'text') => ({ view, column: name, type })
const AT = 'timestamp with time zone'
const found = [
  column('orders', 'order_id', 'character varying(40)'),
  column('orders', 'status'),
  column('orders', 'email'),
  column('orders', 'created_at', AT),
  column('orders', 'updated_at', 'text'),
]
const lines = (copy = false) =>
  inspectViews('shop', found, copy).map(({ level, subject, says }) => `${level} ${subject} ${says}`)

describe('inspectViews', () => {
  test('tells a missing column from one that is not kept, and from one of another type', () => {
    expect(lines()).toEqual(
      expect.arrayContaining([
        'missing shop: order_journey.orders.system not there; it is needed for: whose record the row is',
        'missing shop: order_journey.orders.updated_at is text and has to be timestamptz',
        'warn shop: order_journey.orders.taken_at not kept; it would sharpen: whether the system picked the order up',
        'missing shop: order_journey.orders 3 of 22 columns',
      ]),
    )
    expect(lines().join('\n')).not.toMatch(/orders\.(order_id|status|created_at) /)
  })

  test('asks only a copy for a heartbeat', () => {
    expect(lines(false).join()).not.toContain('heartbeat')
    expect(lines(true).join()).toContain('warn shop: order_journey.heartbeat')
  })

  test('cures a view at its end, and drops it only for a column of another type', () => {
    const cure = inspectViews('shop', found, false).find(({ cure }) => cure)?.cure ?? ''
    expect(cure.indexOf(' as email')).toBeLessThan(cure.indexOf(' as created_at'))
    expect(cure.indexOf(' as updated_at')).toBeLessThan(cure.indexOf(' as system'))
    expect(cure).toMatch(/^drop view order_journey\.orders;/)
    const [lesser] = inspectViews('shop', found.slice(0, 4), false).flatMap(
      ({ cure }) => cure ?? [],
    )
    expect(lesser).not.toContain('drop view')
  })
})

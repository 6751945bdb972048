import { describe, expect, test } from 'vitest'
import { collectFacts } from './collect-facts'
import { change, row, span } from './fixtures/said'
import { epochMs } from './types'

const at = epochMs

describe('collectFacts', () => {
  test('orders by time, then record before traces, then sequence, then id', () => {
    // 5: change 1 · change 2 · row · span          9: change
    const first = change('crm', 'A', at(5), { seq: 1, id: 'z' })
    const second = change('crm', 'B', at(5), { seq: 2, id: 'a' })
    const now = row('crm', 'B', at(5))
    const work = span('crm', 'work', at(5))
    const later = change('crm', 'C', at(9))
    expect(collectFacts([later, work, now, second, first])).toEqual([
      first,
      second,
      now,
      work,
      later,
    ])
  })

  test('keeps of two readings of a row the newer, whichever came first', () => {
    const old = row('mes', 'PACKAGING', at(9), { updatedAt: at(9) })
    const fresh = row('mes', 'SHIPPED', at(5), { updatedAt: at(10) })
    expect(collectFacts([old, fresh])).toEqual([fresh])
    expect(collectFacts([fresh, old])).toEqual([fresh])
  })

  test('keeps the change that has been sent meanwhile, and the span that has found its parent', () => {
    const waiting = change('mes', 'SHIPPED', at(5), { sentAt: null })
    const sent = { ...waiting, sentAt: at(6) }
    expect(collectFacts([sent, waiting])).toEqual([sent])
    expect(collectFacts([waiting, sent])).toEqual([sent])

    const orphan = span('mes', 'work', at(5), { orphan: true, shared: true })
    const found = { ...orphan, orphan: false, shared: false }
    expect(collectFacts([found, orphan])).toEqual([found])
    expect(collectFacts([orphan, found])).toEqual([found])
  })
})

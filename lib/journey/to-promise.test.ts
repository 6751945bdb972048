import { describe, expect, test } from 'vitest'
import { buildJourney } from './build-journey'
import type { Fact } from './fact'
import { COMPANY, COMPANY_THAT_CANCELS } from './fixtures/company'
import { DAY, moment, plus } from './fixtures/moment'
import { gather, history } from './fixtures/said'

const T = moment('2026-10-01T10:00+03:00')
const build = (facts: readonly Fact[], days: number) =>
  buildJourney(gather(facts, plus(T, days * DAY)), COMPANY_THAT_CANCELS, plus(T, days * DAY))

describe('the promise', () => {
  const submitted = history('shop', [['SUBMITTED', T]])

  test.each([
    [13, 'ok'],
    [14, 'warn'],
    [21, 'breach'],
  ])('after %d days is %s', (days, level) => {
    expect(build(submitted, days).promise).toMatchObject({ started: T, kept: null, level })
  })

  test('is judged where it was kept', () => {
    // SUBMITTED ─── 15d ─── SHIPPED ─── 100d ─── now
    const shipped = plus(T, 15 * DAY)
    const facts = [...submitted, ...history('mes', [['SHIPPED', shipped]])]
    expect(build(facts, 115).promise).toMatchObject({ kept: shipped, level: 'warn' })
  })

  test('has not begun in a cart, and is over for a cancelled order', () => {
    expect(build(history('shop', [['INITIATED', T]]), 5).promise).toBeNull()
    const cancelled = history('crm', [['CANCELLED', plus(T, DAY)]])
    expect(build([...submitted, ...cancelled], 50).promise).toBeNull()
  })
})

test('the way ahead is what the path has left', () => {
  const { coming } = build(history('mes', [['PACKAGING', T]]), 1)
  expect(coming).toEqual([
    { status: 'SHIPPED', system: 'mes' },
    { status: 'CLOSED', system: 'crm' },
  ])
  expect(COMPANY.channels[0]?.path.at(-1)).toBe('CLOSED')
})

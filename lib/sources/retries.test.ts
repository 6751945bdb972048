import { describe, expect, test } from 'vitest'
import { epochMs } from '@/lib/journey/types'
import { createRetries } from './retries'

const AT = Date.parse('2026-11-20T09:00:00Z')

function retriesAt(random = 0) {
  let at = AT
  const retries = createRetries(
    () => epochMs(at),
    () => random,
  )
  return { retries, pass: (ms: number) => (at += ms) }
}

describe('the budget', () => {
  test('is every tenth of the last hundred calls, and one for a beginning', () => {
    const { retries } = retriesAt()
    const allowed = (calls: number) =>
      Array.from({ length: calls }, () => {
        retries.begin()
        return retries.take()
      }).filter(Boolean).length
    expect(allowed(1)).toBe(1)
    expect(allowed(18)).toBe(0)
    expect(allowed(1)).toBe(1)
    expect(allowed(80)).toBe(8)
    // From here on each that leaves the window makes room for one.
    expect(allowed(900)).toBe(90)
  })

  test('is full again after a hundred calls that went well', () => {
    const { retries } = retriesAt()
    for (let call = 0; call < 100; call += 1) retries.begin()
    const taken = Array.from({ length: 12 }, () => retries.take())
    expect(taken.filter(Boolean)).toHaveLength(10)
    for (let call = 0; call < 100; call += 1) retries.begin()
    expect(retries.take()).toBe(true)
  })

  test('gives nothing where nothing was asked', () => {
    expect(retriesAt().retries.take()).toBe(false)
  })
})

test('the pause is from 50 to 200 ms', () => {
  expect(retriesAt(0).retries.pauseMs()).toBe(50)
  expect(retriesAt(0.5).retries.pauseMs()).toBe(125)
  expect(retriesAt(1).retries.pauseMs()).toBe(200)
})

describe('a source that said 429', () => {
  test.each([
    ['7', 7_000],
    ['Fri, 20 Nov 2026 09:00:12 GMT', 12_000],
    ['3600', 30_000],
    ['Sat, 21 Nov 2026 09:00:00 GMT', 30_000],
    ['0', 1_000],
    ['soon', 1_000],
    [null, 1_000],
  ])('and Retry-After %s is left alone for %i ms', (header, ms) => {
    const { retries, pass } = retriesAt()
    expect(retries.isResting()).toBe(false)
    retries.rest(header)
    pass(ms - 1)
    expect(retries.isResting()).toBe(true)
    pass(1)
    expect(retries.isResting()).toBe(false)
  })

  test('does not shorten what it asked for before', () => {
    const { retries, pass } = retriesAt()
    retries.rest('20')
    retries.rest('1')
    pass(19_999)
    expect(retries.isResting()).toBe(true)
  })
})

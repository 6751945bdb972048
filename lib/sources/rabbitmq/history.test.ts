import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { epochMs } from '@/lib/journey/types'
import {
  findRises,
  forgetOldTotals,
  mergeSeen,
  type SeenQueue,
  type SeenValue,
  thin,
} from './history'

const NOW = epochMs(1_795_000_000_000)
const HOUR = 3_600_000

const by = fc.constantFrom('reading' as const, 'sample' as const, 'minute' as const)
const figure = fc.option(fc.nat(50))
const seen: fc.Arbitrary<SeenQueue> = fc
  .record({
    back: fc.integer({ min: -HOUR, max: 2 * HOUR }),
    by,
    ready: figure,
    unacked: figure,
    consumers: figure,
    published: figure,
    acked: figure,
    redelivered: figure,
  })
  .map(({ back, ...rest }) => ({ at: epochMs(NOW - back), ...rest }))
const many = fc.array(seen, { maxLength: 60 })

describe('mergeSeen', () => {
  test('keeps order, the last hour, ten seconds between, and nothing made up', () => {
    fc.assert(
      fc.property(many, (found) => {
        const merged = mergeSeen([], found, NOW)
        for (const [index, one] of merged.entries()) {
          expect(found).toContain(one)
          expect(one.at).toBeLessThanOrEqual(NOW)
          expect(one.at).toBeGreaterThan(NOW - HOUR)
          const before = merged[index - 1]
          if (before) expect(one.at - before.at).toBeGreaterThanOrEqual(10_000)
        }
      }),
    )
  })

  test('never gives up what is known for what is new, and is the same when told twice', () => {
    fc.assert(
      fc.property(many, many, (first, second) => {
        const known = mergeSeen([], first, NOW)
        const merged = mergeSeen(known, second, NOW)
        for (const one of known) expect(merged).toContain(one)
        expect(mergeSeen(merged, second, NOW)).toEqual(merged)
      }),
    )
  })

  test('what the broker says by the minute yields to what was seen closely', () => {
    const at = (back: number, how: SeenValue['by']): SeenValue => ({
      at: epochMs(NOW - back),
      by: how,
      value: 0,
    })
    const merged = mergeSeen(
      [],
      [at(600_000, 'minute'), at(120_000, 'minute'), at(60_000, 'sample'), at(5_000, 'reading')],
      NOW,
    )
    expect(merged.map((one) => one.by)).toEqual(['minute', 'sample', 'reading'])
  })
})

test('thin keeps the last five minutes whole, and a step a minute before', () => {
  fc.assert(
    fc.property(many, (found) => {
      const merged = mergeSeen([], found, NOW)
      const thinned = thin(merged, NOW)
      expect(merged).toEqual(expect.arrayContaining([...thinned]))
      for (const one of merged) if (one.at > NOW - 300_000) expect(thinned).toContain(one)
      expect(thinned.length).toBeLessThanOrEqual(55 + 30 + 1)
      expect(thinned[0]).toBe(merged[0])
    }),
  )
})

describe('forgetOldTotals', () => {
  test('leaves totals that never fall, and every count', () => {
    fc.assert(
      fc.property(many, (found) => {
        const history = mergeSeen([], found, NOW)
        const told = forgetOldTotals(history)
        expect(told.map(({ at, ready, consumers }) => [at, ready, consumers])).toEqual(
          history.map(({ at, ready, consumers }) => [at, ready, consumers]),
        )
        for (const total of ['published', 'acked', 'redelivered'] as const) {
          const values = told.map((one) => one[total]).filter((value) => value !== null)
          expect(values).toEqual(values.toSorted((a, b) => a - b))
        }
        expect(forgetOldTotals(told)).toEqual(told)
        expect(told.at(-1)).toEqual(history.at(-1))
      }),
    )
  })
})

describe('findRises', () => {
  const value: fc.Arbitrary<SeenValue> = seen.map(({ at, by: how, ready }) => ({
    at,
    by: how,
    value: ready,
  }))

  test('add up to all that was added, whatever was taken away and not known in between', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 40 }), (found) => {
        const values = mergeSeen([], found, NOW)
        const known = values.map((one) => one.value).filter((one) => one !== null)
        const added = known.reduce(
          (sum, one, index) => sum + Math.max(0, one - (known[index - 1] ?? one)),
          0,
        )
        const rises = findRises(values)
        expect(rises.reduce((sum, rise) => sum + rise.by, 0)).toBe(added)
        for (const { since, at, by: count } of rises) {
          expect(since).toBeLessThan(at)
          expect(count).toBeGreaterThan(0)
        }
      }),
    )
  })

  test('begin before the last known value, by as much as that may be late', () => {
    const at = (back: number) => epochMs(NOW - back)
    expect(
      findRises([
        { at: at(60_000), by: 'minute', value: 1 },
        { at: at(30_000), by: 'sample', value: null },
        { at: at(20_000), by: 'sample', value: 3 },
        { at: at(5_000), by: 'reading', value: 4 },
      ]),
    ).toEqual([
      { since: at(130_000), at: at(20_000), by: 2 },
      { since: at(30_000), at: at(5_000), by: 1 },
    ])
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Bucket, toQuantile } from './quantile'

const INF = Number.POSITIVE_INFINITY
const of = (...pairs: readonly (readonly [number, number])[]): readonly Bucket[] =>
  pairs.map(([le, count]) => ({ le, count }))

test('lies between two bounds, in proportion', () => {
  expect(toQuantile(0.95, of([10, 20], [100, 90], [1_000, 100], [INF, 100]))).toEqual({
    value: 550,
    atLeast: false,
  })
})

test('is at least the last bound where it lies beyond it', () => {
  expect(toQuantile(0.95, of([10, 20], [100, 70], [1_000, 93], [INF, 100]))).toEqual({
    value: 1_000,
    atLeast: true,
  })
})

test.each([
  ['nothing was counted', of([10, 0], [INF, 0])],
  ['there is no last bound', of([10, 5], [100, 9])],
  ['there is nothing but the last bound', of([INF, 9])],
  ['there are no buckets', []],
])('is unknown where %s', (_, buckets) => {
  expect(toQuantile(0.95, buckets)).toBeNull()
})

test('is finite, grows with its share, and does not mind the order of the buckets', () => {
  const buckets = fc
    .uniqueArray(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 20 })
    .chain((bounds) =>
      fc
        .array(fc.float({ min: 0, max: 1_000, noNaN: true }), {
          minLength: bounds.length + 1,
          maxLength: bounds.length + 1,
        })
        .map((counts) => {
          let total = 0
          const rising = counts.map((count) => (total += count))
          return [...bounds.toSorted((a, b) => a - b), INF].map((le, index) => ({
            le,
            count: rising[index] ?? 0,
          }))
        }),
    )
  fc.assert(
    fc.property(buckets, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (some, q) => {
      const found = toQuantile(q, some)
      const more = toQuantile(Math.min(0.999, q + 0.005), some)
      if (!found || !more) {
        expect(some.at(-1)?.count).toBe(0)
        return
      }
      expect(Number.isFinite(found.value)).toBe(true)
      expect(more.value).toBeGreaterThanOrEqual(found.value)
      expect(toQuantile(q, some.toReversed())).toEqual(found)
      if (found.atLeast) expect(found.value).toBe(some.at(-2)?.le)
    }),
  )
})

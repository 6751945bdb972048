import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toNextCheck, toNextReading } from './rhythm'

const chance = fc.double({ min: 0, max: 1, noNaN: true })

test('a reading comes after its time, because an answer is shared until then, and soon after it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 5_000, max: 300_000 }), chance, (everyMs, by) => {
      const ms = toNextReading(everyMs, { chance: () => by })
      expect(ms).toBeGreaterThan(everyMs)
      expect(ms).toBeLessThanOrEqual(everyMs * 1.1 + 50)
    }),
  )
})

test('a check never comes late', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_000, max: 60_000 }), chance, (checkMs, by) => {
      const ms = toNextCheck(checkMs, { chance: () => by })
      expect(ms).toBeLessThan(checkMs)
      expect(ms).toBeGreaterThan(checkMs / 2)
    }),
  )
})

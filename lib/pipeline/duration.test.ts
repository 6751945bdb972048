import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toDuration, toDurationText } from './duration'

describe('toDuration', () => {
  it.each([
    ['90s', 'wall', 90_000],
    ['35m', 'wall', 2_100_000],
    ['24h', 'wall', 86_400_000],
    ['3d', 'wall', 259_200_000],
    ['8bh', 'business', 28_800_000],
  ])('reads %s', (text, clock, ms) => {
    expect(toDuration(text)).toEqual({ clock, ms })
  })

  it.each([
    '',
    '0m',
    '-1m',
    '1.5h',
    '1h30m',
    '5',
    'm',
    '5 m',
    '5M',
    '1w',
    '05m',
    '1000000s',
    '５m',
  ])('refuses %j', (text) => {
    expect(toDuration(text)).toBeNull()
  })

  it('reads back what toDurationText writes, and writes it the same again', () => {
    const text = fc
      .tuple(fc.integer({ min: 1, max: 999_999 }), fc.constantFrom('s', 'm', 'h', 'd', 'bh'))
      .map(([amount, unit]) => `${amount}${unit}`)
    fc.assert(
      fc.property(text, (written) => {
        const duration = toDuration(written)
        expect(duration).not.toBeNull()
        if (!duration) return
        const shortest = toDurationText(duration)
        expect(toDuration(shortest)).toEqual(duration)
        expect(shortest.length).toBeLessThanOrEqual(written.length)
      }),
    )
  }, 120_000)
})

describe('toDurationText', () => {
  it('takes the longest unit that fits, and never turns business hours into days', () => {
    expect(toDurationText({ clock: 'wall', ms: 3_600_000 })).toBe('1h')
    expect(toDurationText({ clock: 'wall', ms: 90_000 })).toBe('90s')
    expect(toDurationText({ clock: 'business', ms: 24 * 3_600_000 })).toBe('24bh')
  })
})

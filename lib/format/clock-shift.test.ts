import { describe, expect, it } from 'vitest'
import { formatClockShift } from './clock-shift'

describe('formatClockShift', () => {
  it.each([
    [120, 'en', '+120 ms'],
    [-0.352, 'en', '−0.35 ms'],
    [-12.34, 'ru', '−12,3 мс'],
    [0, 'en', '0 ms'],
    [9_999.6, 'en', '+10000 ms'],
    [-61_000, 'en', '−1 min 1 s'],
    [90_000, 'ru', '+1 мин 30 с'],
  ] as const)('tells %d in %s', (ms, locale, text) => {
    expect(formatClockShift(ms, locale).replaceAll('\u00a0', ' ')).toBe(text)
  })
})

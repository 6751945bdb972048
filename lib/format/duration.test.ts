import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDuration, spellDuration } from './duration'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('formatDuration', () => {
  it.each([
    [0, '0 ms', '0 мс'],
    [340.6, '341 ms', '341 мс'],
    [2_450, '2.4 s', '2,4 с'],
    [35_000, '35 s', '35 с'],
    [12 * MINUTE + 5_000, '12 min 5 s', '12 мин 5 с'],
    [35 * MINUTE, '35 min', '35 мин'],
    [2 * DAY + 4 * HOUR + 59 * MINUTE, '2 d 4 h', '2 д 4 ч'],
    [2 * DAY + 59 * MINUTE, '2 d', '2 д'],
    [21 * DAY, '21 d', '21 д'],
    [-5, '0 ms', '0 мс'],
  ])('writes %d ms', (ms, en, ru) => {
    expect([plain(formatDuration(ms, 'en')), plain(formatDuration(ms, 'ru'))]).toEqual([en, ru])
  })

  it.each([
    [6 * HOUR, '6 working h', '6 раб. ч'],
    [26 * HOUR + 20 * MINUTE, '26 working h 20 min', '26 раб. ч 20 мин'],
    [20 * MINUTE, '20 working min', '20 раб. мин'],
    [0, '0 working min', '0 раб. мин'],
  ])('keeps %d ms of working time in hours', (ms, en, ru) => {
    expect([
      plain(formatDuration(ms, 'en', 'business')),
      plain(formatDuration(ms, 'ru', 'business')),
    ]).toEqual([en, ru])
  })

  it('never claims more than passed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_000, max: 400 * DAY }), (ms) => {
        const sizes: Record<string, number> = { d: DAY, h: HOUR, min: MINUTE, s: 1000 }
        const said = [...plain(formatDuration(ms, 'en')).matchAll(/(\d+) (\w+)/g)]
        const sum = said.reduce(
          (total, [, count, unit]) => total + Number(count) * (sizes[unit ?? ''] ?? Number.NaN),
          0,
        )
        expect(sum).toBeLessThanOrEqual(ms)
        expect(ms - sum).toBeLessThan(HOUR)
      }),
    )
  })
})

describe('spellDuration', () => {
  it.each([
    [DAY + HOUR, '1 день 1 час'],
    [2 * DAY + 4 * HOUR, '2 дня 4 часа'],
    [5 * DAY + 11 * HOUR, '5 дней 11 часов'],
    [21 * DAY + 22 * HOUR, '21 день 22 часа'],
    [12 * MINUTE + 1000, '12 минут 1 секунда'],
  ])('counts %d ms in Russian', (ms, words) => {
    expect(plain(spellDuration(ms, 'ru'))).toBe(words)
  })

  it.each([
    [HOUR, '1 рабочий час', '1 working hour'],
    [3 * HOUR, '3 рабочих часа', '3 working hours'],
    [5 * HOUR + 30 * MINUTE, '5 рабочих часов 30 минут', '5 working hours 30 minutes'],
    [MINUTE, '1 рабочая минута', '1 working minute'],
  ])('counts %d ms of working time', (ms, ru, en) => {
    expect(plain(spellDuration(ms, 'ru', 'business'))).toBe(ru)
    expect(plain(spellDuration(ms, 'en', 'business'))).toBe(en)
  })
})

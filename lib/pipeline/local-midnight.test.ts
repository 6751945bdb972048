import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDate, toLocalMidnight } from './local-midnight'

describe('toLocalMidnight', () => {
  it.each([
    ['2026-01-01', 'Europe/Moscow', '2025-12-31T21:00:00Z'],
    ['2026-07-01', 'Europe/Lisbon', '2026-06-30T23:00:00Z'],
    ['2026-01-01', 'Asia/Kathmandu', '2025-12-31T18:15:00Z'],
    // Beirut, 29 March 2026: 23:59 │ 01:00. There is no midnight, the day begins at 01:00.
    ['2026-03-29', 'Asia/Beirut', '2026-03-28T22:00:00Z'],
    // Havana, 1 November 2026: 00:59 │ 00:00. There are two, the day begins at the first.
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00Z'],
    // Samoa had no 30 December 2011 at all: what was left of it begins with the 31st.
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
  ])('finds the beginning of %s in %s', (date, zone, instant) => {
    expect(new Date(toLocalMidnight(date, zone)).toISOString()).toBe(
      new Date(instant).toISOString(),
    )
  })

  it('finds the first moment of the date: a second earlier is the day before', () => {
    const zones = ['Europe/Lisbon', 'America/Havana', 'Asia/Beirut', 'Pacific/Chatham', 'UTC']
    const dates = fc
      .date({ min: new Date('2012-01-02'), max: new Date('2036-12-30'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    const clocks = zones.map((timeZone) => ({
      timeZone,
      local: new Intl.DateTimeFormat('sv-SE', { timeZone }),
    }))
    fc.assert(
      fc.property(dates, fc.constantFrom(...clocks), (date, { timeZone, local }) => {
        const at = toLocalMidnight(date, timeZone)
        expect(local.format(at)).toBe(date)
        expect(local.format(at - 1_000) < date).toBe(true)
      }),
    )
  }, 120_000)
})

describe('isDate', () => {
  it('takes dates of the calendar only', () => {
    expect(['2026-02-28', '2028-02-29', '0001-01-01'].filter(isDate)).toHaveLength(3)
    expect(['2026-02-29', '2026-13-01', '2026-1-1', '2026-01-01T00:00', ''].filter(isDate)).toEqual(
      [],
    )
  })
})

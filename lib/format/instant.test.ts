import { describe, expect, it } from 'vitest'
import { formatClock, formatInstant, formatZone, isTimeZone, toOffsetMinutes } from './instant'
import { formatRelative } from './relative'
import { showEscapes } from './show-escapes'

const at = Date.UTC(2026, 10, 18, 11, 5, 9, 87)

describe('formatInstant', () => {
  it('writes an instant on the wall of the zone, in both languages', () => {
    expect(formatInstant(at, 'en', 'Europe/Moscow')).toBe('18 Nov 2026, 14:05:09')
    expect(formatInstant(at, 'ru', 'Europe/Moscow')).toBe('18 нояб. 2026, 14:05:09')
    expect(formatInstant(at, 'ru', 'Asia/Vladivostok', 'day')).toBe('18 нояб. 2026')
  })

  it('keeps milliseconds, also before 1970', () => {
    expect(formatClock(at + 0.4, 'UTC', 'millisecond')).toBe('11:05:09.087')
    expect(formatClock(-1, 'UTC', 'millisecond')).toBe('23:59:59.999')
  })

  it('writes midnight as 00, not 24', () => {
    expect(formatClock(Date.UTC(2026, 0, 1), 'UTC')).toBe('00:00')
  })

  it('skips the hour that spring takes', () => {
    const before = Date.UTC(2026, 2, 29, 0, 59)
    expect(formatInstant(before, 'en', 'Europe/Berlin', 'minute')).toBe('29 Mar 2026, 01:59')
    expect(formatInstant(before + 60_000, 'en', 'Europe/Berlin', 'minute')).toBe(
      '29 Mar 2026, 03:00',
    )
  })

  it('tells the two equal hours of autumn apart by their zone', () => {
    const first = Date.UTC(2026, 9, 25, 0, 30)
    const second = first + 3_600_000
    expect(formatClock(first, 'Europe/Berlin')).toBe(formatClock(second, 'Europe/Berlin'))
    expect(formatZone(first, 'Europe/Berlin')).toBe('UTC+2')
    expect(formatZone(second, 'Europe/Berlin')).toBe('UTC+1')
  })
})

describe('formatZone', () => {
  it.each([
    ['UTC', 'UTC'],
    ['Europe/Moscow', 'UTC+3'],
    ['Asia/Kolkata', 'UTC+5:30'],
    ['Pacific/Marquesas', 'UTC−9:30'],
  ])('writes %s as %s', (zone, text) => {
    expect(formatZone(at, zone)).toBe(text)
  })

  it('counts minutes ahead of UTC', () => {
    expect(toOffsetMinutes(at, 'America/New_York')).toBe(-300)
  })
})

describe('isTimeZone', () => {
  it.each([
    ['Europe/Moscow', true],
    ['UTC', true],
    ['Mars/Olympus', false],
    ['', false],
    ['<script>', false],
  ])('takes %s as %s', (name, known) => {
    expect(isTimeZone(name)).toBe(known)
  })
})

describe('formatRelative', () => {
  it.each([
    [-7_200_000, '2\u00a0h ago', '2\u00a0ч назад'],
    [60_000, 'in 1\u00a0min', 'через 1\u00a0мин'],
    [-400, 'just now', 'только что'],
  ])('says %d ms from now', (away, en, ru) => {
    expect(formatRelative(at + away, at, 'en')).toBe(en)
    expect(formatRelative(at + away, at, 'ru')).toBe(ru)
  })
})

describe('showEscapes', () => {
  it('shows a letter that looks like another, and a mark that hides', () => {
    expect(showEscapes('ORD-19А\u202e')).toBe('ORD-19\\u{410}\\u{202e}')
    expect(showEscapes('ORD-000417')).toBe('ORD-000417')
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createClock } from './business-time'
import { COMPANY } from './fixtures/company'
import { moment } from './fixtures/moment'
import type { Calendar } from './pipeline'
import { epochMs } from './types'

const HOUR = 3_600_000
const at = moment

const { calendar: MOSCOW } = COMPANY
const ROUND_THE_CLOCK: Calendar = {
  timeZone: 'Europe/Berlin',
  days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  hours: [[0, 1440]],
  holidays: [],
}
const NEW_YORK: Calendar = { ...MOSCOW, timeZone: 'America/New_York', holidays: ['2026-07-03'] }

const moscow = createClock(MOSCOW)
const berlin = createClock(ROUND_THE_CLOCK)
const newYork = createClock(NEW_YORK)

describe('businessMsBetween', () => {
  test('counts eight hours on a working day, and none of its lunch', () => {
    // Mon 09 ──4h── 13 · 14 ──4h── 18
    const between = moscow.businessMsBetween
    expect(between(at('2026-11-16T00:00+03:00'), at('2026-11-17T00:00+03:00'))).toBe(8 * HOUR)
    expect(between(at('2026-11-16T12:30+03:00'), at('2026-11-16T14:15+03:00'))).toBe(0.75 * HOUR)
    expect(between(at('2026-11-16T13:00+03:00'), at('2026-11-16T14:00+03:00'))).toBe(0)
  })

  test('does not run at a weekend', () => {
    // Fri 17 ─1h─ 18 · · · Sun 19
    const packed = at('2026-11-20T17:00+03:00')
    expect(moscow.businessMsBetween(packed, at('2026-11-22T19:00+03:00'))).toBe(HOUR)
  })

  test('does not run on a holiday', () => {
    // Thu 17 ─1h─ 18 · Fri 3 July · weekend · Mon 09 ─1h─ 10
    const from = at('2026-07-02T17:00-04:00')
    expect(newYork.businessMsBetween(from, at('2026-07-06T10:00-04:00'))).toBe(2 * HOUR)
  })

  test('follows the clocks of its zone into summer and back', () => {
    // 29 March 2026: 23 hours · 25 October 2026: 25 hours
    const { businessMsBetween } = berlin
    expect(businessMsBetween(at('2026-03-29T00:00+01:00'), at('2026-03-30T00:00+02:00'))).toBe(
      23 * HOUR,
    )
    expect(businessMsBetween(at('2026-10-25T00:00+02:00'), at('2026-10-26T00:00+01:00'))).toBe(
      25 * HOUR,
    )
  })

  test('opens at nine by the wall, before and after the change', () => {
    // New York: Fri 6 March 2026 is UTC-5, Mon 9 March UTC-4
    const from = at('2026-03-06T17:00-05:00')
    expect(newYork.businessMsBetween(from, at('2026-03-09T10:00-04:00'))).toBe(2 * HOUR)
  })

  test('begins at the change where the opening hour does not exist, and the first time where it comes twice', () => {
    const night = createClock({ ...ROUND_THE_CLOCK, hours: [[150, 240]] }) // 02:30–04:00
    expect(
      night.businessMsBetween(at('2026-03-29T00:00+01:00'), at('2026-03-29T12:00+02:00')),
    ).toBe(HOUR)
    expect(
      night.businessMsBetween(at('2026-10-25T00:00+02:00'), at('2026-10-25T12:00+01:00')),
    ).toBe(2.5 * HOUR)
  })

  test('is nothing backwards, and survives a date that a machine made up', () => {
    const now = at('2026-11-16T12:00+03:00')
    expect(moscow.businessMsBetween(now, epochMs(now - HOUR))).toBe(0)
    expect(moscow.businessMsBetween(at('0001-01-01T00:00Z'), now)).toBe(
      moscow.businessMsBetween(epochMs(0), now),
    )
    expect(moscow.businessMsBetween(now, epochMs(Number.POSITIVE_INFINITY))).toBeGreaterThan(0)
  })
})

describe('addBusinessMs', () => {
  test('lands at the end of Monday, not at the opening of Tuesday', () => {
    // Fri 18:00 · weekend · Mon 09 ── 8h ── 18:00
    expect(moscow.addBusinessMs(at('2026-11-20T18:00+03:00'), 8 * HOUR)).toBe(
      at('2026-11-23T18:00+03:00'),
    )
  })

  test('adds nothing where nothing is added', () => {
    const sunday = at('2026-11-22T12:00+03:00')
    expect(moscow.addBusinessMs(sunday, 0)).toBe(sunday)
  })

  test('ends even where nobody ever works', () => {
    const never = createClock({ ...MOSCOW, days: [] })
    expect(never.addBusinessMs(at('2026-11-22T12:00Z'), 1)).toBe(at('2200-01-01T00:00Z'))
  })
})

describe('a clock', { timeout: 600_000 }, () => {
  const clocks = fc.constantFrom(moscow, berlin, newYork)
  const moments = fc.integer({ min: moment('2015-01-01'), max: moment('2035-01-01') }).map(epochMs)
  const spans = fc.integer({ min: 0, max: 400 * 24 * HOUR })

  test('adds up: a stay is as long as its parts', () => {
    fc.assert(
      fc.property(clocks, moments, spans, spans, (clock, from, first, second) => {
        const [middle, until] = [epochMs(from + first), epochMs(from + first + second)]
        expect(clock.businessMsBetween(from, until)).toBe(
          clock.businessMsBetween(from, middle) + clock.businessMsBetween(middle, until),
        )
      }),
    )
  })

  test('never runs backwards, and never faster than the wall clock', () => {
    fc.assert(
      fc.property(clocks, moments, spans, (clock, from, span) => {
        const passed = clock.businessMsBetween(from, epochMs(from + span))
        expect(passed).toBeGreaterThanOrEqual(0)
        expect(passed).toBeLessThanOrEqual(span)
      }),
    )
  })

  test('finds with one function what it counts with the other', () => {
    fc.assert(
      fc.property(clocks, moments, spans, (clock, from, span) => {
        const ms = span / 5
        const until = clock.addBusinessMs(from, ms)
        expect(clock.businessMsBetween(from, until)).toBeCloseTo(ms, 3)
        if (ms >= 1) expect(clock.businessMsBetween(from, epochMs(until - 1))).toBeLessThan(ms)
      }),
    )
  })

  test('says the same however often it was asked', () => {
    fc.assert(
      fc.property(moments, spans, (from, span) => {
        const until = epochMs(from + span)
        expect(moscow.businessMsBetween(from, until)).toBe(
          createClock(MOSCOW).businessMsBetween(from, until),
        )
      }),
      { numRuns: 20 },
    )
  })
})

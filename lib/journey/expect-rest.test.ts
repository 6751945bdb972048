import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { costly } from '@/property-runs'
import { buildJourney } from './build-journey'
import type { Fact } from './fact'
import { arbitraryGathered, arbitraryNow } from './fixtures/arbitrary-gathered'
import { COMPANY, COMPANY_THAT_CANCELS } from './fixtures/company'
import { DAY, HOUR, MINUTE, moment, plus } from './fixtures/moment'
import { gather, history, row, span } from './fixtures/said'
import type { EpochMs } from './types'

const rest = (facts: readonly Fact[], now: EpochMs) =>
  buildJourney(gather(facts, now), COMPANY_THAT_CANCELS, now).expected

// A Monday morning, an hour into the working day.
const T = moment('2026-10-05T10:00+03:00')

describe('the rest of the way', () => {
  test('is due by the plan, and at the latest, by the limits of what stands before it', () => {
    const [priced, approved, started] = rest(history('shop', [['SUBMITTED', T]]), T)
    expect(priced).toEqual({
      status: 'PRICE_CALCULATED',
      system: 'mes',
      planned: plus(T, 35 * MINUTE),
      from: plus(T, HOUR),
      until: plus(T, HOUR + 3 * DAY),
      limit: expect.objectContaining({ critical: { clock: 'wall', ms: 3 * DAY } }),
      restsOn: 'limits',
    })
    // The plan of a price is one business day: 8 of 8 hours after Monday 10:35.
    expect(approved?.planned).toBe(moment('2026-10-06T10:35+03:00'))
    expect(approved?.from).toBe(priced?.until)
    // Two business days from Thursday 11:00: over the weekend.
    expect(started?.from).toBe(moment('2026-10-12T11:00+03:00'))
  })

  test('ends in the last status, which is entered and never left', () => {
    const facts = history('mes', [['SHIPPED', T]])
    expect(rest(facts, T)).toEqual([
      {
        status: 'CLOSED',
        system: 'crm',
        planned: plus(T, 7 * DAY),
        from: plus(T, 14 * DAY),
        until: plus(T, 14 * DAY),
        limit: null,
        restsOn: 'limits',
      },
    ])
  })

  test('is reckoned from now where the present stay is past its limit, and says so', () => {
    const now = plus(T, 20 * DAY)
    const [closed] = rest(history('mes', [['SHIPPED', T]]), now)
    expect(closed).toMatchObject({ planned: now, from: now, restsOn: 'limits-from-now' })
  })

  test('is planned for now where only the plan has passed', () => {
    const now = plus(T, 10 * DAY)
    const [closed] = rest(history('mes', [['SHIPPED', T]]), now)
    expect(closed).toMatchObject({ planned: now, from: plus(T, 14 * DAY), restsOn: 'limits' })
  })

  test.each<[string, readonly Fact[]]>([
    ['a cart, which has no limit', history('shop', [['INITIATED', T]])],
    ['an order that has ended', history('crm', [['CLOSED', T]])],
    ['one that ended beside the path', history('crm', [['CANCELLED', T]])],
    ['a status nobody described', [row('mes', 'MELTED', T)]],
    ['a channel nobody described', [row('shop', 'SUBMITTED', T, { channel: 'market' })]],
    ['nothing but a span that says no status', [span('shop', 'POST /orders', T)]],
  ])('is not known of %s', (_, facts) => {
    expect(rest(facts, T)).toEqual([])
  })

  test('stops at a status without a limit: what follows is bounded by nothing', () => {
    const boundless = COMPANY.statuses.map((status) =>
      status.id === 'MANUFACTURING_APPROVED' ? { ...status, limits: [] } : status,
    )
    const facts = gather(history('shop', [['SUBMITTED', T]]), T)
    const { expected, coming } = buildJourney(facts, { ...COMPANY, statuses: boundless }, T)
    expect(expected.map(({ status }) => status)).toEqual([
      'PRICE_CALCULATED',
      'MANUFACTURING_APPROVED',
    ])
    expect(coming.length).toBeGreaterThan(2)
  })

  test('runs ahead, without a gap, along the path', () => {
    fc.assert(
      fc.property(arbitraryGathered, arbitraryNow, (gathered, now) => {
        const { expected, coming } = buildJourney(gathered, COMPANY, now)
        expect(coming.map(({ status }) => status).slice(0, expected.length)).toEqual(
          expected.map(({ status }) => status),
        )
        for (const [index, one] of expected.entries()) {
          expect(one.planned).toBeGreaterThanOrEqual(now)
          expect(one.from).toBeGreaterThanOrEqual(one.planned)
          expect(one.until).toBeGreaterThanOrEqual(one.from)
          const before = expected[index - 1]
          if (before) expect(one.from).toBe(before.until)
        }
      }),
      costly(), // a whole journey is built each time
    )
  })
})

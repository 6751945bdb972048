import { describe, expect, test } from 'vitest'
import { createClock } from './business-time'
import { COMPANY, limitOf } from './fixtures/company'
import { DAY, HOUR, MINUTE, moment } from './fixtures/moment'
import { judgeLimit, lengthenLimit, limitInForce, toLevel, worstLevel } from './judge-limit'
import type { Duration, Limit } from './pipeline'
import { epochMs } from './types'

const clock = createClock(COMPANY.calendar)
const wall = (ms: number): Duration => ({ clock: 'wall', ms })
const business = (ms: number): Duration => ({ clock: 'business', ms })

describe('limitInForce', () => {
  const old: Limit = limitOf(wall(1), wall(2))
  const summer: Limit = { ...old, validFrom: moment('2026-07-01'), warn: wall(5) }

  test('is the newest that has begun, in whatever order they are written', () => {
    // ── old ──────── 1 July ── summer ──
    for (const limits of [
      [old, summer],
      [summer, old],
    ]) {
      expect(limitInForce(limits, epochMs(summer.validFrom - 1))).toBe(old)
      expect(limitInForce(limits, summer.validFrom)).toBe(summer)
    }
  })

  test('is none before the first, and none of none', () => {
    expect(limitInForce([summer], epochMs(0))).toBeNull()
    expect(limitInForce([], moment('2026-11-20'))).toBeNull()
  })
})

describe('judgeLimit', () => {
  test('never lets critical come with or before warn where their clocks differ', () => {
    // Fri 18:00 ── 8bh ──▶ Mon 18:00 warn ── one business day ──▶ Tue 18:00
    //           ── 3d ───▶ Mon 18:00, too early
    const entered = moment('2026-11-20T18:00+03:00')
    const judged = judgeLimit(limitOf(business(8 * HOUR), wall(3 * DAY)), entered, clock)
    expect(judged.warnAt).toBe(moment('2026-11-23T18:00+03:00'))
    expect(judged.criticalAt).toBe(moment('2026-11-24T18:00+03:00'))
  })

  test('leaves critical where it is on a quiet week', () => {
    // Tue 10:00 ── 8bh ──▶ Wed 10:00 warn · Fri 10:00 critical
    const entered = moment('2026-11-17T10:00+03:00')
    const judged = judgeLimit(limitOf(business(8 * HOUR), wall(3 * DAY)), entered, clock)
    expect(judged.warnAt).toBe(moment('2026-11-18T10:00+03:00'))
    expect(judged.criticalAt).toBe(moment('2026-11-20T10:00+03:00'))
  })

  test('moves nothing where both run on one clock', () => {
    const entered = moment('2026-11-20T18:00+03:00')
    const judged = judgeLimit(limitOf(wall(MINUTE), wall(2 * MINUTE)), entered, clock)
    expect(judged.criticalAt).toBe(entered + 2 * MINUTE)
  })
})

describe('toLevel', () => {
  const limit = judgeLimit(limitOf(wall(35), wall(60)), epochMs(0), clock)

  test.each([
    [34, 'ok'],
    [35, 'warn'],
    [59, 'warn'],
    [60, 'breach'],
  ])('after %d of 35 and 60 is %s: at a limit is past it', (at, level) => {
    expect(toLevel(limit, epochMs(at))).toBe(level)
  })

  test('is ok without a limit', () => {
    expect(toLevel(null, epochMs(1e15))).toBe('ok')
  })
})

test('a longer limit is longer on both of its own clocks', () => {
  expect(lengthenLimit(limitOf(business(1), wall(2)), 30)).toMatchObject({
    warn: business(31),
    critical: wall(32),
  })
})

test('the worst of levels is a breach, and of none is ok', () => {
  expect(worstLevel('ok', 'breach', 'warn')).toBe('breach')
  expect(worstLevel('ok', 'warn')).toBe('warn')
  expect(worstLevel()).toBe('ok')
})

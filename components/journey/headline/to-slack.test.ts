import { describe, expect, it } from 'vitest'
import type { Duration } from '@/lib/journey/pipeline'
import { epochMs } from '@/lib/journey/types'
import { toSlack } from './to-slack'

const HOUR = 3_600_000
const limit = (warn: Duration, critical: Duration) => ({
  warn,
  critical,
  warnAt: epochMs(10 * HOUR),
  criticalAt: epochMs(30 * HOUR),
})
const wall = (hours: number): Duration => ({ clock: 'wall', ms: hours * HOUR })
const business = (hours: number): Duration => ({ clock: 'business', ms: hours * HOUR })

describe('how a wait stands to its limit', () => {
  it.each([
    [9, 'nothing', 10, 1],
    [10, 'plan', 30, 20],
    [29, 'plan', 30, 1],
    [30, 'limit', 30, 0],
    [33, 'limit', 30, 3],
  ] as const)('after %d hours: past %s, at %d, %d h off', (until, past, at, off) => {
    expect(toSlack(limit(wall(10), wall(30)), until * HOUR)).toEqual({
      past,
      at: at * HOUR,
      ms: off * HOUR,
      clock: 'wall',
    })
  })

  it('counts what is left of a working-hours limit in working hours', () => {
    const judged = limit(business(4), business(8))
    expect(toSlack(judged, 9 * HOUR, 3 * HOUR)).toMatchObject({ ms: HOUR, clock: 'business' })
    expect(toSlack(judged, 20 * HOUR, 6 * HOUR)).toMatchObject({ ms: 2 * HOUR, past: 'plan' })
    expect(toSlack(judged, 31 * HOUR, 9 * HOUR)).toMatchObject({ ms: HOUR, past: 'limit' })
  })

  it('counts to the moment itself where the two run on different clocks', () => {
    expect(toSlack(limit(business(4), wall(72)), 9 * HOUR, 3 * HOUR)).toMatchObject({
      ms: HOUR,
      clock: 'wall',
    })
  })
})

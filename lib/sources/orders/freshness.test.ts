import { describe, expect, test } from 'vitest'
import { epochMs } from '@/lib/journey/types'
import { type Age, isStale, toAsOf } from './freshness'

const NOW = epochMs(1_000_000)
const standby = (
  streaming: boolean | null,
  caughtUp: boolean | null,
  behind: number | null,
): Age => ({
  kind: 'standby',
  streaming,
  caughtUp,
  behind,
})

describe('toAsOf', () => {
  test.each<[string, Age, number | null]>([
    ['a primary is now', { kind: 'primary' }, 1_000_000],
    ['a quiet standby that has everything is now', standby(true, true, 7_200_000), 1_000_000],
    ['a standby that replays late is late', standby(true, false, 5_000), 995_000],
    ['a standby cut off is as old as its last commit', standby(false, true, 90_000), 910_000],
    ['a receiver we may not see proves nothing', standby(null, true, 90_000), 910_000],
    ['a standby whose clock is ahead is now', standby(false, false, -20), 1_000_000],
    ['a standby that has replayed nothing is unknown', standby(true, false, null), null],
    ['a copy is as old as its newest moment', { kind: 'copy', newest: epochMs(4) }, 4],
    ['a copy is never of the future', { kind: 'copy', newest: epochMs(2_000_000) }, 1_000_000],
    ['a copy without a moment is unknown', { kind: 'copy', newest: null }, null],
    ['a database that will not tell is unknown', { kind: 'unknown' }, null],
  ])('%s', (_, age, asOf) => {
    expect(toAsOf(age, NOW)).toBe(asOf)
  })
})

test.each([
  [940_000, false],
  [939_999.5, true],
  [null, false],
])('isStale of %j is %j', (asOf, stale) => {
  expect(isStale(asOf === null ? null : epochMs(asOf), NOW)).toBe(stale)
})

import { expect, test } from 'vitest'
import { findArrival, variantsOf } from './find-arrival'
import { FAILURES } from './order'
import { DAY } from './time'
import { world } from './world'

const SUNDAY_NIGHT = Date.UTC(2026, 10, 22, 3)

test.each(['shop', 'partner'] as const)(
  'every form of every failure of a %s order can be made while nobody works',
  (channel) => {
    const shared = world('demo', SUNDAY_NIGHT - 30 * DAY, { incidents: [], slow: [] })
    const missing = FAILURES.flatMap((id) =>
      variantsOf(id, channel)
        .filter((variant) => !findArrival(shared, 1, SUNDAY_NIGHT, { id, channel, variant }))
        .map((variant) => `${id} ${variant}`),
    )
    expect(missing).toEqual([])
  },
)

import { expect, test } from 'vitest'
import type { ChangeFact, RowFact } from '@/lib/journey/fact'
import { epochMs } from '@/lib/journey/types'
import { toMoments } from './to-moments'

const HOUR = 3_600_000
const NOW = epochMs(1_700_000_000_000)

const change = (hoursAgo: number, sentMinutesLater: number | null): ChangeFact => {
  const at = epochMs(NOW - hoursAgo * HOUR)
  return {
    id: `change-${hoursAgo}`,
    source: 'orders:shop',
    system: 'crm',
    at,
    kind: 'change',
    status: 'SUBMITTED',
    seq: 1,
    sentAt: sentMinutesLater === null ? null : epochMs(at + sentMinutesLater * 60_000),
    receivedAt: null,
    attributes: {},
  }
}

test('counters are asked for around the newest hand-overs of the last day', () => {
  const facts = [change(30, 1), change(2, null), change(5, 3), change(-1, 0)]
  expect(toMoments(facts, NOW)).toEqual([NOW - 2 * HOUR, NOW - 5 * HOUR + 3 * 60_000])
})

test('around what the rows mark where no history is kept', () => {
  const row: RowFact = {
    ...{ id: 'row', source: 'orders:shop', system: 'crm', kind: 'row', channel: 'shop' },
    ...{ status: 'SUBMITTED', approximate: false, attributes: {}, pricingStartedAt: null },
    at: epochMs(NOW - 3 * HOUR),
    createdAt: epochMs(NOW - 4 * HOUR),
    updatedAt: epochMs(NOW - 2 * HOUR),
    takenAt: epochMs(NOW - HOUR),
  }
  expect(toMoments([row], NOW)).toEqual([NOW - HOUR, NOW - 3 * HOUR])
  expect(toMoments([row, change(2, null)], NOW)).toEqual([
    NOW - HOUR,
    NOW - 2 * HOUR,
    NOW - 3 * HOUR,
  ])
})

test('and around no more than six', () => {
  const facts = Array.from({ length: 20 }, (_, hours) => change(hours, 0))
  expect(toMoments(facts, NOW)).toHaveLength(6)
  expect(toMoments(facts, NOW)[0]).toBe(NOW)
})

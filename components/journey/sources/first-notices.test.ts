import { expect, test } from 'vitest'
import type { BlindSpot } from '@/lib/journey/journey'
import { firstNotices } from './first-notices'

const spot = (code: BlindSpot['code'], system: string | null = null): BlindSpot => ({
  ...{ code, source: null, system, values: {} },
})

test('tells first who did not answer, of one kind in the order they came, and three at most', () => {
  const spots = [
    spot('duplicates-unseen'),
    spot('not-traced', 's3'),
    spot('not-traced', 'crm'),
    spot('context-broken'),
    spot('source-missing'),
  ]
  expect(firstNotices(spots).map(({ code, system }) => [code, system])).toEqual([
    ['source-missing', null],
    ['context-broken', null],
    ['not-traced', 's3'],
  ])
})

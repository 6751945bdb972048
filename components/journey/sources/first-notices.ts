import type { BlindSpot } from '@/lib/journey/journey'

/** What a person at the telephone has to know first: who did not answer, before what nobody records. */
const RANKS: readonly BlindSpot['code'][] = [
  'source-missing',
  'only-traces',
  'source-stale',
  'source-partial',
  'unknown-status',
  'context-broken',
  'past-retention',
  'no-spans',
  'not-traced',
  'not-kept',
]

/** As many as are read at a glance; the page has all of them further down. */
const MOST = 3

/** The few blind spots that are told beneath the answer, the weightiest first. */
export const firstNotices = (spots: readonly BlindSpot[]): readonly BlindSpot[] =>
  spots
    .filter(({ code }) => RANKS.includes(code))
    .toSorted((a, b) => RANKS.indexOf(a.code) - RANKS.indexOf(b.code))
    .slice(0, MOST)

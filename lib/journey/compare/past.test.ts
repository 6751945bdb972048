import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { buildJourney } from '../build-journey'
import { COMPANY } from '../fixtures/company'
import { EXAMPLE_NOW, exampleGathered } from '../fixtures/example-journey'
import { DAY, HOUR, MINUTE, moment } from '../fixtures/moment'
import { type DwellHistory, ENOUGH, quantile } from './dwell-history'
import { expectCompletion } from './expect-completion'
import { HISTORY, past, stay } from './fixtures/past'
import { rankDwell } from './rank-dwell'
import { toMedianWay, toWay } from './way'

const NOW = moment('2026-11-20T12:00+00:00')
const only = (...statuses: DwellHistory['statuses']): DwellHistory => ({
  ...{ channel: 'retail', orders: 400, days: 92 },
  statuses,
})
const open = (status: string, dwell: number) => ({
  ended: false,
  stays: [stay(status, dwell, { open: true })],
})

describe('the rank of a dwell', () => {
  it('is how many of how many were shorter, rounded down', () => {
    const history = only(past('A', 412, MINUTE))
    expect(rankDwell(stay('A', 401.5 * MINUTE), history)).toEqual({ longerThan: 97, of: 412 })
    expect(rankDwell(stay('A', 412 * MINUTE), history)).toEqual({ longerThan: 99, of: 412 })
    expect(rankDwell(stay('A', 413 * MINUTE), history)).toEqual({ longerThan: 100, of: 412 })
    expect(rankDwell(stay('A', MINUTE), history)).toEqual({ longerThan: 0, of: 412 })
  })

  it('is none of too few, of another clock, of an inexact dwell, and of what is not counted', () => {
    expect(rankDwell(stay('A', HOUR), only(past('A', ENOUGH, MINUTE)))).not.toBeNull()
    expect(rankDwell(stay('A', HOUR), only(past('A', ENOUGH - 1, MINUTE)))).toBeNull()
    expect(rankDwell(stay('A', HOUR), only(past('B', 400, MINUTE)))).toBeNull()
    const business = only(past('A', 400, MINUTE, 0, { clock: 'business' }))
    expect(rankDwell(stay('A', HOUR), business)).toBeNull()
    const history = only(past('A', 400, MINUTE))
    expect(rankDwell(stay('A', HOUR, { exact: false }), history)).toBeNull()
    const end = stay('A', 0, { dwell: { wall: null, business: null } })
    expect(rankDwell(end, history)).toBeNull()
  })

  test('never falls while a dwell grows', () => {
    const dwells = fc.array(fc.nat(1_000), { minLength: ENOUGH, maxLength: 80 })
    fc.assert(
      fc.property(dwells, fc.nat(1_100), fc.nat(100), (all, dwell, more) => {
        const stays = all.toSorted((a, b) => a - b).map((ms) => ({ dwell: ms, untilEnd: ms }))
        const history = only({ ...past('A', 0, 0), stays })
        const rank = (ms: number) => rankDwell(stay('A', ms), history)?.longerThan ?? -1
        expect(rank(dwell)).toBeGreaterThanOrEqual(0)
        expect(rank(dwell + more)).toBeGreaterThanOrEqual(rank(dwell))
      }),
    )
  })
})

describe('the usual way', () => {
  it('has the statuses that half of the orders passed, each with its median', () => {
    expect(
      toMedianWay(HISTORY).stays.map(({ status, clock, dwell }) => [status, dwell[clock]]),
    ).toEqual([
      ['PLACED', 20 * MINUTE],
      ['PRICED', 10 * HOUR],
      ['MAKING', 5 * DAY],
    ])
  })

  test('has a median that half of the values do not exceed, whatever the order they came in', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1 }), (values) => {
        const median = (all: readonly number[]) =>
          quantile(
            all.toSorted((a, b) => a - b),
            0.5,
          ) ?? -1
        expect(median(values)).toBe(median(values.toReversed()))
        const below = values.filter((value) => value <= median(values)).length
        expect(below * 2).toBeGreaterThanOrEqual(values.length)
        expect(values).toContain(median(values))
      }),
    )
    expect(quantile([], 0.5)).toBeNull()
  })
})

describe('the expected end', () => {
  it('rests on those that stayed as long, and not on those that left sooner', () => {
    // 400 stays of up to 10 days: 200 lasted five days and more, and ended two days after.
    const five = expectCompletion(open('MAKING', 5 * DAY), HISTORY, NOW)
    expect(five).toMatchObject({ kind: 'estimate', of: 201 })
    if (five.kind !== 'estimate') throw new Error('No estimate')
    expect((five.half - NOW) / DAY).toBeCloseTo(4.5)
    expect((five.most - NOW) / DAY).toBeCloseTo(6.5)
  })

  it('is none where too few stayed as long, or where nothing can be reckoned from', () => {
    const end = (way: Parameters<typeof expectCompletion>[0], history = HISTORY) =>
      expectCompletion(way, history, NOW)
    expect(end(open('MAKING', 9.9 * DAY))).toEqual({ kind: 'none', why: 'rare', of: 5 })
    expect(end(open('REWORKED', HOUR))).toEqual({ kind: 'none', why: 'too-few', of: 20 })
    expect(end(open('ELSEWHERE', HOUR))).toEqual({ kind: 'none', why: 'too-few', of: 0 })
    expect(end({ ...open('MAKING', DAY), ended: true })).toMatchObject({ why: 'ended' })
    const inexact = { ended: false, stays: [stay('MAKING', DAY, { exact: false })] }
    expect(end(inexact)).toMatchObject({ why: 'not-exact' })
    const few = { ...HISTORY, orders: ENOUGH - 1 }
    expect(end(open('MAKING', DAY), few)).toMatchObject({ why: 'too-few' })
  })

  test('is never past, and rests on enough orders', () => {
    const stays = fc.array(fc.tuple(fc.nat(1_000), fc.nat(1_000)), { maxLength: 120 })
    fc.assert(
      fc.property(stays, fc.nat(900), (all, elapsed) => {
        const sorted = all.toSorted((a, b) => a[0] - b[0])
        const history = only({
          ...past('A', 0, 0),
          stays: sorted.map(([dwell, after]) => ({ dwell, untilEnd: dwell + after })),
        })
        const told = expectCompletion(open('A', elapsed), history, NOW)
        if (told.kind === 'none') {
          expect(told.of).toBeLessThan(ENOUGH)
          return
        }
        expect(told.of).toBeGreaterThanOrEqual(ENOUGH)
        expect(told.half).toBeGreaterThan(NOW)
        expect(told.most).toBeGreaterThanOrEqual(told.half)
      }),
    )
  })
})

test('an order that has ended has no dwell in its end', () => {
  const journey = buildJourney(exampleGathered, COMPANY, EXAMPLE_NOW)
  const way = toWay(journey)
  expect(way.ended).toBe(false)
  expect(way.stays.at(-1)).toMatchObject({ open: true, status: journey.current?.status })
  expect(way.stays.map(({ dwell }) => dwell.wall)).toEqual(journey.stages.map(({ dwell }) => dwell))

  const { current } = journey
  if (!current) throw new Error('No status')
  const ended = toWay({ ...journey, current: { ...current, terminal: true } })
  expect(ended.ended).toBe(true)
  expect(ended.stays.at(-1)).toMatchObject({ open: false, dwell: { wall: null, business: null } })
})

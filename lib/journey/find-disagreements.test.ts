import { describe, expect, test } from 'vitest'
import { buildJourney } from './build-journey'
import type { Fact } from './fact'
import { COMPANY } from './fixtures/company'
import { DAY, HOUR, moment, plus, SECOND } from './fixtures/moment'
import { change, gather, history, report, row, span } from './fixtures/said'
import type { SourceReport } from './journey'
import type { EpochMs } from './types'

const T = moment('2026-11-18T10:00+03:00')
const find = (facts: readonly Fact[], now: EpochMs, reports: readonly SourceReport[] = []) =>
  buildJourney(gather(facts, now, reports), COMPANY, now).disagreements

const behind = [
  ...history('mes', [['PRICE_CALCULATED', T]]),
  row('crm', 'SUBMITTED', plus(T, -HOUR)),
]

describe('records disagree', () => {
  test('from the first moment that one is behind, since the change it lacks', () => {
    expect(find(behind, plus(T, SECOND))).toMatchObject([
      {
        code: 'behind',
        owner: 'mes',
        ownerStatus: 'PRICE_CALCULATED',
        other: 'crm',
        otherStatus: 'SUBMITTED',
        since: T,
        fresh: true,
      },
    ])
  })

  test('without a conclusion while a side is stale', () => {
    const stale = report('orders:shop', T, { state: 'stale', reason: 'replica-lags' })
    expect(find(behind, plus(T, DAY), [stale])).toMatchObject([{ code: 'behind', fresh: false }])
  })

  test('where one is ahead of its owner', () => {
    const facts = [
      ...history('mes', [['MANUFACTURING_COMPLETED', T]]),
      row('crm', 'PACKAGING', plus(T, HOUR)),
    ]
    expect(find(facts, plus(T, DAY))).toMatchObject([
      { code: 'ahead', owner: 'mes', other: 'crm', since: plus(T, HOUR) },
    ])
  })

  test('not where nobody tells a system what came after it', () => {
    const facts = [
      ...history('shop', [['SUBMITTED', plus(T, -DAY)]]),
      ...history('mes', [['PRICE_CALCULATED', T]]),
      ...history('crm', [['PRICE_CALCULATED', plus(T, SECOND)]]),
    ]
    expect(find(facts, plus(T, DAY))).toEqual([])
  })

  test('where a history is newer than its row', () => {
    const facts = [
      row('mes', 'MANUFACTURING_COMPLETED', T),
      change('mes', 'MANUFACTURING_COMPLETED', T),
      change('mes', 'PACKAGING', plus(T, HOUR)),
    ]
    expect(find(facts, plus(T, DAY))).toMatchObject([
      {
        code: 'row-and-history',
        owner: 'mes',
        ownerStatus: 'PACKAGING',
        otherStatus: 'MANUFACTURING_COMPLETED',
        since: plus(T, HOUR),
      },
    ])
  })

  test('where another system goes on after the end', () => {
    const facts = [...history('crm', [['CLOSED', T]]), row('mes', 'SHIPPED', plus(T, HOUR))]
    expect(find(facts, plus(T, DAY))).toMatchObject([
      { code: 'after-end', other: 'mes', since: plus(T, HOUR) },
    ])
  })

  test('with a side to believe, unless one of them is old', () => {
    const stale = report('orders:shop', T, { state: 'stale', reason: 'replica-lags' })
    expect(find(behind, plus(T, DAY))).toMatchObject([{ believe: 'mes', why: 'owner' }])
    expect(find(behind, plus(T, DAY), [stale])).toMatchObject([{ believe: null, why: 'not-fresh' }])
  })

  test('where a copy skipped what its owner showed, and both are fresh', () => {
    // mes  STARTED ── COMPLETED ── PACKAGING        crm  STARTED ─────────── PACKAGING
    const facts = [
      ...history('mes', [
        ['MANUFACTURING_STARTED', T],
        ['MANUFACTURING_COMPLETED', plus(T, HOUR)],
        ['PACKAGING', plus(T, 2 * HOUR)],
      ]),
      ...history('crm', [
        ['MANUFACTURING_STARTED', plus(T, SECOND)],
        ['PACKAGING', plus(T, 2 * HOUR + SECOND)],
      ]),
    ]
    expect(find(facts, plus(T, DAY))).toMatchObject([
      {
        code: 'gap',
        owner: 'mes',
        ownerStatus: 'MANUFACTURING_COMPLETED',
        other: 'crm',
        otherStatus: 'PACKAGING',
        since: plus(T, HOUR),
        believe: 'mes',
      },
    ])
    const stale = report('orders:mes', T, { state: 'stale', reason: 'replica-lags' })
    expect(find(facts, plus(T, DAY), [stale])).toEqual([])
  })

  test('where a message was sent, and past its limit nobody is seen to have taken it', () => {
    const facts = [
      ...history('mes', [['PRICE_CALCULATED', T, { sentAt: plus(T, SECOND) }]]),
      row('crm', 'SUBMITTED', plus(T, -HOUR)),
    ]
    expect(find(facts, plus(T, SECOND)).map(({ code }) => code)).toEqual(['behind'])
    expect(find(facts, plus(T, HOUR))).toMatchObject([
      { code: 'behind', since: T },
      { code: 'never-consumed', owner: 'mes', other: 'crm', believe: 'crm', why: 'record' },
    ])
    const down = report('jaeger', T, { state: 'missing', reason: 'timeout', asOf: null })
    expect(find(facts, plus(T, HOUR), [down]).map(({ code }) => code)).toEqual(['behind'])
    const took = span('crm', 'mes_to_crm process', plus(T, 2 * SECOND), { spanKind: 'consumer' })
    expect(find([...facts, took], plus(T, HOUR)).map(({ code }) => code)).toEqual(['behind'])
  })
})

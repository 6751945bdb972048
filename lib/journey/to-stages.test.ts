import { describe, expect, test } from 'vitest'
import { buildJourney } from './build-journey'
import type { Fact } from './fact'
import { COMPANY } from './fixtures/company'
import { DAY, HOUR, MINUTE, moment, plus } from './fixtures/moment'
import { change, gather, history, row, span } from './fixtures/said'
import type { Pipeline } from './pipeline'

const T = moment('2026-11-18T10:00+03:00')
const stagesOf = (facts: readonly Fact[], now = plus(T, 2 * DAY), pipeline: Pipeline = COMPANY) =>
  buildJourney(gather(facts, now), pipeline, now).stages

describe('the stages', () => {
  test('are the stays in their owners records; copies are none', () => {
    // mes  SUBMITTED(copy) ── PRICED ──────────────────────────
    // crm  SUBMITTED(copy) ──── PRICED(copy) ──── APPROVED ────
    const facts = [
      ...history('shop', [['SUBMITTED', T]]),
      ...history('mes', [
        ['SUBMITTED', plus(T, MINUTE)],
        ['PRICE_CALCULATED', plus(T, 20 * MINUTE)],
      ]),
      ...history('crm', [
        ['SUBMITTED', plus(T, 30_000)],
        ['PRICE_CALCULATED', plus(T, 21 * MINUTE)],
        ['MANUFACTURING_APPROVED', plus(T, 80 * MINUTE)],
      ]),
    ]
    expect(stagesOf(facts, plus(T, 140 * MINUTE))).toMatchObject([
      { status: 'SUBMITTED', system: 'shop', dwell: 20 * MINUTE, businessDwell: null },
      { status: 'PRICE_CALCULATED', system: 'mes', dwell: HOUR, businessDwell: HOUR },
      { status: 'MANUFACTURING_APPROVED', system: 'crm', dwell: HOUR, left: null },
    ])
  })

  test('come twice for an order that was released, and belong to who released it', () => {
    // mes  STARTED ─ APPROVED ─ STARTED      crm  STARTED ─ APPROVED(copy) ─ STARTED(copy)
    const steps = (delay: number) =>
      [
        ['MANUFACTURING_STARTED', plus(T, delay)],
        ['MANUFACTURING_APPROVED', plus(T, HOUR + delay)],
        ['MANUFACTURING_STARTED', plus(T, 3 * HOUR + delay)],
      ] as const
    const stages = stagesOf([...history('mes', steps(0)), ...history('crm', steps(2000))])
    expect(stages.map(({ status, system, dwell }) => [status, system, dwell / HOUR])).toEqual([
      ['MANUFACTURING_STARTED', 'mes', 1],
      ['MANUFACTURING_APPROVED', 'mes', 2],
      ['MANUFACTURING_STARTED', 'mes', 45],
    ])
  })

  test('begin with the first writing of a status that was written twice', () => {
    const facts = history('mes', [
      ['MANUFACTURING_STARTED', T],
      ['PACKAGING', plus(T, HOUR)],
      ['PACKAGING', plus(T, 3 * HOUR)],
    ])
    expect(stagesOf(facts)).toMatchObject([
      { status: 'MANUFACTURING_STARTED', dwell: HOUR },
      { status: 'PACKAGING', entered: plus(T, HOUR), left: null },
    ])
  })

  test('without a history come from the rows, and from what spans say', () => {
    // row   ················· PRICED      span  SUBMITTED
    const facts = [
      row('mes', 'PRICE_CALCULATED', plus(T, HOUR)),
      span('shop', 'submit', T, { statusTo: 'SUBMITTED', duration: 0 }),
    ]
    expect(stagesOf(facts)).toMatchObject([
      { status: 'SUBMITTED', entered: T, approximate: 'from-spans' },
      { status: 'PRICE_CALCULATED', entered: plus(T, HOUR), approximate: 'no-history' },
    ])
  })

  test('of a system that keeps no history come from its copies', () => {
    const facts = [
      ...history('crm', [
        ['MANUFACTURING_APPROVED', T],
        ['MANUFACTURING_STARTED', plus(T, HOUR)],
      ]),
      row('mes', 'MANUFACTURING_COMPLETED', plus(T, DAY)),
    ]
    expect(stagesOf(facts)).toMatchObject([
      { status: 'MANUFACTURING_APPROVED', approximate: null },
      { status: 'MANUFACTURING_STARTED', system: 'mes', approximate: 'copy' },
      { status: 'MANUFACTURING_COMPLETED', approximate: 'no-history' },
    ])
  })

  test('before a gap are approximate', () => {
    // history  COMPLETED ─ ─ ? ─ ─        row  PACKAGING
    const facts = [
      change('mes', 'MANUFACTURING_COMPLETED', T),
      row('mes', 'PACKAGING', plus(T, HOUR)),
    ]
    const journey = buildJourney(gather(facts), COMPANY, plus(T, 2 * HOUR))
    expect(journey.stages).toMatchObject([
      { status: 'MANUFACTURING_COMPLETED', approximate: 'history-gap' },
      { status: 'PACKAGING', approximate: null },
    ])
    expect(journey.blindSpots).toContainEqual({
      code: 'history-gap',
      source: 'orders:mes',
      system: 'mes',
      values: { status: 'PACKAGING' },
    })
  })

  test('are judged by the limit of their time, with the one of today beside it', () => {
    // SUBMITTED ── 40m ── PRICED      then 35m and 60m: warn · today 5m and 10m
    const today = plus(T, DAY)
    const strict: Pipeline = {
      ...COMPANY,
      statuses: COMPANY.statuses.map((status) =>
        status.id === 'SUBMITTED'
          ? {
              ...status,
              limits: [
                ...status.limits,
                {
                  validFrom: today,
                  warn: { clock: 'wall', ms: 5 * MINUTE },
                  critical: { clock: 'wall', ms: 10 * MINUTE },
                },
              ],
            }
          : status,
      ),
    }
    const facts = [
      ...history('shop', [['SUBMITTED', T]]),
      ...history('mes', [['PRICE_CALCULATED', plus(T, 40 * MINUTE)]]),
    ]
    const [before] = stagesOf(facts, plus(today, -1), strict)
    const [then] = stagesOf(facts, today, strict)
    expect(before).toMatchObject({ level: 'warn', limitToday: null })
    expect(then).toMatchObject({ level: 'warn', limitToday: { warnAt: plus(T, 5 * MINUTE) } })
  })

  test('have neither a limit nor a next step once the order is closed', () => {
    const stages = stagesOf(history('crm', [['CLOSED', T]]), plus(T, 900 * DAY))
    expect(stages).toMatchObject([{ limit: null, level: 'ok', waitsFor: null, left: null }])
  })

  test('rest on the changes, the row, and the spans that name them', () => {
    const work = span('mes', 'pack', plus(T, 5), { statusTo: 'PACKAGING' })
    const [stage] = stagesOf([...history('mes', [['PACKAGING', T]]), work])
    expect(stage?.evidence).toEqual([`change:mes:PACKAGING:${T}`, 'row:mes', work.id])
  })
})

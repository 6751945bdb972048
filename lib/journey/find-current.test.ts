import { describe, expect, test } from 'vitest'
import { collectFacts } from './collect-facts'
import type { Fact } from './fact'
import { findCurrent } from './find-current'
import { COMPANY, COMPANY_THAT_CANCELS } from './fixtures/company'
import { HOUR, MINUTE, moment, plus } from './fixtures/moment'
import { change, history, row, span } from './fixtures/said'
import type { Pipeline } from './pipeline'
import { toCourse } from './to-course'
import { toRecords } from './to-records'

const T = moment('2026-11-18T10:00+03:00')

const find = (
  facts: readonly Fact[],
  { silent = [], pipeline = COMPANY }: { silent?: readonly string[]; pipeline?: Pipeline } = {},
) => {
  const course = toCourse(pipeline, 'shop')
  const records = toRecords(collectFacts(facts), course)
  return findCurrent(records, course, (system) => !silent.includes(system))
}

describe('findCurrent', () => {
  test('1. takes a terminal status in its owner row, whatever others show', () => {
    const facts = [row('crm', 'CANCELLED', T), row('mes', 'MANUFACTURING_STARTED', plus(T, HOUR))]
    expect(find(facts, { pipeline: COMPANY_THAT_CANCELS })).toMatchObject({
      status: 'CANCELLED',
      system: 'crm',
      at: T,
    })
  })

  test('1. does not take it from a copy', () => {
    const facts = [row('mes', 'CANCELLED', plus(T, HOUR)), row('crm', 'PRICE_CALCULATED', T)]
    expect(find(facts, { pipeline: COMPANY_THAT_CANCELS })?.status).not.toBe('CANCELLED')
  })

  test('2. takes the highest status that a row shows', () => {
    const facts = [
      row('shop', 'SUBMITTED', T),
      row('crm', 'SUBMITTED', plus(T, MINUTE)),
      row('mes', 'PRICE_CALCULATED', plus(T, HOUR)),
    ]
    expect(find(facts)).toMatchObject({ status: 'PRICE_CALCULATED', system: 'mes', copyOf: null })
  })

  test('2. follows the owner down', () => {
    // mes  STARTED ── APPROVED     crm  STARTED
    const facts = [
      row('crm', 'MANUFACTURING_STARTED', T),
      ...history('mes', [
        ['MANUFACTURING_STARTED', T],
        ['MANUFACTURING_APPROVED', plus(T, HOUR)],
      ]),
    ]
    expect(find(facts)).toMatchObject({
      status: 'MANUFACTURING_APPROVED',
      system: 'mes',
      at: plus(T, HOUR),
      approximate: null,
    })
  })

  test('2. takes an own status without a rank while its row is the newest', () => {
    const failed = {
      ...COMPANY,
      statuses: [
        ...COMPANY.statuses,
        {
          id: 'PRICE_FAILED',
          label: { en: 'x', ru: 'x' },
          terminal: false,
          owner: { shop: 'mes' },
          handedTo: {},
          clock: 'wall' as const,
          limits: [],
        },
      ],
    }
    const facts = [row('mes', 'PRICE_FAILED', T), row('crm', 'SUBMITTED', plus(T, -HOUR))]
    expect(find(facts, { pipeline: failed })?.status).toBe('PRICE_FAILED')
    const moved = [row('mes', 'PRICE_FAILED', T), row('crm', 'SUBMITTED', plus(T, HOUR))]
    expect(find(moved, { pipeline: failed })?.status).toBe('SUBMITTED')
  })

  test('3. shows a copy, approximately, where the owner is silent or has no row', () => {
    const copy = row('crm', 'PACKAGING', plus(T, HOUR))
    const shown = { status: 'PACKAGING', system: 'mes', approximate: 'copy', copyOf: 'crm' }
    expect(find([copy])).toMatchObject(shown)
    expect(
      find([copy, row('mes', 'MANUFACTURING_COMPLETED', T)], { silent: ['mes'] }),
    ).toMatchObject(shown)
  })

  test('3. names what is the owner own, and old', () => {
    const facts = [...history('mes', [['PACKAGING', T]]), row('crm', 'PACKAGING', plus(T, HOUR))]
    expect(find(facts, { silent: ['mes'] })).toMatchObject({
      at: T,
      approximate: 'stale',
      copyOf: null,
    })
  })

  test('4. shows an unknown status as it stands', () => {
    expect(find([row('crm', 'ON_THE_MOON', T), row('mes', 'PACKAGING', T)])).toMatchObject({
      status: 'ON_THE_MOON',
      system: 'crm',
    })
  })

  test('5. without a row, takes the newest status that spans of this order name', () => {
    const facts = [
      span('shop', 'submit', T, { statusTo: 'SUBMITTED' }),
      span('mes', 'calculate_price', plus(T, 1), {
        statusTo: 'PRICE_CALCULATED',
        duration: 20 * MINUTE,
      }),
      span('mes', 'list', plus(T, HOUR), { statusTo: 'SHIPPED', shared: true }),
    ]
    expect(find(facts)).toMatchObject({
      status: 'PRICE_CALCULATED',
      at: plus(T, 20 * MINUTE + 1),
      approximate: 'from-spans',
    })
    expect(find([])).toBeNull()
  })

  test('6. believes a row that is newer than its history', () => {
    // history  COMPLETED ·······        row  PACKAGING
    const facts = [
      change('mes', 'MANUFACTURING_COMPLETED', T),
      row('mes', 'PACKAGING', plus(T, HOUR)),
    ]
    expect(find(facts)).toMatchObject({ status: 'PACKAGING', at: plus(T, HOUR), approximate: null })
  })

  test('6. believes a history that is newer than its row, and says so', () => {
    const facts = [
      row('mes', 'MANUFACTURING_COMPLETED', T),
      change('mes', 'MANUFACTURING_COMPLETED', T),
      change('mes', 'PACKAGING', plus(T, HOUR)),
    ]
    expect(find(facts)).toMatchObject({ status: 'PACKAGING', approximate: 'row-disagrees' })
  })
})

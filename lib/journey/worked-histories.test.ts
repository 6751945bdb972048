// Long, because the worked histories are read side by side.
import { describe, expect, test } from 'vitest'
import { buildJourney } from './build-journey'
import type { Fact } from './fact'
import { COMPANY, COMPANY_HALF_TRACED, COMPANY_THAT_CANCELS } from './fixtures/company'
import { DAY, HOUR, MINUTE, moment, plus } from './fixtures/moment'
import { below, change, gather, history, report, row, span } from './fixtures/said'
import type { SourceReport } from './journey'
import type { Pipeline } from './pipeline'
import type { EpochMs } from './types'

/** The worked histories of the company: where the order is, since when, whose turn it is, what disagrees. */
const look = (
  facts: readonly Fact[],
  now: EpochMs,
  reports: readonly SourceReport[] = [],
  pipeline: Pipeline = COMPANY,
) => buildJourney(gather(facts, now, reports), pipeline, now)

const T = moment('2026-11-18T10:00+03:00') // a Wednesday

const submitted = (at: EpochMs): readonly Fact[] => [
  ...history('shop', [
    ['INITIATED', plus(at, -2 * HOUR)],
    ['FILE_UPLOADED', plus(at, -HOUR)],
    ['SUBMITTED', at],
  ]),
]
const taken = (at: EpochMs): readonly Fact[] => [
  ...submitted(at),
  ...history('crm', [['SUBMITTED', plus(at, 20_000)]], { takenAt: plus(at, 20_000) }),
]
const APPROVED = moment('2026-11-20T18:00+03:00') // a Friday
const PRICED = plus(APPROVED, -4 * HOUR)
const approvedByBoth = (at: EpochMs): readonly Fact[] => [
  ...submitted(plus(PRICED, -20 * MINUTE)),
  ...history('mes', [
    ['SUBMITTED', plus(PRICED, -18 * MINUTE)],
    ['PRICE_CALCULATED', PRICED],
    ['MANUFACTURING_APPROVED', plus(at, 3000)],
  ]),
  ...history('crm', [
    ['SUBMITTED', plus(PRICED, -19 * MINUTE)],
    ['PRICE_CALCULATED', plus(PRICED, 2000)],
    ['MANUFACTURING_APPROVED', at],
  ]),
]
const STALE: Partial<SourceReport> = { state: 'stale', reason: 'replica-lags' }

describe('the worked histories', () => {
  test('1a: in pricing for 12 minutes is on track', () => {
    // shop SUBMITTED ─ crm took it ─ mes prices ─ ─ 12m ─ ─ now
    const facts = [
      ...taken(T),
      row('mes', 'SUBMITTED', plus(T, MINUTE), { pricingStartedAt: plus(T, MINUTE) }),
      change('mes', 'SUBMITTED', plus(T, MINUTE)),
    ]
    const { current, disagreements, handoffs } = look(facts, plus(T, 13 * MINUTE))
    expect(current).toMatchObject({ status: 'SUBMITTED', since: T, turn: 'system', level: 'ok' })
    expect(current?.system).toBe('shop')
    expect(disagreements).toEqual([])
    expect(handoffs.map(({ from, to, state }) => [from, to, state])).toEqual([
      ['shop', 'crm', 'saved'],
      ['crm', 'mes', 'saved'],
    ])
  })

  test('3: a partner order in pricing is on track, and belongs to production', () => {
    const facts = history('mes', [['SUBMITTED', T]], { channel: 'partner', pricingStartedAt: T })
    const { channel, current, handoffs, disagreements } = look(facts, plus(T, 20 * MINUTE))
    expect(channel).toBe('partner')
    expect(current).toMatchObject({ status: 'SUBMITTED', system: 'mes', since: T, level: 'ok' })
    expect(handoffs).toEqual([])
    expect(disagreements).toEqual([])
  })

  test('5a: approved on Friday evening, a Sunday alarms nobody', () => {
    const { current, stages, disagreements } = look(
      approvedByBoth(APPROVED),
      moment('2026-11-22T19:00+03:00'),
    )
    expect(current).toMatchObject({ since: APPROVED, turn: 'operator', level: 'ok' })
    expect(stages.at(-1)).toMatchObject({ businessDwell: 0, dwell: 2 * DAY + HOUR })
    expect(disagreements).toEqual([])
  })

  test('5b: warn on Monday at 18:00, breach on Tuesday at 18:00', () => {
    const level = (text: string) => look(approvedByBoth(APPROVED), moment(text)).current?.level
    expect(level('2026-11-23T17:59:59+03:00')).toBe('ok')
    expect(level('2026-11-23T18:00+03:00')).toBe('warn')
    expect(level('2026-11-24T17:59:59+03:00')).toBe('warn')
    expect(level('2026-11-24T18:00+03:00')).toBe('breach')
  })

  test('5c: packing since Friday 17:00 has used one business hour by Sunday', () => {
    const packing = moment('2026-11-20T17:00+03:00')
    const facts = [
      ...history('mes', [
        ['MANUFACTURING_STARTED', plus(packing, -3 * DAY)],
        ['MANUFACTURING_COMPLETED', plus(packing, -HOUR)],
        ['PACKAGING', packing],
      ]),
      ...history('crm', [['PACKAGING', plus(packing, 1000)]]),
    ]
    const { current, stages } = look(facts, moment('2026-11-22T12:00+03:00'))
    expect(current).toMatchObject({ status: 'PACKAGING', turn: 'operator', level: 'ok' })
    expect(stages.at(-1)?.businessDwell).toBe(HOUR)
  })

  test('6b: set back in the sales system by a late message', () => {
    // mes  STARTED ── COMPLETED ────────────── now
    // crm  ─ STARTED ── COMPLETED ──── STARTED   half an hour ago
    const now = plus(T, DAY)
    const back = plus(now, -30 * MINUTE)
    const facts = [
      ...history('mes', [
        ['MANUFACTURING_STARTED', plus(T, -DAY)],
        ['MANUFACTURING_COMPLETED', T],
      ]),
      ...history('crm', [
        ['MANUFACTURING_STARTED', plus(T, -DAY + 2000)],
        ['MANUFACTURING_COMPLETED', plus(T, 2000)],
        ['MANUFACTURING_STARTED', back],
      ]),
    ]
    const { current, disagreements, handoffs, stages } = look(facts, now)
    expect(current).toMatchObject({ status: 'MANUFACTURING_COMPLETED', system: 'mes', since: T })
    expect(stages.map(({ status }) => status)).toEqual([
      'MANUFACTURING_STARTED',
      'MANUFACTURING_COMPLETED',
    ])
    expect(disagreements).toMatchObject([
      { code: 'behind', owner: 'mes', other: 'crm', since: back, fresh: true },
    ])
    expect(handoffs.at(-1)).toMatchObject({ state: 'open', level: 'breach', wait: 30 * MINUTE })
  })

  test('8: released an hour ago and not told', () => {
    // mes  APPROVED ── STARTED ──── APPROVED ─ ─ 1h ─ ─ now
    // crm  APPROVED ── STARTED ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─
    const released = plus(T, DAY)
    const now = plus(released, HOUR)
    const facts = [
      ...history('mes', [
        ['MANUFACTURING_APPROVED', plus(T, -HOUR)],
        ['MANUFACTURING_STARTED', T, { sentAt: T }],
        ['MANUFACTURING_APPROVED', released, { sentAt: null }],
      ]),
      ...history('crm', [
        ['MANUFACTURING_APPROVED', plus(T, -HOUR - 2000)],
        ['MANUFACTURING_STARTED', plus(T, 2000)],
      ]),
    ]
    const { current, disagreements, handoffs, stages } = look(facts, now)
    expect(current).toMatchObject({
      status: 'MANUFACTURING_APPROVED',
      system: 'mes',
      since: released,
      turn: 'operator',
      level: 'ok',
      copyOf: null,
    })
    expect(stages.map(({ status, system }) => `${status} ${system}`)).toEqual([
      'MANUFACTURING_APPROVED crm',
      'MANUFACTURING_STARTED mes',
      'MANUFACTURING_APPROVED mes',
    ])
    expect(handoffs.at(-1)).toMatchObject({
      from: 'mes',
      to: 'crm',
      status: 'MANUFACTURING_APPROVED',
      started: released,
      sent: null,
      state: 'open',
      level: 'breach',
    })
    expect(disagreements).toMatchObject([{ code: 'ahead', other: 'crm', since: released }])
  })

  const started = (crm: readonly Fact[]): readonly Fact[] => [
    ...history('mes', [['MANUFACTURING_STARTED', T]]),
    ...crm,
  ]
  const cancelledAt = plus(T, DAY)
  const cancelled = history('crm', [
    ['MANUFACTURING_STARTED', plus(T, 1000)],
    ['CANCELLED', cancelledAt],
  ])

  test('9a: a status that the pipeline does not know is shown as it stands, and not judged', () => {
    const { current, stages, blindSpots } = look(started(cancelled), plus(cancelledAt, 40 * DAY))
    expect(current).toMatchObject({
      status: 'CANCELLED',
      known: false,
      system: 'crm',
      since: cancelledAt,
      turn: 'unknown',
      level: 'ok',
    })
    expect(stages.at(-1)?.limit).toBeNull()
    expect(blindSpots).toContainEqual({
      code: 'unknown-status',
      source: 'orders:shop',
      system: 'crm',
      values: { status: 'CANCELLED' },
    })
  })

  test('9b: ended in both, it has ended', () => {
    const facts = [
      ...cancelled,
      ...history('mes', [
        ['MANUFACTURING_STARTED', T],
        ['CANCELLED', plus(cancelledAt, 5000)],
      ]),
    ]
    const { current, disagreements } = look(
      facts,
      plus(cancelledAt, 2 * HOUR),
      [],
      COMPANY_THAT_CANCELS,
    )
    expect(current).toMatchObject({ status: 'CANCELLED', terminal: true, turn: 'nobody' })
    expect(disagreements).toEqual([])
  })

  test('9c: an hour after the end production still works on it', () => {
    const at = (passed: number) =>
      look(started(cancelled), plus(cancelledAt, passed), [], COMPANY_THAT_CANCELS)
    expect(at(HOUR).current).toMatchObject({ status: 'CANCELLED', since: cancelledAt })
    expect(at(HOUR).disagreements).toMatchObject([
      { code: 'after-end', other: 'mes', otherStatus: 'MANUFACTURING_STARTED', fresh: true },
    ])
    expect(at(MINUTE).disagreements).toEqual([])
  })

  test('10: closed, and production stays at shipped', () => {
    const closed = plus(T, 5 * DAY)
    const facts = [
      ...history('mes', [['SHIPPED', T]]),
      ...history('crm', [
        ['SHIPPED', plus(T, 1000)],
        ['CLOSED', closed],
      ]),
    ]
    const { current, disagreements, coming } = look(facts, plus(closed, 30 * DAY))
    expect(current).toMatchObject({ status: 'CLOSED', level: 'ok', turn: 'nobody' })
    expect(disagreements).toEqual([])
    expect(coming).toEqual([])
  })

  test('14a: what a replica two hours behind lacks is no mismatch', () => {
    const now = plus(T, 3 * HOUR)
    const priced = plus(now, -30 * MINUTE)
    const took = span('crm', 'mes_to_crm process', plus(priced, 1000), { spanKind: 'consumer' })
    const facts = [
      ...taken(plus(T, -HOUR)),
      ...history('mes', [
        ['SUBMITTED', plus(T, -50 * MINUTE)],
        ['PRICE_CALCULATED', priced],
      ]),
      took,
      below(took),
    ]
    const { current, disagreements, handoffs } = look(facts, now, [
      report('orders:shop', plus(now, -2 * HOUR), STALE),
    ])
    expect(current).toMatchObject({
      status: 'PRICE_CALCULATED',
      since: priced,
      turn: 'seller',
      level: 'ok',
      approximate: null,
    })
    expect(disagreements.filter(({ fresh }) => fresh)).toEqual([])
    expect(handoffs.at(-1)).toMatchObject({ to: 'crm', state: 'saved' })
  })

  test('14b: an order that the replica lacks is where its spans say, approximately', () => {
    const now = plus(T, 30 * MINUTE)
    const took = span('crm', 'order.take', plus(T, 20_000))
    const facts = [
      span('shop', 'POST /orders', T, { spanKind: 'server', statusTo: 'SUBMITTED' }),
      took,
      below(took),
    ]
    const { current, channel, handoffs, blindSpots } = look(facts, now, [
      report('orders:shop', plus(now, -2 * HOUR), STALE),
    ])
    expect(channel).toBe('shop')
    expect(current).toMatchObject({
      status: 'SUBMITTED',
      system: 'shop',
      level: 'ok',
      approximate: 'from-spans',
    })
    expect(handoffs[0]).toMatchObject({ to: 'crm', state: 'saved' })
    expect(blindSpots.map(({ code }) => code)).toContain('source-stale')
  })

  test('14c: late in both rows is late, whatever is stale', () => {
    // priced Wed 10:00 ── 8bh ── Thu 10:00 ── 1h ── now
    const now = plus(T, DAY + HOUR)
    const facts = [
      ...history('mes', [['PRICE_CALCULATED', T]]),
      ...history('crm', [['PRICE_CALCULATED', plus(T, 1000)]]),
    ]
    const { current, blindSpots } = look(facts, now, [
      report('orders:shop', plus(now, -2 * HOUR), STALE),
    ])
    expect(current).toMatchObject({ status: 'PRICE_CALCULATED', level: 'warn', turn: 'seller' })
    expect(blindSpots.map(({ code }) => code)).toContain('source-stale')
  })

  test('15: a healthy order of a company that traces production only', () => {
    const { current, blindSpots } = look(taken(T), plus(T, 4 * MINUTE), [], COMPANY_HALF_TRACED)
    expect(current).toMatchObject({ status: 'SUBMITTED', level: 'ok' })
    expect(
      blindSpots.filter(({ code }) => code === 'not-traced').map(({ system }) => system),
    ).toEqual(['shop', 's3', 'crm'])
  })

  test('16: without traces the rows still say it', () => {
    const facts = [
      ...history('mes', [['PRICE_CALCULATED', T]]),
      ...history('crm', [['PRICE_CALCULATED', plus(T, 1000)]]),
    ]
    const down = [report('jaeger', T, { state: 'missing', reason: 'timeout', asOf: null })]
    const at = (passed: number) => look(facts, plus(T, passed), down)
    expect(at(DAY).current).toMatchObject({ level: 'warn', turn: 'seller', approximate: null })
    expect(at(HOUR).current).toMatchObject({ level: 'ok', turn: 'seller' })
    expect(at(HOUR).blindSpots).toContainEqual({
      code: 'source-missing',
      source: 'jaeger',
      system: null,
      values: { reason: 'timeout' },
    })
  })
})

import { describe, expect, test } from 'vitest'
import { buildJourney } from './build-journey'
import type { Fact } from './fact'
import { COMPANY, COMPANY_THAT_CANCELS } from './fixtures/company'
import { HOUR, MINUTE, moment, plus, SECOND } from './fixtures/moment'
import { below, gather, history, report, row, span } from './fixtures/said'
import type { SourceReport } from './journey'
import type { EpochMs } from './types'

const T = moment('2026-11-18T10:00+03:00')
const handoffsOf = (facts: readonly Fact[], now: EpochMs, reports: readonly SourceReport[] = []) =>
  buildJourney(gather(facts, now, reports), COMPANY, now).handoffs

const priced = history('mes', [['PRICE_CALCULATED', T]])
const submitted = history('shop', [['SUBMITTED', T]])

describe('a hand-off', () => {
  test('is saved when the receiver shows the change, or a later one', () => {
    // mes  PRICED ── sent        crm  ── PRICED ── APPROVED
    const facts = [
      ...history('mes', [['PRICE_CALCULATED', T, { sentAt: plus(T, SECOND) }]]),
      ...history('crm', [['MANUFACTURING_APPROVED', plus(T, HOUR)]]),
    ]
    expect(handoffsOf(facts, plus(T, 2 * HOUR))[0]).toMatchObject({
      started: T,
      sent: plus(T, SECOND),
      arrived: plus(T, HOUR),
      wait: HOUR,
      state: 'saved',
      level: 'breach',
    })
  })

  test.each([
    [5, 'ok'],
    [6, 'warn'],
    [10, 'warn'],
    [11, 'breach'],
  ])('after %d minutes of 5 and 10, and 1 of work, is %s', (minutes, level) => {
    // mes  PRICED ─ ─ ─ ─ now        crm  SUBMITTED
    const facts = [...priced, row('crm', 'SUBMITTED', plus(T, -HOUR))]
    expect(handoffsOf(facts, plus(T, minutes * MINUTE))).toMatchObject([
      { state: 'open', arrived: null, wait: minutes * MINUTE, level, because: null },
    ])
  })

  test('adds no time of work where a table is polled, and begins the next step where it arrives', () => {
    // shop  SUBMITTED ─5m─▶ crm took it ─ ─ 35m ─ ─ now        mes  ·
    const facts = [
      ...submitted,
      row('crm', 'SUBMITTED', plus(T, 5 * MINUTE), { takenAt: plus(T, 5 * MINUTE) }),
    ]
    expect(handoffsOf(facts, plus(T, 40 * MINUTE))).toMatchObject([
      { from: 'shop', to: 'crm', state: 'saved', level: 'warn' },
      { from: 'crm', to: 'mes', state: 'open', started: plus(T, 5 * MINUTE), level: 'warn' },
    ])
  })

  test('is open where nobody has taken the order, and its next step has not begun', () => {
    expect(handoffsOf(submitted, plus(T, 10 * MINUTE))).toMatchObject([
      { to: 'crm', state: 'open', level: 'breach' },
    ])
  })

  test('cannot be judged where the moment of taking is not kept', () => {
    const notKept = report('orders:shop', plus(T, HOUR), { notKept: ['orders.taken_at'] })
    expect(handoffsOf(submitted, plus(T, HOUR), [notKept])).toMatchObject([
      { state: 'unseen', because: 'orders:shop', level: 'ok' },
    ])
  })

  test('is saved by what lies further on', () => {
    // shop SUBMITTED · crm writes nothing · mes SUBMITTED
    const facts = [...submitted, ...history('mes', [['SUBMITTED', plus(T, MINUTE)]])]
    expect(handoffsOf(facts, plus(T, HOUR)).map(({ to, state }) => [to, state])).toEqual([
      ['crm', 'saved'],
      ['mes', 'saved'],
    ])
  })

  describe('whose receiver cannot be trusted', () => {
    const now = plus(T, 3 * HOUR)
    const stale = (asOf: EpochMs | null) => [
      report('orders:shop', now, { state: 'stale', reason: 'replica-lags', asOf }),
    ]
    const facts = [...priced, row('crm', 'SUBMITTED', plus(T, -HOUR))]

    test('is unseen where it is too young for the data', () => {
      // mes  PRICED ─3m─ asOf ─ ─ ─ ─ now
      expect(handoffsOf(facts, now, stale(plus(T, 3 * MINUTE)))).toMatchObject([
        { state: 'unseen', because: 'orders:shop', level: 'ok' },
      ])
    })

    test('is open where the old data already lack it', () => {
      // mes  PRICED ─────── 1h ─────── asOf ─ ─ now
      expect(handoffsOf(facts, now, stale(plus(T, HOUR)))).toMatchObject([
        { state: 'open', level: 'breach' },
      ])
    })

    test.each([
      ['missing', report('orders:shop', now, { state: 'missing', asOf: null })],
      ['a copy without a moment', report('orders:shop', now, { asOf: null })],
    ])('is unseen where it is %s', (_, source) => {
      expect(handoffsOf(facts, now, [source])).toMatchObject([
        { state: 'unseen', because: 'orders:shop' },
      ])
    })

    test('is saved where a span of the receiver took the message', () => {
      const took = span('crm', 'mes_to_crm process', plus(T, HOUR), { spanKind: 'consumer' })
      const wrote = below(took)
      expect(handoffsOf([...facts, took, wrote], now, stale(null))).toMatchObject([
        { state: 'saved', evidence: expect.arrayContaining([took.id]) },
      ])
      for (const less of [
        [took],
        [{ ...took, shared: true }, wrote],
        [took, { ...wrote, failed: true }],
      ])
        expect(handoffsOf([...facts, ...less], now, stale(null))).toMatchObject([
          { state: 'unseen' },
        ])
    })
  })

  test('is not saved by a span where a fresh database lacks it', () => {
    const took = span('crm', 'mes_to_crm process', plus(T, 1), { spanKind: 'consumer' })
    const facts = [...priced, row('crm', 'SUBMITTED', plus(T, -HOUR)), took]
    expect(handoffsOf(facts, plus(T, HOUR))).toMatchObject([{ state: 'open', level: 'breach' }])
  })

  test('was sent with the first message since, where no mark of sending is kept', () => {
    const sent = span('mes', 'orders publish', plus(T, SECOND), { spanKind: 'producer' })
    expect(handoffsOf([...priced, sent], plus(T, HOUR))[0]?.sent).toBe(plus(T, SECOND))
  })

  test('of an order that only traces know is never late, and saved where a span of the receiver tells', () => {
    // traces  shop submits ── crm takes ── ─ ─ 9 h ─ ─ now        no database has the order
    const submits = span('shop', 'POST /orders', T, { statusTo: 'SUBMITTED' })
    const takes = span('crm', 'order.take', plus(T, SECOND))
    const seen = [submits, takes, below(takes)]
    expect(handoffsOf([submits], plus(T, 9 * HOUR))).toMatchObject([
      { to: 'crm', state: 'unseen', level: 'ok', because: 'jaeger' },
    ])
    expect(handoffsOf(seen, plus(T, 9 * HOUR))).toMatchObject([
      { to: 'crm', state: 'saved', arrived: plus(T, 2 * SECOND) },
      { to: 'mes', state: 'unseen', level: 'ok', because: 'jaeger' },
    ])
  })

  test('is closed when its sender went back behind it, and when the order ended', () => {
    // mes  STARTED ─ APPROVED      crm  APPROVED: never heard of STARTED
    const facts = [
      ...history('mes', [
        ['MANUFACTURING_STARTED', T],
        ['MANUFACTURING_APPROVED', plus(T, HOUR)],
      ]),
      row('crm', 'MANUFACTURING_APPROVED', plus(T, -HOUR)),
    ]
    const started = handoffsOf(facts, plus(T, 2 * HOUR)).find(
      ({ status }) => status === 'MANUFACTURING_STARTED',
    )
    expect(started).toMatchObject({ state: 'closed', wait: HOUR, level: 'ok' })

    const cancelled = [...priced, ...history('crm', [['CANCELLED', plus(T, HOUR)]])]
    const ended = buildJourney(gather(cancelled), COMPANY_THAT_CANCELS, plus(T, 9 * HOUR)).handoffs
    expect(ended).toMatchObject([{ state: 'closed', wait: HOUR }])
  })

  test('does not exist after the end', () => {
    expect(handoffsOf(history('crm', [['CLOSED', T]]), plus(T, HOUR))).toEqual([])
  })
})

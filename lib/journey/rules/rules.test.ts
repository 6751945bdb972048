// Long, because the cases of the rules are read side by side.
import { describe, expect, test } from 'vitest'
import { mask } from '@/lib/sources/mask'
import { buildJourney } from '../build-journey'
import type { ChangeFact, Fact, FileFact, QueueSample } from '../fact'
import { COMPANY } from '../fixtures/company'
import { HOUR, MINUTE, moment, plus, SECOND } from '../fixtures/moment'
import { below, gather, history, report, row, span } from '../fixtures/said'
import { counter, deadLetter, queue, sample } from '../fixtures/said-of-queues'
import type { Heartbeat } from '../heartbeat'
import type { SourceReport } from '../journey'
import type { Pipeline } from '../pipeline'
import type { EpochMs } from '../types'

const PRICED: Pipeline = {
  ...COMPANY,
  pricing: {
    system: 'mes',
    within: 'SUBMITTED',
    spans: /^order\.price_calculation$/,
    limits: [
      {
        validFrom: moment('2026-01-01'),
        warn: { clock: 'wall', ms: 30 * MINUTE },
        critical: { clock: 'wall', ms: 45 * MINUTE },
      },
    ],
  },
}

function judge(
  facts: readonly Fact[],
  now: EpochMs,
  reports: readonly SourceReport[] = [],
  heartbeats: readonly Heartbeat[] = [],
) {
  const gathered = { ...gather(facts, now, reports), heartbeats }
  const { verdict, findings } = buildJourney(gathered, PRICED, now)
  if (!verdict || verdict.kind === 'unknown-status') return { said: verdict?.kind ?? null }
  return {
    said: `${verdict.id ?? verdict.kind} ${verdict.case}`,
    certainty: verdict.certainty,
    level: verdict.level,
    because: verdict.kind === 'finding' ? verdict.because : null,
    also: verdict.kind === 'finding' ? verdict.also : null,
    beneath: findings.map(({ id, case: name }) => `${id} ${name}`),
  }
}

const T = moment('2026-11-18T10:00+03:00') // a Wednesday
const at = (minutes: number) => plus(T, minutes * MINUTE)

/** A minute apart, an hour before T until now. */
function read(name: string, now: EpochMs, of: Partial<QueueSample>) {
  const count = (now - T) / MINUTE + 60
  const [first, ...rest] = Array.from({ length: count + 1 }, (_, index) =>
    sample(plus(now, (index - count) * MINUTE), of),
  )
  if (!first) throw new RangeError('No readings')
  return queue(name, [first, ...rest])
}

const placed = history('shop', [['SUBMITTED', T]])
const taken = (more: Partial<ChangeFact> = {}): readonly Fact[] => [
  ...placed,
  ...history('crm', [['SUBMITTED', plus(T, SECOND), more]], { takenAt: plus(T, SECOND) }),
]
const sent = taken({ sentAt: plus(T, 2 * SECOND) })
const consumed = (from: number, duration: number, failed: boolean) =>
  span('mes', 'crm_to_mes process', at(from), { spanKind: 'consumer', duration, failed })

describe('FP-01: placing failed', () => {
  const tried = (rest: object) => span('shop', 'POST /orders', T, { spanKind: 'server', ...rest })
  const failed = tried({ failed: true })
  const begun = history('shop', [['INITIATED', at(-60)]])

  test('is confirmed by a record that shows a moment after it', () => {
    expect(judge([...begun, failed], at(5))).toMatchObject({
      said: 'FP-01 not-saved',
      certainty: 'confirmed',
      level: 'breach',
    })
  })
  test('is likely while the record cannot be asked, or is older', () => {
    const silent = report('orders:shop', T, { state: 'missing', asOf: null })
    const old = report('orders:shop', at(-5), { state: 'stale' })
    for (const one of [silent, old])
      expect(judge([...begun, failed], at(5), [one])).toMatchObject({
        said: 'FP-01 only-traces',
        certainty: 'likely',
      })
  })
  test('is none where a later try went well, the order is placed, or the caller was refused', () => {
    const well = span('shop', 'POST /orders', at(1), { spanKind: 'server' })
    const old = report('orders:shop', at(30), { state: 'stale', reason: 'replica-lags' })
    expect(judge([...begun, failed], at(150), [old])).toMatchObject({
      said: 'FP-01 not-saved',
      certainty: 'confirmed',
    })
    const refused = tried({
      failed: true,
      attributes: { 'http.response.status_code': mask('422', 'A') },
    })
    expect(judge([...begun, failed, well], at(5)).said).toBe('on-track customer')
    expect(judge([...begun, refused], at(5)).said).toBe('on-track customer')
    expect(judge([...placed, failed], at(1)).said).not.toMatch(/FP-01/)
  })
})

describe('FP-02: the file', () => {
  const stored = (minutes: number, failed: boolean) =>
    span('shop', 'S3.PutObject', at(minutes), { spanKind: 'client', failed })
  const begun = history('shop', [['INITIATED', at(-60)]])

  test('was not stored by the last try', () => {
    expect(judge([...begun, stored(-50, true)], T)).toMatchObject({
      said: 'FP-02 upload-failed',
      certainty: 'likely',
    })
    const again = [...begun, stored(-50, true), stored(-40, false)]
    expect(judge(again, T).said).toBe('on-track customer')
  })
  test('that its record names already is missing only where the storage says so', () => {
    const named = history('shop', [['INITIATED', at(-60)]], {
      attributes: { file_key: mask('k', 'B') },
    })
    const asked = (rest: Partial<FileFact>): FileFact => ({
      ...{
        kind: 'file',
        id: 'file',
        source: 's3',
        system: 's3',
        at: T,
        askedAt: T,
        attributes: {},
      },
      ...{ state: 'absent', proven: true, modifiedAt: null, size: null, ...rest },
    })
    const facts = [...named, stored(-50, true)]
    expect(judge([...facts, asked({})], T)).toMatchObject({
      said: 'FP-02 upload-failed',
      certainty: 'confirmed',
    })
    expect(judge(facts, T).said).toBe('on-track customer')
    expect(judge([...facts, asked({ state: 'forbidden' })], T).said).toBe('on-track customer')
    expect(judge([...facts, asked({ proven: false })], T).said).toBe('on-track customer')
  })
  test('cannot be read', () => {
    const failed = (type: string) =>
      span('mes', 'order.price_calculation', at(2), {
        failed: true,
        attributes: { 'error.type': mask(type, 'A') },
      })
    expect(judge([...sent, failed('Mes.MeshParseException')], at(20))).toMatchObject({
      said: 'FP-02 unreadable',
      certainty: 'confirmed',
    })
    expect(judge([...sent, failed('System.OutOfMemoryException')], at(20)).said).not.toMatch(
      /FP-02/,
    )
  })
})

describe('FP-03: not taken, or not sent on', () => {
  test('is confirmed by a mark that is kept and not there, from the critical limit on', () => {
    expect(judge(placed, at(9)).said).toMatch(/^on-track/)
    expect(judge(placed, at(11))).toMatchObject({
      said: 'FP-03 not-taken',
      certainty: 'confirmed',
      level: 'breach',
    })
  })
  test('tried and failed', () => {
    const tried = span('crm', 'order.take', at(1), { failed: true })
    expect(judge([...placed, tried], at(11))).toMatchObject({ said: 'FP-03 taking-failed' })
  })
  test('a sender that keeps the moment of sending, and did not', () => {
    const unsent = taken({ sentAt: null })
    expect(judge(unsent, at(9)).said).toMatch(/on-track|FP-03 not-seen/)
    const idle = read('crm_to_mes', at(12), {})
    expect(judge([...unsent, idle], at(12))).toMatchObject({
      said: 'FP-03 not-sent-on',
      certainty: 'confirmed',
    })
  })
  test('a copy that is behind proves nothing', () => {
    const old = report('orders:shop', at(2), { state: 'stale' })
    expect(judge(placed, at(20), [old]).said).not.toBe('FP-03 not-taken')
  })
})

describe('FP-04: waiting', () => {
  test('in a queue that nobody works off, from the warn limit on', () => {
    const dead = (now: EpochMs) => read('crm_to_mes', now, { ready: 3, consumers: 0 })
    const early = at(3)
    expect(judge([...sent, dead(early)], early).said).toBe('on-track under-way')
    expect(judge([...sent, dead(at(6))], at(6))).toMatchObject({
      said: 'FP-04 waiting',
      certainty: 'confirmed',
      also: 'no-consumer',
    })
  })
  test('is likely where ours is not proven among them, and never without a reading', () => {
    const long = read('crm_to_mes', at(50), { ready: 3, published: null })
    expect(judge([...sent, long], at(50))).toMatchObject({
      said: 'FP-04 waiting',
      certainty: 'likely',
    })
    expect(judge(sent, at(50)).said).not.toMatch(/FP-04/)
  })
})

describe('FP-05: set aside', () => {
  test('is confirmed by a record that names the order, until somebody tries again', () => {
    const dead = deadLetter('crm_to_mes', at(5))
    expect(judge([...sent, dead], at(8))).toMatchObject({
      said: 'FP-05 dead-lettered',
      certainty: 'confirmed',
    })
    const again = span('mes', 'S3.GetObject', at(6), { parentId: 'open', orphan: true })
    expect(judge([...sent, dead, again], at(8)).said).toBe('FP-06 normal')
  })
  test('is likely where it failed twice, is gone, and something was set aside then', () => {
    const facts = [
      ...sent,
      consumed(1, 1000, true),
      consumed(2, 1000, true),
      counter('discarded', plus(at(2), -10 * SECOND), plus(at(2), 40 * SECOND)),
      read('crm_to_mes', at(20), {}),
    ]
    expect(judge(facts, at(20))).toMatchObject({ said: 'FP-05 discarded', certainty: 'likely' })
  })
  test('a loop: two tries that the time-out ended', () => {
    const long = 30 * MINUTE
    const facts = [...sent, consumed(1, long, true), consumed(31.5, long, true)]
    expect(judge(facts, at(63))).toMatchObject({ said: 'FP-05 loop', certainty: 'likely' })
    const saved = consumed(62, 1000, false)
    expect(judge([...facts, saved, below(saved)], at(64)).said).not.toMatch(/loop/)
  })
})

describe('FP-06: the price', () => {
  const begun = (rest: object = {}) => [
    ...sent,
    ...history('mes', [['SUBMITTED', at(1)]], { pricingStartedAt: at(1), ...rest }),
  ]
  const calculation = (failed: boolean) =>
    span('mes', 'order.price_calculation', at(1), { duration: 5 * MINUTE, failed })

  test.each([
    [12, 'FP-06 normal', 'confirmed', 'ok'],
    [33, 'FP-06 longer', 'confirmed', 'warn'],
    [47, 'FP-06 slow-or-hung', 'likely', 'breach'],
  ])('is judged %d minutes later by how long it runs: %s', (minutes, said, certainty, level) => {
    expect(judge(begun(), at(minutes))).toMatchObject({ said, certainty, level })
  })
  test('has hung where the message is still in hand', () => {
    const busy = read('crm_to_mes', at(47), { unacked: 1 })
    expect(judge([...begun(), busy], at(47))).toMatchObject({ said: 'FP-06 hung' })
  })
  test('failed, once nobody tries again', () => {
    const idle = read('crm_to_mes', at(20), {})
    expect(judge([...begun(), calculation(true), idle], at(20))).toMatchObject({
      said: 'FP-06 failed',
      certainty: 'confirmed',
    })
  })
  test('failed, by a record that marks each start, whoever else is at work', () => {
    const busy = read('crm_to_mes', at(20), { unacked: 4 })
    expect(judge([...begun(), calculation(true), busy], at(20)).said).toBe('FP-06 failed')
    const waits = read('crm_to_mes', at(20), { unacked: 4, ready: 1 })
    expect(judge([...begun(), calculation(true), waits], at(20)).said).not.toBe('FP-06 failed')
  })
  test('ended, and was not saved', () => {
    expect(judge([...begun(), calculation(false)], at(20))).toMatchObject({
      said: 'FP-06 ended-unsaved',
      certainty: 'confirmed',
    })
  })
  describe('was cut off', () => {
    const by = (instance: string) => ({ 'service.instance.id': mask(instance, 'B') })
    const download = (minutes: number, instance: string) =>
      span('mes', 'S3.GetObject', at(minutes), {
        ...{ parentId: instance, orphan: true, spanKind: 'client', attributes: by(instance) },
      })
    const heard = (minutes: number, process: string): Heartbeat => ({
      ...{ service: 'mes-api', work: 'consume', where: null, name: 'crm_to_mes process' },
      ...{ process, at: at(minutes) },
    })
    const cutOff = { said: 'FP-06 interrupted', certainty: 'likely', level: 'breach' }
    const facts = [...begun(), download(1.1, 'one')]

    //   one  ├ S3 ┤ ─ ─ ─ ─ ─
    //   two             ♥ other orders
    test('once another process is heard, its own is not, and nobody tries again', () => {
      expect(judge(facts, at(20), [], [heard(0, 'one'), heard(6, 'two')])).toMatchObject(cutOff)
      const status = span('mes', 'GET /orders/{id}', at(6), {
        ...{ spanKind: 'server', attributes: by('two') },
      })
      expect(judge([...facts, status], at(20))).toMatchObject(cutOff)
    })
    test.each([
      ['no other is heard', [heard(0, 'one'), heard(6, 'one')]],
      ['both go on side by side', [heard(6, 'two'), heard(8, 'one')]],
      ['the other was there before', [heard(0.5, 'two')]],
      ['nothing names the process', [{ ...heard(6, 'two'), process: null }]],
    ])('not where %s', (_, heartbeats) => {
      expect(judge(facts, at(20), [], heartbeats).said).toBe('FP-06 normal')
    })
    test('not while its message still waits, or somebody began again', () => {
      const beats = [heard(6, 'two')]
      const waits = read('crm_to_mes', at(20), { ready: 1 })
      expect(judge([...facts, waits], at(20), [], beats).said).toBe('FP-06 taken')
      const again = begun({ pricingStartedAt: at(7) })
      expect(judge([...again, download(1.1, 'one'), download(7.1, 'two')], at(20)).said).toBe(
        'FP-06 normal',
      )
      expect(judge([...again, download(1.1, 'one')], at(20), [], beats)).toMatchObject({
        said: 'FP-06 normal',
        certainty: 'confirmed',
      })
    })
  })
  test('was not begun, where its mark is kept; else nobody can say', () => {
    const late = at(40)
    expect(judge(begun({ pricingStartedAt: null }), late).said).toBe('FP-06 not-begun')
    expect(judge(begun({ pricingStartedAt: undefined }), late).said).toBe('FP-06 no-price-yet')
    expect(judge(begun({ pricingStartedAt: undefined }), at(20)).said).toBe('FP-06 taken')
  })
  test('was not begun because it was taken: only its own mark, or a span, is a beginning', () => {
    const silent = [report('jaeger', at(40), { state: 'missing', asOf: null })]
    const came = begun({ pricingStartedAt: null, takenAt: at(1) })
    expect(judge(came, at(20), silent).said).toBe('FP-06 taken')
    expect(judge(came, at(40), silent)).toMatchObject({
      said: 'FP-06 not-begun',
      certainty: 'likely',
    })
    expect(judge(begun({ pricingStartedAt: undefined, takenAt: at(1) }), at(40)).said).toBe(
      'FP-06 no-price-yet',
    )
  })
  test('is missing only where its record is of now, or the message is still in hand', () => {
    const took = consumed(1, 3 * MINUTE, false)
    const [gone, old] = [{ state: 'missing' as const, asOf: null }, { state: 'stale' as const }]
    const facts = [...sent, took, below(took)]
    expect(judge(facts, at(40)).said).toBe('FP-06 no-price-yet')
    expect(judge(facts, at(40), [report('orders:mes', at(40), gone)]).said).toBe(
      'FP-14 source-missing',
    )
    expect(judge(facts, at(40), [report('orders:mes', at(-80), old)]).said).toBe(
      'FP-14 source-stale',
    )
  })
  test('is not waited for of whoever failed to take the order at every try', () => {
    const failed = consumed(1, SECOND, true)
    expect(judge([...sent, failed], at(40)).said).toBe('FP-14 unclear')
  })
  test('of an order that no message brought began with the first span below one that is not there', () => {
    const came = history('mes', [['SUBMITTED', T]], { channel: 'partner' })
    const download = span('mes', 'S3.GetObject', at(1), {
      ...{ parentId: 'not ended', orphan: true, spanKind: 'client' },
    })
    expect(judge([...came, download], at(20))).toMatchObject({ said: 'FP-06 normal' })
    expect(judge([...came, download], at(40)).said).toBe('FP-06 longer')
    expect(judge([...came, download], at(50)).said).toBe('FP-06 slow-or-hung')
  })
})

describe('FP-07, FP-08, FP-10, FP-13: records that say different things', () => {
  const ways = [
    ['FP-07 mismatch', 'mes', 'PRICE_CALCULATED', 'crm', 'SUBMITTED', {}],
    ['FP-08 mismatch', 'crm', 'MANUFACTURING_APPROVED', 'mes', 'PRICE_CALCULATED', {}],
    ['FP-10 not-replicated', 'mes', 'PACKAGING', 'crm', 'MANUFACTURING_STARTED', {}],
  ] as const

  test.each(ways)(
    '%s, once the limit has passed on fresh data',
    (said, from, status, to, lower) => {
      const facts = [
        ...history(from, [
          [lower, at(-60)],
          [status, T, { sentAt: null }],
        ]),
        ...history(to, [[lower, at(-59)]]),
      ]
      const queues = (now: EpochMs) => [read('crm_to_mes', now, {}), read('mes_to_crm', now, {})]
      expect(judge([...facts, ...queues(at(9))], at(9)).said).not.toBe(said)
      expect(judge([...facts, ...queues(at(11))], at(11))).toMatchObject({
        said,
        certainty: 'confirmed',
        because: { place: 'not-sent', system: from },
      })
      const database = to === 'mes' ? 'orders:mes' : 'orders:shop'
      const old = report(database, at(5), { state: 'stale' })
      expect(judge(facts, at(30), [old]).said).not.toBe(said)
    },
  )

  test('FP-08 stands beneath its message in a queue that grows and grows, though others may be before it', () => {
    const facts = [
      ...history('crm', [
        ['PRICE_CALCULATED', at(-60)],
        ['MANUFACTURING_APPROVED', T, { sentAt: at(0.1) }],
      ]),
      ...history('mes', [['PRICE_CALCULATED', at(-61)]]),
    ]
    const now = at(70)
    const growing = Array.from({ length: 60 }, (_, minute) =>
      sample(plus(now, (minute - 59) * MINUTE), { ready: 5 + minute, unacked: 1, acked: minute }),
    )
    const [first, ...rest] = growing
    if (!first) throw new RangeError('No readings')
    expect(judge([...facts, queue('crm_to_mes', [first, ...rest])], now)).toMatchObject({
      said: 'FP-04 waiting',
      certainty: 'likely',
      beneath: ['FP-08 mismatch'],
    })
    const busy = read('crm_to_mes', now, { ready: 5, unacked: 1, acked: null, published: null })
    expect(judge([...facts, busy], now)).toMatchObject({
      said: 'FP-08 mismatch',
      beneath: ['FP-04 waiting'],
    })
  })

  test('FP-10: an order that production gave back is behind in nothing, where no history is kept', () => {
    //   mes  started, by its span ── APPROVED          crm  ── APPROVED
    const begun = span('mes', 'POST /orders/{id}/start', at(-90), {
      ...{ spanKind: 'server', statusTo: 'MANUFACTURING_STARTED' },
    })
    const facts = [
      begun,
      row('mes', 'MANUFACTURING_APPROVED', T),
      row('crm', 'MANUFACTURING_APPROVED', plus(T, SECOND)),
    ]
    expect(judge(facts, at(60))).toMatchObject({ said: 'on-track operator', beneath: [] })
  })

  test('FP-13: a partner order that was never registered', () => {
    const facts = [
      ...history(
        'mes',
        [
          ['SUBMITTED', at(-30)],
          ['PRICE_CALCULATED', T, { sentAt: null }],
        ],
        {
          channel: 'partner',
        },
      ),
      read('mes_to_crm', at(11), {}),
    ]
    expect(judge(facts, at(11))).toMatchObject({ said: 'FP-13 missing', certainty: 'confirmed' })
  })

  test('FP-13: a partner order of the same model, after a request that failed', () => {
    const partner = { channel: 'partner' }
    const priced = history('mes', [['SUBMITTED', T]], partner)
    const other = history('mes', [['SUBMITTED', at(1)]], partner)
    const failed = span('mes', 'POST /orders', T, {
      ...{ spanKind: 'server', attributes: { 'http.response.status_code': mask('503', 'A') } },
    })
    const orders = [{ orderId: 'ORD-000018', facts: other }]
    const judgeSame = (facts: readonly Fact[]) =>
      buildJourney(
        { ...gather(facts, at(5)), same: { by: 'model', orders, silent: [] } },
        PRICED,
        at(5),
      ).verdict
    expect(judgeSame([...priced, failed])).toMatchObject({
      ...{ id: 'FP-13', case: 'duplicates', certainty: 'likely' },
      evidence: expect.arrayContaining([failed.id]),
    })
    expect(judgeSame(priced)).toMatchObject({ kind: 'on-track' })
    const refused = { ...failed, attributes: { 'http.response.status_code': mask('422', 'A') } }
    expect(judgeSame([...priced, refused])).toMatchObject({ kind: 'on-track' })
  })

  test('FP-10: an approval that production had, and has no more', () => {
    const facts = [
      ...history('crm', [
        ['PRICE_CALCULATED', at(-90)],
        ['MANUFACTURING_APPROVED', at(-60)],
      ]),
      ...history('mes', [
        ['PRICE_CALCULATED', at(-91)],
        ['MANUFACTURING_APPROVED', at(-59)],
        ['PRICE_CALCULATED', T],
      ]),
    ]
    expect(judge(facts, at(30))).toMatchObject({
      said: 'FP-10 set-back-approval',
      beneath: ['FP-11 transition'],
    })
  })
})

describe('FP-09, FP-11, FP-14', () => {
  const both = (status: string, entered: EpochMs) => [
    ...history('mes', [[status, entered]]),
    ...history('crm', [[status, plus(entered, SECOND)]]),
  ]

  test.each([
    ['FP-09 seller', 'PRICE_CALCULATED', 24 * 3],
    ['FP-09 operator-in-work', 'MANUFACTURING_STARTED', 24 * 11],
    ['FP-09 carrier', 'SHIPPED', 24 * 8],
  ])('%s', (said, status, hours) => {
    expect(judge(both(status, T), plus(T, hours * HOUR))).toMatchObject({
      said,
      certainty: 'confirmed',
    })
  })
  test('a record that cannot be asked makes nobody wait for a person', () => {
    const silent = report('orders:mes', T, { state: 'missing', reason: 'timeout', asOf: null })
    const late = plus(T, 24 * 8 * HOUR)
    expect(judge(both('SHIPPED', T), late, [silent])).toMatchObject({
      said: 'FP-14 source-missing',
      certainty: 'cannot-tell',
    })
  })
  test('a step that no way has, until the record has got over it', () => {
    const odd = [
      ['PRICE_CALCULATED', at(-90)],
      ['MANUFACTURING_COMPLETED', at(-60)],
      ['MANUFACTURING_STARTED', at(-30)],
    ] as const
    const copy = history('crm', [['MANUFACTURING_STARTED', at(-29)]])
    expect(judge([...history('mes', odd), ...copy], T).said).toBe('FP-11 transition')
    const over = [...odd, ['MANUFACTURING_COMPLETED', at(-20)], ['PACKAGING', at(-10)]] as const
    const after = history('crm', [['PACKAGING', at(-9)]])
    expect(judge([...history('mes', over), ...after], T).said).toBe('on-track operator-in-work')
  })
  test('nor is it any better because the other record copied it', () => {
    const odd = (delay: number) =>
      [
        ['MANUFACTURING_STARTED', at(delay - 120)],
        ['MANUFACTURING_COMPLETED', at(delay - 90)],
        ['PACKAGING', at(delay - 60)],
        ['MANUFACTURING_STARTED', at(delay - 30)],
      ] as const
    const said = judge([...history('mes', odd(0)), ...history('crm', odd(0.01))], T)
    expect(said).toMatchObject({ said: 'FP-11 transition', certainty: 'confirmed' })
  })
  test('a copy that is ahead of what its owner ever showed', () => {
    const facts = [
      ...history('mes', [['MANUFACTURING_STARTED', at(-90)]]),
      ...history('crm', [['PACKAGING', at(-60)]]),
    ]
    expect(judge(facts, T)).toMatchObject({ said: 'FP-11 copy-ahead', certainty: 'confirmed' })
  })
})

describe('FP-10: an end that nobody wrote down', () => {
  const shipped = [
    ...history('mes', [['SHIPPED', T]]),
    ...history('crm', [['SHIPPED', plus(T, SECOND)]]),
  ]
  const day = (count: number) => plus(T, count * 24 * HOUR)
  const call = (days: number, rest: object = {}) =>
    span('crm', 'POST /carrier/callback', day(days), { spanKind: 'server', ...rest })
  const heard = (days: number, name = 'POST /carrier/callback'): Heartbeat => ({
    ...{ service: 'crm-api', work: 'serve', where: null, name, process: null, at: day(days) },
  })

  test('closing failed, where the carrier called and the record does not show it', () => {
    const facts = [...shipped, call(2)]
    expect(judge(facts, plus(day(2), 9 * MINUTE)).said).toBe('on-track carrier')
    expect(judge(facts, plus(day(2), 11 * MINUTE))).toMatchObject({
      said: 'FP-10 closing-failed',
      certainty: 'confirmed',
      level: 'breach',
    })
    const refused = [...shipped, call(2, { failed: true })]
    expect(judge(refused, day(3))).toMatchObject({
      said: 'FP-10 closing-failed',
      certainty: 'likely',
    })
    const closed = history('crm', [
      ['SHIPPED', plus(T, SECOND)],
      ['CLOSED', day(2)],
    ])
    expect(judge([...history('mes', [['SHIPPED', T]]), ...closed, call(2)], day(3)).said).toBe(
      'on-track ended',
    )
  })
  test('closing failed is not said on a record that is behind', () => {
    const old = report('orders:shop', plus(day(2), MINUTE), { state: 'stale' })
    expect(judge([...shipped, call(2)], day(3), [old]).said).not.toMatch(/FP-10/)
  })
  test('never closed, where others are called for and this one was not', () => {
    expect(judge(shipped, day(8), [], [heard(7.5)])).toMatchObject({
      said: 'FP-10 never-closed',
      certainty: 'likely',
      level: 'warn',
    })
    expect(judge(shipped, day(15), [], [heard(14)])).toMatchObject({ level: 'breach' })
  })
  test.each([
    ['nobody was called for since', [heard(6)], []],
    ['only another call is heard', [heard(7.5, 'POST /orders')], []],
    ['the trace store is silent', [heard(7.5)], ['jaeger']],
  ] as const)('is for the carrier to say where %s', (_, heartbeats, silent) => {
    const reports = silent.map((source) =>
      report(source, day(8), { state: 'missing', reason: 'timeout', asOf: null }),
    )
    expect(judge(shipped, day(8), reports, heartbeats).said).toBe('FP-09 carrier')
  })
  test('is on track before it is late, whoever is heard', () => {
    expect(judge(shipped, day(6), [], [heard(5)]).said).toBe('on-track carrier')
  })
})

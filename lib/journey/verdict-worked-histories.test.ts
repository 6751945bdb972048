// Long, because the worked histories are read side by side.
import { describe, expect, test } from 'vitest'
import { mask } from '@/lib/sources/mask'
import { buildJourney } from './build-journey'
import type { Fact, FileFact, QueueSample } from './fact'
import { COMPANY, COMPANY_HALF_TRACED, COMPANY_THAT_CANCELS } from './fixtures/company'
import { DAY, HOUR, MINUTE, moment, plus, SECOND } from './fixtures/moment'
import { below, gather, history, report, row, span } from './fixtures/said'
import { counter, queue, sample } from './fixtures/said-of-queues'
import type { SourceReport } from './journey'
import type { Pipeline } from './pipeline'
import type { EpochMs } from './types'

const PRICING: NonNullable<Pipeline['pricing']> = {
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
}
const pricing = (pipeline: Pipeline): Pipeline => ({
  ...pipeline,
  pricing: PRICING,
  fileNeededUntil: 'MANUFACTURING_COMPLETED',
})

/** What the order is said to be: the headline, how sure it is, and what stands beneath. */
function say(
  facts: readonly Fact[],
  now: EpochMs,
  reports: readonly SourceReport[] = [],
  pipeline: Pipeline = COMPANY,
) {
  const { verdict, findings } = buildJourney(gather(facts, now, reports), pricing(pipeline), now)
  if (!verdict) return null
  const name =
    verdict.kind === 'unknown-status'
      ? verdict.kind
      : `${verdict.kind === 'on-track' ? 'on track: ' : ''}${verdict.id ? `${verdict.id} ` : ''}${verdict.case}`
  return {
    headline: name,
    certainty: verdict.certainty,
    level: verdict.level,
    also: verdict.kind === 'finding' ? verdict.also : null,
    because: verdict.kind === 'finding' ? verdict.because : null,
    values: verdict.values,
    beneath: findings.map((one) => `${one.id} ${one.case} ${one.certainty}`),
  }
}

const T = moment('2026-11-18T10:00+03:00') // a Wednesday

const submitted = (at: EpochMs): readonly Fact[] =>
  history('shop', [
    ['INITIATED', plus(at, -2 * HOUR)],
    ['FILE_UPLOADED', plus(at, -HOUR)],
    ['SUBMITTED', at],
  ])
/** Taken by the sales system, which sent it on a second later. */
const sent = (at: EpochMs): readonly Fact[] => [
  ...submitted(plus(at, -20 * SECOND)),
  ...history('crm', [['SUBMITTED', at, { sentAt: plus(at, SECOND) }]], { takenAt: at }),
]

/** One reading a minute, from an hour before T until now. */
function read(name: string, now: EpochMs, of: (at: EpochMs) => Partial<QueueSample>) {
  const count = (now - T) / MINUTE + 60
  const [first, ...rest] = Array.from({ length: count + 1 }, (_, index) => {
    const at = plus(now, (index - count) * MINUTE)
    return sample(at, of(at))
  })
  if (!first) throw new RangeError('No readings')
  return queue(name, [first, ...rest])
}

const started = (at: EpochMs) =>
  span('mes', 'S3.GetObject', at, {
    spanKind: 'client',
    parentId: `not ended ${at}`,
    orphan: true,
  })
const file = (rest: Partial<FileFact>, at: EpochMs): FileFact => ({
  ...{ kind: 'file', id: 'file', source: 's3', system: 's3', at, askedAt: at, attributes: {} },
  ...{ state: 'there', proven: true, modifiedAt: at, size: 1000 },
  ...rest,
})
const withKey = (facts: readonly Fact[]): readonly Fact[] =>
  facts.map((fact) =>
    fact.kind === 'row' && fact.system === 'shop'
      ? { ...fact, attributes: { file_key: mask('k', 'B'), file_size: mask('1000', 'A') } }
      : fact,
  )
const APPROVED = moment('2026-11-20T18:00+03:00') // a Friday
const PRICED = plus(APPROVED, -4 * HOUR)
const approvedByBoth: readonly Fact[] = [
  ...submitted(plus(PRICED, -20 * MINUTE)),
  ...history('mes', [
    ['SUBMITTED', plus(PRICED, -18 * MINUTE)],
    ['PRICE_CALCULATED', PRICED],
    ['MANUFACTURING_APPROVED', plus(APPROVED, 3000)],
  ]),
  ...history('crm', [
    ['SUBMITTED', plus(PRICED, -19 * MINUTE)],
    ['PRICE_CALCULATED', plus(PRICED, 2000)],
    ['MANUFACTURING_APPROVED', APPROVED],
  ]),
]
const pricedByBoth: readonly Fact[] = [
  ...history('mes', [['PRICE_CALCULATED', T]]),
  ...history('crm', [['PRICE_CALCULATED', plus(T, 1000)]]),
]
const STALE: Partial<SourceReport> = { state: 'stale', reason: 'replica-lags' }
const DOWN = report('jaeger', T, { state: 'missing', reason: 'timeout', asOf: null })

describe('the verdict of the worked histories', () => {
  const now = plus(T, 12 * MINUTE)
  const four = read('crm_to_mes', now, (at) => ({
    ready: 4,
    unacked: 1,
    published: at <= T ? 40 : at < plus(T, 2 * MINUTE) ? 41 : 45,
  }))

  test('1a, 1b: in pricing, its start seen or not', () => {
    expect(say([...sent(T), four, started(plus(T, 5 * SECOND))], now)).toMatchObject({
      headline: 'on track: FP-06 normal',
      certainty: 'confirmed',
      beneath: [],
    })
    expect(say([...sent(T), four], now)).toMatchObject({
      headline: 'on track: FP-06 taken',
      certainty: 'likely',
      beneath: [],
    })
  })

  test('1c: one of those that wait', () => {
    const waiting = read('crm_to_mes', now, (at) => ({
      ready: 4,
      unacked: 1,
      published: at <= T ? 44 : at < plus(T, 2 * MINUTE) ? 45 : 48,
      acked: 90 + Math.floor((at - T) / (20 * MINUTE)),
    }))
    expect(say([...sent(T), waiting], now)).toMatchObject({
      headline: 'on track: FP-04 busy',
      certainty: 'confirmed',
      values: { count: 4 },
      beneath: [],
    })
  })

  test('2: a company that traces production only cannot say how far it is', () => {
    const at = (passed: number) =>
      say(
        submitted(T),
        plus(T, passed),
        [report('orders:shop', plus(T, passed), { notKept: ['orders.taken_at'] })],
        COMPANY_HALF_TRACED,
      )
    expect(at(12 * MINUTE)).toMatchObject({ headline: 'on track: FP-03 not-seen', certainty: null })
    expect(at(35 * MINUTE)).toMatchObject({
      headline: 'FP-14 not-traced',
      certainty: 'cannot-tell',
      level: 'warn',
      values: { system: 'crm' },
    })
  })

  test('3: a partner order in pricing', () => {
    const at = (rest: object) =>
      say(history('mes', [['SUBMITTED', T]], { channel: 'partner', ...rest }), plus(T, 20 * MINUTE))
    expect(at({ pricingStartedAt: T })).toMatchObject({
      headline: 'on track: FP-06 normal',
      certainty: 'confirmed',
      beneath: [],
    })
    expect(at({})).toMatchObject({ headline: 'on track: FP-06 taken', certainty: 'likely' })
  })

  const later = plus(T, 30 * MINUTE)
  const dead = read('mes_to_crm', later, () => ({ ready: 140, consumers: 0 }))
  const priced = [
    ['SUBMITTED', plus(T, -HOUR)],
    ['PRICE_CALCULATED', T, { sentAt: plus(T, SECOND) }],
  ] as const

  test('4: a partner order priced, and nobody takes the news of it', () => {
    expect(say([...history('mes', priced, { channel: 'partner' }), dead], later)).toMatchObject({
      headline: 'FP-04 news-waiting',
      certainty: 'confirmed',
      also: 'no-consumer',
      level: 'breach',
      values: { count: 140, from: 'mes', to: 'crm' },
      beneath: ['FP-13 missing confirmed'],
    })
  })

  test('5a, 5b: approved on Friday evening', () => {
    expect(say(approvedByBoth, moment('2026-11-22T19:00+03:00'))).toMatchObject({
      headline: 'on track: operator',
      level: 'ok',
      beneath: [],
    })
    const late = say(approvedByBoth, moment('2026-11-23T18:00+03:00'))
    expect(late).toMatchObject({
      headline: 'FP-09 operator',
      certainty: 'confirmed',
      level: 'warn',
    })
    expect(say(approvedByBoth, moment('2026-11-24T18:00+03:00'))?.level).toBe('breach')
  })

  test('5c: packing over a weekend', () => {
    const packing = moment('2026-11-20T17:00+03:00')
    const facts = [
      ...history('mes', [
        ['MANUFACTURING_STARTED', plus(packing, -3 * DAY)],
        ['MANUFACTURING_COMPLETED', plus(packing, -HOUR)],
        ['PACKAGING', packing],
      ]),
      ...history('crm', [['PACKAGING', plus(packing, 1000)]]),
    ]
    expect(say(facts, moment('2026-11-22T12:00+03:00'))).toMatchObject({
      headline: 'on track: operator-in-work',
      beneath: [],
    })
  })

  test('6a: redelivered, and saved by the second attempt', () => {
    const took = (after: number, failed: boolean) =>
      span('crm', 'mes_to_crm process', plus(T, after), { spanKind: 'consumer', failed })
    const facts = [
      ...history('mes', [['PRICE_CALCULATED', T, { sentAt: T }]]),
      ...history('crm', [['PRICE_CALCULATED', plus(T, MINUTE)]]),
      took(SECOND, true),
      took(MINUTE, false),
    ]
    expect(say(facts, now)).toMatchObject({ headline: 'on track: seller', beneath: [] })
  })

  test('6b: set back by an older message', () => {
    const at = plus(T, DAY)
    const facts = (number: string) => [
      ...history('mes', [
        ['MANUFACTURING_STARTED', plus(T, -DAY)],
        ['MANUFACTURING_COMPLETED', T],
      ]),
      ...history('crm', [
        [
          'MANUFACTURING_STARTED',
          plus(T, -DAY + 2000),
          { attributes: { message_id: mask('m1', 'B') } },
        ],
        ['MANUFACTURING_COMPLETED', plus(T, 2000)],
        [
          'MANUFACTURING_STARTED',
          plus(at, -30 * MINUTE),
          { attributes: { message_id: mask(number, 'B') } },
        ],
      ]),
    ]
    const set = {
      headline: 'FP-10 set-back',
      certainty: 'confirmed',
      beneath: ['FP-11 transition confirmed'],
    }
    expect(say(facts('m1'), at)).toMatchObject({ ...set, because: { case: 'set-back' } })
    expect(say(facts('m9'), at)).toMatchObject({ ...set, because: null })
  })

  test('7: cut off by a restart, and healthy the second time', () => {
    const cut = plus(T, 10 * MINUTE)
    const facts = [
      ...sent(T),
      span('mes', 'crm_to_mes process', plus(T, 3 * SECOND), {
        ...{ spanKind: 'consumer', failed: true, duration: 10 * MINUTE },
      }),
      started(plus(cut, 5 * SECOND)),
    ]
    const at = (passed: number) => {
      const when = plus(T, passed)
      return say([...facts, read('crm_to_mes', when, () => ({ unacked: 1 }))], when)
    }
    expect(at(30 * MINUTE)).toMatchObject({
      headline: 'on track: FP-06 normal',
      certainty: 'confirmed',
      values: { since: plus(cut, 5 * SECOND) },
      beneath: [],
    })
    expect(at(36 * MINUTE)).toMatchObject({ headline: 'FP-06 late-start', level: 'warn' })
  })

  test('8: released, and the news of it not sent', () => {
    const facts = (kept: boolean) => [
      ...history('mes', [
        ['MANUFACTURING_APPROVED', plus(T, -2 * HOUR)],
        ['MANUFACTURING_STARTED', plus(T, -HOUR), kept ? { sentAt: plus(T, -HOUR) } : {}],
        ['MANUFACTURING_APPROVED', T, kept ? { sentAt: null } : {}],
      ]),
      ...history('crm', [
        ['MANUFACTURING_APPROVED', plus(T, -2 * HOUR - SECOND)],
        ['MANUFACTURING_STARTED', plus(T, -HOUR + SECOND)],
      ]),
    ]
    expect(say(facts(true), plus(T, HOUR))).toMatchObject({
      headline: 'FP-10 released',
      certainty: 'confirmed',
      because: { place: 'not-sent', system: 'mes', certainty: 'confirmed' },
      beneath: [],
    })
    expect(
      say(facts(true), plus(T, HOUR), [], { ...COMPANY, extraTransitions: [] })?.headline,
    ).toBe('FP-11 transition')
  })

  const cancelledAt = plus(T, DAY)
  const cancelled = [
    ...history('mes', [['MANUFACTURING_STARTED', T]]),
    ...history('crm', [
      ['MANUFACTURING_STARTED', plus(T, 1000)],
      ['CANCELLED', cancelledAt],
    ]),
  ]

  test('9a, 9b, 9c: cancelled', () => {
    const at = plus(cancelledAt, HOUR)
    expect(say(cancelled, at)).toMatchObject({
      headline: 'unknown-status',
      certainty: 'cannot-tell',
      values: { status: 'CANCELLED', system: 'crm' },
    })
    const both = [
      ...cancelled.filter(({ system }) => system === 'crm'),
      ...history('mes', [
        ['MANUFACTURING_STARTED', T],
        ['CANCELLED', plus(cancelledAt, 5000)],
      ]),
    ]
    const ended = say(both, at, [], COMPANY_THAT_CANCELS)
    expect(ended).toMatchObject({ headline: 'on track: ended', beneath: [] })
    expect(ended?.values.other).toBeUndefined()
    expect(say(cancelled, at, [], COMPANY_THAT_CANCELS)).toMatchObject({
      headline: 'on track: ended',
      values: { system: 'mes', other: 'MANUFACTURING_STARTED' },
      beneath: [],
    })
  })

  test('10: closed, and production stays at shipped', () => {
    const facts = [
      ...history('mes', [['SHIPPED', T]]),
      ...history('crm', [
        ['SHIPPED', plus(T, 1000)],
        ['CLOSED', plus(T, 5 * DAY)],
      ]),
    ]
    expect(say(facts, plus(T, 35 * DAY))).toMatchObject({
      headline: 'on track: ended',
      beneath: [],
    })
  })

  test('11a to 11d: the file', () => {
    const at = plus(T, 8 * MINUTE)
    const gone = (rest: Partial<FileFact>) =>
      say([...withKey(sent(T)), file({ state: 'absent', size: null, ...rest }, at)], at)
    expect(gone({})).toMatchObject({
      headline: 'FP-02 lost',
      certainty: 'confirmed',
      beneath: ['FP-11 file confirmed'],
    })
    expect(gone({ proven: false })?.headline).toMatch(/^on track/)
    expect(gone({ state: 'forbidden' })?.headline).toMatch(/^on track/)
    expect(gone({ state: 'there', size: 10, modifiedAt: plus(T, -DAY) })?.headline).toBe(
      'FP-02 damaged',
    )
    expect(gone({ state: 'there', size: 10, modifiedAt: at })?.headline).toBe('FP-11 replaced')
    const tagged = (found: string) => {
      const facts = withKey(sent(T)).map((fact) =>
        fact.kind === 'row' && fact.system === 'shop'
          ? { ...fact, attributes: { ...fact.attributes, file_etag: mask('a', 'B') } }
          : fact,
      )
      return say([...facts, file({ attributes: { file_etag: mask(found, 'B') } }, at)], at)
    }
    expect(tagged('"a"')?.headline).toMatch(/^on track/)
    expect(tagged('b')).toMatchObject({ headline: 'FP-11 replaced', certainty: 'confirmed' })
    expect(say(sent(T), at)?.headline).toMatch(/^on track/)
    const shipped = [
      ...history('mes', [['SHIPPED', T]]),
      ...history('crm', [['SHIPPED', plus(T, 1000)]]),
      file({ state: 'absent' }, at),
    ]
    expect(say(shipped, at)?.headline).toBe('on track: carrier')
  })

  test('12a, 12b: production is further on, and nobody takes the news of it', () => {
    const begun = [
      ...history('mes', [
        ['MANUFACTURING_APPROVED', plus(T, -HOUR)],
        ['MANUFACTURING_STARTED', T, { sentAt: plus(T, SECOND) }],
      ]),
      ...history('crm', [['MANUFACTURING_APPROVED', plus(T, -HOUR - SECOND)]]),
      dead,
    ]
    const waits = { headline: 'FP-04 news-waiting', also: 'no-consumer', certainty: 'confirmed' }
    expect(say(begun, later)).toMatchObject({
      ...waits,
      beneath: ['FP-10 not-replicated confirmed'],
    })
    const facts = [...history('mes', priced), row('crm', 'SUBMITTED', plus(T, -HOUR)), dead]
    expect(say(facts, later)).toMatchObject({ ...waits, beneath: ['FP-07 mismatch confirmed'] })
  })

  test('13: approved and published to no queue', () => {
    const at = plus(T, 40 * MINUTE)
    const facts = [
      ...history('crm', [
        ['PRICE_CALCULATED', plus(T, -HOUR)],
        ['MANUFACTURING_APPROVED', T, { sentAt: plus(T, SECOND) }],
      ]),
      ...history('mes', [['PRICE_CALCULATED', plus(T, -HOUR)]]),
      read('crm_to_mes', at, () => ({})),
      counter('unroutable', plus(T, -15 * SECOND), plus(T, 45 * SECOND)),
    ]
    expect(say(facts, at)).toMatchObject({
      headline: 'FP-08 mismatch',
      certainty: 'confirmed',
      because: { place: 'set-aside', case: 'unroutable', certainty: 'likely' },
      beneath: ['FP-05 unroutable likely'],
    })
  })

  test('14a, 14b, 14c: a replica two hours behind', () => {
    const at = plus(T, 3 * HOUR)
    const behind = [report('orders:shop', plus(at, -2 * HOUR), STALE)]
    const took = span('crm', 'mes_to_crm process', plus(at, -30 * MINUTE + SECOND), {
      spanKind: 'consumer',
    })
    const facts = [
      ...sent(plus(T, -HOUR)),
      ...history('mes', [
        ['SUBMITTED', plus(T, -50 * MINUTE)],
        ['PRICE_CALCULATED', plus(at, -30 * MINUTE)],
      ]),
      took,
      below(took),
    ]
    expect(say(facts, at, behind)).toMatchObject({ headline: 'on track: seller', beneath: [] })

    const soon = plus(T, 30 * MINUTE)
    const taken = span('crm', 'order.take', plus(T, 20_000))
    const lacking = [
      span('shop', 'POST /orders', T, { spanKind: 'server', statusTo: 'SUBMITTED' }),
      taken,
      below(taken),
    ]
    expect(say(lacking, soon, [report('orders:shop', plus(soon, -2 * HOUR), STALE)])).toMatchObject(
      { headline: 'on track: placed', beneath: [] },
    )

    const past = plus(T, DAY + HOUR)
    expect(
      say(pricedByBoth, past, [report('orders:shop', plus(past, -2 * HOUR), STALE)]),
    ).toMatchObject({
      headline: 'FP-14 source-stale',
      certainty: 'cannot-tell',
      values: { source: 'orders:shop', oldest: plus(past, -2 * HOUR) },
    })
  })

  test('15, 16: what is not traced, and no traces at all', () => {
    expect(say(sent(T), plus(T, 4 * MINUTE), [], COMPANY_HALF_TRACED)?.headline).toMatch(
      /^on track/,
    )
    // Nobody keeps when it was taken, and production's spans show that it came through.
    const atWork = [...submitted(T), started(plus(T, MINUTE))]
    const unmarked = [report('orders:shop', now, { notKept: ['orders.taken_at'] })]
    expect(say(atWork, now, unmarked, COMPANY_HALF_TRACED)).toMatchObject({
      headline: 'on track: FP-06 normal',
      certainty: 'likely',
      beneath: [],
    })
    const late = say(pricedByBoth, plus(T, DAY), [DOWN])
    expect(late).toMatchObject({ headline: 'FP-09 seller', certainty: 'confirmed' })
    expect(late?.values.sources).toEqual(['orders:mes', 'orders:shop'])
    expect(say(pricedByBoth, plus(T, HOUR), [DOWN])?.headline).toBe('on track: seller')
  })
})

// Long, because the table is read side by side: one drawing for each of its rows.
import { describe, expect, test } from 'vitest'
import { mask } from '@/lib/sources/mask'
import { buildJourney } from './build-journey'
import type { Fact, QueueSample } from './fact'
import { COMPANY } from './fixtures/company'
import { HOUR, MINUTE, moment, plus, SECOND } from './fixtures/moment'
import { below, change, gather, history, report, row, span } from './fixtures/said'
import { counter, deadLetter, queue, sample } from './fixtures/said-of-queues'
import type { Heartbeat } from './heartbeat'
import type { SourceReport } from './journey'
import type { Pipeline } from './pipeline'
import type { EpochMs } from './types'

const T = moment('2026-11-18T10:00+03:00')

type Asked = {
  readonly reports?: readonly SourceReport[]
  readonly heartbeats?: readonly Heartbeat[]
  readonly pipeline?: Pipeline
}

/** Where the message of the newest hand-off is, at so much time after T. */
function place(facts: readonly Fact[], after: number, asked: Asked = {}) {
  const { reports = [], heartbeats = [], pipeline = COMPANY } = asked
  const now = plus(T, after)
  const { handoffs } = buildJourney({ ...gather(facts, now, reports), heartbeats }, pipeline, now)
  return handoffs.at(-1)?.located
}

/** Approved in the sales system and sent to production, which has the price. */
const approved = (sentAt: EpochMs | null | undefined): readonly Fact[] => [
  ...history('crm', [
    ['PRICE_CALCULATED', plus(T, -HOUR)],
    ['MANUFACTURING_APPROVED', T, sentAt === undefined ? {} : { sentAt }],
  ]),
  ...history('mes', [['PRICE_CALCULATED', plus(T, -HOUR)]]),
]
const sent = approved(plus(T, SECOND))

/** Submitted in the shop; the sales system has not taken it. */
const submitted = history('shop', [['SUBMITTED', T]])

/** Readings every half minute, the last one `until` after T. */
const readings = (until: number, count: number, of: (at: EpochMs) => Partial<QueueSample>) => {
  const samples = Array.from({ length: count }, (_, index) => {
    const at = plus(T, until - (count - 1 - index) * 30 * SECOND)
    return sample(at, of(at))
  })
  const [first, ...rest] = samples
  if (!first) throw new RangeError('No readings')
  return queue('crm_to_mes', [first, ...rest])
}
const empty = (until: number) => readings(until, 2 + until / (30 * SECOND), () => ({}))

const consumed = (at: EpochMs, rest: Partial<Parameters<typeof span>[3]> = {}) =>
  span('mes', 'crm_to_mes process', at, { spanKind: 'consumer', duration: 5 * SECOND, ...rest })

const heard = (service: string, work: Heartbeat['work'], at: EpochMs): readonly Heartbeat[] => [
  { service, work, where: null, name: 'order.work', process: null, at },
]

const silent = (source: string) => [
  report(source, T, { state: 'missing', reason: 'timeout', asOf: null }),
]

describe('the table of places', () => {
  test('1: saved, where the receiver shows it', () => {
    // crm  APPROVED ── sent        mes  PRICED ── APPROVED
    const facts = [...sent, ...history('mes', [['MANUFACTURING_APPROVED', plus(T, 3 * SECOND)]])]
    expect(place(facts, MINUTE)).toMatchObject({
      place: 'saved',
      row: 1,
      certainty: 'confirmed',
      since: plus(T, 3 * SECOND),
      blindSpots: [],
    })
  })

  test('2: saved, where its record cannot be read and its newest attempt wrote', () => {
    const took = consumed(plus(T, 2 * SECOND))
    const asked = { reports: silent('orders:mes') }
    const facts = [...sent.filter(({ system }) => system === 'crm'), took]
    expect(place([...facts, below(took)], HOUR, asked)).toMatchObject({
      place: 'saved',
      row: 2,
      certainty: 'likely',
    })
    expect(place(facts, HOUR, asked)).toMatchObject({ place: 'unknown', row: 18 })
    const again = consumed(plus(T, MINUTE), { failed: true })
    expect(place([...facts, below(took), again], HOUR, asked)?.row).not.toBe(2)
  })

  test('3: set back, where the receiver had it and shows less now', () => {
    // mes  PRICED ── APPROVED ── PRICED
    const back = plus(T, HOUR)
    const facts = [
      ...sent,
      ...history('mes', [
        ['PRICE_CALCULATED', plus(T, -HOUR)],
        ['MANUFACTURING_APPROVED', plus(T, SECOND)],
        ['PRICE_CALCULATED', back],
      ]),
    ]
    expect(place(facts, 2 * HOUR)).toMatchObject({
      place: 'handled-not-saved',
      case: 'set-back',
      row: 3,
      certainty: 'confirmed',
      since: back,
    })
  })

  test('3: set back is shown by the two records alone, as soon as both are of later', () => {
    const back = plus(T, HOUR)
    const facts = [
      ...sent,
      ...history('mes', [
        ['MANUFACTURING_APPROVED', plus(T, SECOND)],
        ['PRICE_CALCULATED', back],
      ]),
    ]
    const old = (source: string, after: number) => ({
      reports: [report(source, plus(T, after), { state: 'stale' as const })],
    })
    const set = { row: 3, certainty: 'confirmed' }
    expect(place(facts, 2 * HOUR, { reports: silent('jaeger') })).toMatchObject(set)
    expect(place(facts, 5 * HOUR, old('orders:mes', 2 * HOUR))).toMatchObject(set)
    expect(place(facts, 5 * HOUR, old('orders:shop', 30 * MINUTE))).toMatchObject({
      ...set,
      certainty: 'likely',
    })
  })

  test('4: set aside, where the recorder names it, until somebody tries it again', () => {
    const died = deadLetter('crm_to_mes', plus(T, MINUTE))
    expect(place([...sent, died], HOUR)).toMatchObject({
      place: 'set-aside',
      case: 'dead-lettered',
      row: 4,
      certainty: 'confirmed',
      evidence: [died.id],
    })
    const again = consumed(plus(T, 2 * MINUTE))
    expect(place([...sent, died, again], HOUR)?.place).toBe('handled-not-saved')
    expect(place([...sent, deadLetter('mes_to_crm', plus(T, MINUTE))], HOUR)?.row).not.toBe(4)
  })

  test('5: being handled, where the receiver marked that it began', () => {
    const facts = [
      ...sent,
      row('mes', 'PRICE_CALCULATED', plus(T, -HOUR), { takenAt: plus(T, MINUTE) }),
    ]
    expect(place(facts, 2 * MINUTE)).toMatchObject({
      place: 'being-handled',
      row: 5,
      certainty: 'confirmed',
      since: plus(T, MINUTE),
    })
    const ended = consumed(plus(T, MINUTE))
    expect(place([...facts, ended], 2 * MINUTE)?.place).not.toBe('being-handled')
  })

  test('6: being handled, where its spans have begun and their parent has not ended', () => {
    // consumer ├┄┄┄┄┄┄┄┄┄┄┄ not exported yet
    //   S3       ├─┤
    const child = span('mes', 'S3.GetObject', plus(T, MINUTE), {
      spanKind: 'client',
      parentId: 'not there yet',
      orphan: true,
    })
    const open = { place: 'being-handled', row: 6, since: plus(T, MINUTE) }
    expect(place([...sent, child], 2 * MINUTE)).toMatchObject({ ...open, certainty: 'likely' })
    const busy = readings(2 * MINUTE, 3, () => ({ unacked: 1 }))
    expect(place([...sent, child, busy], 2 * MINUTE)).toMatchObject({
      ...open,
      certainty: 'confirmed',
    })
    expect(place([...sent, { ...child, shared: true }], 2 * MINUTE)?.row).toBe(18)
  })

  test('7: handled and not saved, where the newest attempt ended well and time enough has passed', () => {
    const facts = [...sent, consumed(plus(T, MINUTE))]
    expect(place(facts, 5 * MINUTE)?.row).not.toBe(7)
    expect(place(facts, 7 * MINUTE)).toMatchObject({
      place: 'handled-not-saved',
      case: null,
      row: 7,
      certainty: 'confirmed',
      since: plus(T, MINUTE + 5 * SECOND),
    })
    expect(place(facts, 7 * MINUTE, { reports: silent('orders:mes') })?.row).not.toBe(7)
  })

  describe('8: in the queue', () => {
    const waiting = { place: 'in-queue', row: 8, certainty: 'confirmed', since: plus(T, SECOND) }

    test('where the oldest that waits is no younger', () => {
      const read = { ...readings(MINUTE, 2, () => ({ ready: 3, unacked: 1 })), headAt: T }
      expect(place([...sent, read], MINUTE)).toMatchObject({ ...waiting, queue: { state: 'busy' } })
      expect(place([...sent, { ...read, headAt: plus(T, 30 * SECOND) }], MINUTE)?.row).toBe(18)
    })

    test('where nobody has listened since before it was sent', () => {
      const read = readings(MINUTE, 5, () => ({ ready: 140, consumers: 0 }))
      expect(place([...sent, read], MINUTE)).toMatchObject({
        ...waiting,
        queue: { state: 'dead', ready: 140 },
      })
    })

    test('where more wait than were published after it, and none was given back', () => {
      // published 40 │ ours 41 │ 45        after = 4        ready 5: ours is the last of them
      const of = (ready: number, redelivered: number) =>
        readings(2 * MINUTE, 6, (at) => ({
          ready,
          unacked: 1,
          published: at <= T ? 40 : at < plus(T, 60 * SECOND) ? 41 : 45,
          redelivered: at <= T ? 0 : redelivered,
        }))
      expect(place([...sent, of(5, 0)], 2 * MINUTE)).toMatchObject({
        ...waiting,
        queue: { after: { least: 4, most: 4 } },
      })
      expect(place([...sent, of(5, 1)], 2 * MINUTE)).toMatchObject({ row: 14, certainty: 'likely' })
      expect(place([...sent, of(4, 0)], 2 * MINUTE)).toMatchObject({
        place: 'being-handled',
        row: 13,
        certainty: 'likely',
      })
    })
  })

  test('9: in the queue that a table is, where the receiver keeps the moment of taking', () => {
    expect(place(submitted, MINUTE)).toMatchObject({
      place: 'in-queue',
      row: 9,
      certainty: 'confirmed',
      since: T,
      sent: null,
    })
    expect(place(submitted, MINUTE, { reports: silent('orders:shop') })?.place).toBe('unknown')
  })

  test('9: in the queue that a table is, though its row shows the status before anybody took it', () => {
    // shop SUBMITTED       crm  SUBMITTED, taken_at NULL
    const untaken = row('crm', 'SUBMITTED', T, { takenAt: null })
    expect(place([...submitted, untaken], HOUR)).toMatchObject({
      place: 'in-queue',
      row: 9,
      certainty: 'confirmed',
    })
    const first = (...facts: readonly Fact[]) =>
      buildJourney(gather([...submitted, ...facts], plus(T, HOUR)), COMPANY, plus(T, HOUR))
        .handoffs[0]?.state
    expect(first(untaken)).toBe('open')
    expect(first(untaken, change('crm', 'SUBMITTED', plus(T, SECOND)))).toBe('saved')
    expect(first(row('crm', 'SUBMITTED', T))).toBe('saved')
    expect(first({ ...untaken, status: 'PRICE_CALCULATED' })).toBe('saved')
    const published = span('crm', 'orders publish', plus(T, MINUTE), { spanKind: 'producer' })
    expect(first(untaken, published)).toBe('saved')
  })

  test('10: set aside, where it failed twice, is gone, and something was set aside then', () => {
    const failures = [MINUTE, 2 * MINUTE].map((after) => consumed(plus(T, after), { failed: true }))
    const rose = counter('dead-lettered', plus(T, 2 * MINUTE), plus(T, 3 * MINUTE))
    const facts = [...sent, ...failures, empty(10 * MINUTE)]
    const aside = { place: 'set-aside', row: 10, certainty: 'likely' }
    expect(place([...facts, rose], 10 * MINUTE)).toMatchObject({ ...aside, case: 'dead-lettered' })
    expect(place([...facts, { ...rose, counter: 'discarded' }], 10 * MINUTE)).toMatchObject({
      ...aside,
      case: 'discarded',
    })
    const filled = queue('crm_to_mes.dlq', [
      sample(plus(T, MINUTE), { ready: 6 }),
      sample(plus(T, 3 * MINUTE), { ready: 7 }),
      sample(plus(T, 10 * MINUTE), { ready: 7 }),
    ])
    expect(place([...facts, filled], 10 * MINUTE)).toMatchObject(aside)
    expect(place(facts, 10 * MINUTE)?.row).not.toBe(10)
    const once = facts.filter((fact) => fact !== failures[0])
    expect(place([...once, rose], 10 * MINUTE)?.row).not.toBe(10)
    const later = { ...rose, since: plus(T, 8 * MINUTE), at: plus(T, 9 * MINUTE) }
    expect(place([...facts, later], 10 * MINUTE)?.row).not.toBe(10)
    const long = { ...rose, since: plus(T, -10 * MINUTE), at: plus(T, 3 * MINUTE) }
    expect(place([...facts, long], 10 * MINUTE)?.row).not.toBe(10)
    const strict = COMPANY.handoffs.map((def) => ({ ...def, giveUpAfter: 1 }))
    const pipeline = { ...COMPANY, handoffs: strict }
    expect(place([...once, rose], 10 * MINUTE, { pipeline })).toMatchObject(aside)
  })

  test('11: set aside, where it reached no queue', () => {
    const rose = counter('unroutable', plus(T, -20 * SECOND), plus(T, 40 * SECOND))
    const facts = [...sent, empty(40 * MINUTE)]
    expect(place([...facts, rose], 40 * MINUTE)).toMatchObject({
      place: 'set-aside',
      case: 'unroutable',
      row: 11,
      certainty: 'likely',
    })
    // The metrics reckon a minute over two and a half.
    const reckoned = { ...rose, since: plus(T, -30 * SECOND), at: plus(T, 2 * MINUTE) }
    expect(place([...facts, reckoned], 40 * MINUTE)?.row).toBe(11)
    expect(place([...sent, empty(3 * MINUTE), rose], 3 * MINUTE)?.row).not.toBe(11)
    expect(place(facts, 40 * MINUTE)?.place).toBe('unknown')
  })

  test('12: handled and not saved, where the newest attempt failed and none came after it', () => {
    const failed = consumed(plus(T, MINUTE), { failed: true })
    const facts = [...sent, failed, empty(40 * MINUTE)]
    const heartbeats = heard('mes-api', 'consume', plus(T, 20 * MINUTE))
    expect(place(facts, 40 * MINUTE, { heartbeats })).toMatchObject({
      place: 'handled-not-saved',
      row: 12,
      certainty: 'likely',
    })
    expect(place(facts, 40 * MINUTE)).toMatchObject({
      place: 'unknown',
      blindSpots: expect.arrayContaining([
        { code: 'no-heartbeat', source: 'jaeger', system: 'mes' },
      ]),
    })
    expect(place([...sent, failed], 40 * MINUTE, { heartbeats })?.place).toBe('unknown')
  })

  test('12: handled and not saved, where one that came after it was taken, in a queue that is never empty', () => {
    // published 40 │ ours 41 │ 45        four came after it, and three wait
    const failed = consumed(plus(T, 5 * SECOND), { failed: true })
    const heartbeats = heard('mes-api', 'consume', plus(T, 20 * MINUTE))
    const of = (ready: number) =>
      place(
        [
          ...sent,
          failed,
          readings(40 * MINUTE, 82, (at) => ({
            ready,
            published: at <= T ? 40 : at < plus(T, 10 * MINUTE) ? 41 : 45,
          })),
        ],
        40 * MINUTE,
        { heartbeats },
      )
    expect(of(3)?.row).toBe(12)
    expect(of(4)?.row).not.toBe(12)
  })

  test('14: in the queue, where something waits', () => {
    const read = readings(MINUTE, 2, () => ({ ready: 2, consumers: 3 }))
    expect(place([...sent, read], MINUTE)).toMatchObject({
      place: 'in-queue',
      row: 14,
      certainty: 'likely',
      blindSpots: expect.arrayContaining([
        { code: 'count-unknown', source: 'rabbitmq', system: null },
      ]),
    })
    const failed = consumed(plus(T, 10 * SECOND), { failed: true })
    expect(place([...sent, failed, read], MINUTE)?.row).toBe(14)
  })

  test('14: in the queue, where nobody listens and whether it was sent cannot be seen', () => {
    const dead = readings(MINUTE, 3, () => ({ ready: 9, consumers: 0 }))
    const facts = [...approved(undefined), dead]
    expect(place(facts, MINUTE)).toMatchObject({ place: 'in-queue', row: 14, certainty: 'likely' })
  })

  test('15: in the queue that a table is, where nobody is seen to take it', () => {
    const notKept = report('orders:shop', plus(T, HOUR), { notKept: ['orders.taken_at'] })
    const heartbeats = heard('crm-api', 'take', plus(T, 20 * MINUTE))
    const asked = { reports: [notKept], heartbeats }
    expect(place(submitted, HOUR, asked)).toMatchObject({ place: 'in-queue', row: 15 })
    expect(place(submitted, 6 * MINUTE, asked)?.place).toBe('unknown')
    expect(place(submitted, HOUR, { reports: [notKept] })?.place).toBe('unknown')
  })

  test('16: not sent, where the sender keeps the moment and there is none', () => {
    expect(place(approved(null), HOUR)).toMatchObject({
      place: 'not-sent',
      row: 16,
      certainty: 'confirmed',
      sent: null,
      since: T,
    })
    const message = span('crm', 'orders publish', plus(T, SECOND), { spanKind: 'producer' })
    expect(place([...approved(null), message], HOUR)).toMatchObject({ row: 18, sent: message.at })
  })

  test('17: not sent, where nothing is seen of a sender that is heard, or it failed', () => {
    const unsent = { place: 'not-sent', row: 17, certainty: 'likely' }
    const heartbeats = heard('crm-api', 'publish', plus(T, 20 * MINUTE))
    expect(place(approved(undefined), HOUR, { heartbeats })).toMatchObject(unsent)
    expect(place(approved(undefined), HOUR)?.place).toBe('unknown')
    const message = span('crm', 'orders publish', plus(T, SECOND), {
      spanKind: 'producer',
      failed: true,
      attributes: { 'messaging.destination.name': mask('orders', 'B') },
    })
    expect(place([...approved(undefined), message], HOUR)).toMatchObject(unsent)
  })

  test('18: unknown, where it was sent and the broker is silent', () => {
    expect(place(sent, HOUR)).toMatchObject({
      place: 'unknown',
      row: 18,
      certainty: 'cannot-tell',
      sent: plus(T, SECOND),
      since: null,
      queue: null,
      blindSpots: expect.arrayContaining([
        { code: 'queue-not-read', source: 'rabbitmq', system: null },
      ]),
    })
  })
})

describe('a source that is silent', () => {
  test.each([
    ['a dead letter', [...sent, deadLetter('crm_to_mes', plus(T, MINUTE))]],
    ['a mark of taking', [...sent, row('mes', 'PRICE_CALCULATED', plus(T, -HOUR), { takenAt: T })]],
    ['an empty mark of taking', submitted],
    ['an empty mark of sending', approved(null)],
  ])('makes %s likely at most: it may know more', (_, facts) => {
    expect(place(facts, 2 * MINUTE)?.certainty).toBe('confirmed')
    expect(place(facts, 2 * MINUTE, { reports: silent('jaeger') })).toMatchObject({
      certainty: 'likely',
      blindSpots: expect.arrayContaining([
        expect.objectContaining({ code: 'traces-not-complete', source: 'jaeger' }),
      ]),
    })
  })

  test('is not missed where nothing of the receiver is traced', () => {
    const components = COMPANY.components.map((one) => ({ ...one, coverage: 'db' as const }))
    const asked = { reports: silent('jaeger'), pipeline: { ...COMPANY, components } }
    expect(place(submitted, MINUTE, asked)).toMatchObject({ row: 9, certainty: 'confirmed' })
  })
})

describe('a reading', () => {
  const dead = (until: number) => readings(until, 5, () => ({ ready: 140, consumers: 0 }))

  test('explains only what happened 15 seconds before it', () => {
    expect(place([...sent, dead(10 * SECOND)], 10 * SECOND)).toMatchObject({
      place: 'unknown',
      blindSpots: expect.arrayContaining([
        { code: 'reading-too-young', source: 'rabbitmq', system: null },
      ]),
    })
    expect(place([...sent, dead(16 * SECOND)], 16 * SECOND)?.place).toBe('in-queue')
  })

  test('that is old tells nothing of now', () => {
    expect(place([...sent, dead(MINUTE)], 10 * MINUTE)?.place).toBe('unknown')
  })

  test('lengthens the limit by the longest operation only while the queue is busy or unknown', () => {
    const level = (facts: readonly Fact[], after: number) => {
      const now = plus(T, after)
      return buildJourney(gather([...sent, ...facts], now), COMPANY, now).handoffs.at(-1)?.level
    }
    const busy = readings(11 * MINUTE, 3, () => ({ ready: 3, unacked: 1 }))
    expect(level([dead(11 * MINUTE)], 11 * MINUTE)).toBe('breach')
    expect(level([busy], 11 * MINUTE)).toBe('ok')
    expect(level([], 11 * MINUTE)).toBe('ok')
  })
})

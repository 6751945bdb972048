import { describe, expect, test } from 'vitest'
import { buildJourney } from './build-journey'
import type { Fact, QueueSample } from './fact'
import { COMPANY } from './fixtures/company'
import { HOUR, MINUTE, moment, plus, SECOND } from './fixtures/moment'
import { change, gather, history, row, span } from './fixtures/said'
import { counter, queue, sample } from './fixtures/said-of-queues'
import type { EpochMs } from './types'

/** The worked histories of the company, as far as they say where a message is. */
const placeOf = (facts: readonly Fact[], now: EpochMs) =>
  buildJourney(gather(facts, now), COMPANY, now).handoffs.at(-1)?.located

const T = moment('2026-11-18T10:00+03:00')

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

/** Submitted and taken by the sales system, which sent it to production a second after `at`. */
const taken = (at: EpochMs): readonly Fact[] => [
  ...history('shop', [['SUBMITTED', plus(at, -20 * SECOND)]]),
  ...history('crm', [['SUBMITTED', at, { sentAt: plus(at, SECOND) }]], { takenAt: at }),
]

describe('the place of a message, in the worked histories', () => {
  const now = plus(T, 12 * MINUTE)
  // Five were published in the minutes after ours; nothing has been acknowledged since.
  const pricing = (before: number) =>
    read('crm_to_mes', now, (at) => ({
      ready: 4,
      unacked: 1,
      published: at <= T ? before : at < plus(T, 2 * MINUTE) ? before + 1 : before + 5,
    }))

  test('1a: in pricing, its start seen', () => {
    const started = span('mes', 'S3.GetObject', plus(T, 5 * SECOND), {
      spanKind: 'client',
      parentId: 'not ended',
      orphan: true,
    })
    expect(placeOf([...taken(T), pricing(40), started], now)).toMatchObject({
      place: 'being-handled',
      row: 6,
      certainty: 'confirmed',
    })
  })

  test('1b: the same without a start: as many wait as came after it', () => {
    expect(placeOf([...taken(T), pricing(40)], now)).toMatchObject({
      place: 'being-handled',
      row: 13,
      certainty: 'likely',
      queue: { ready: 4, unacked: 1, after: { least: 4, most: 4 } },
    })
  })

  test('1c: one of those that wait: more wait than came after it', () => {
    // published 44 │ ours 45        three came after
    const waiting = read('crm_to_mes', now, (at) => ({
      ready: 4,
      unacked: 1,
      published: at <= T ? 44 : at < plus(T, 2 * MINUTE) ? 45 : 48,
      acked: 90 + Math.floor((at - T) / (20 * MINUTE)),
    }))
    expect(placeOf([...taken(T), waiting], now)).toMatchObject({
      place: 'in-queue',
      row: 8,
      certainty: 'confirmed',
      queue: { state: 'busy', ready: 4 },
    })
  })

  test('4, 12b: priced half an hour ago, and nobody listens for the news of it', () => {
    const at = plus(T, 30 * MINUTE)
    const dead = read('mes_to_crm', at, () => ({ ready: 140, consumers: 0 }))
    const priced = history('mes', [
      ['SUBMITTED', plus(T, -HOUR)],
      ['PRICE_CALCULATED', T, { sentAt: plus(T, SECOND) }],
    ])
    const partner = priced.map((fact) =>
      fact.kind === 'row' ? { ...fact, channel: 'partner' } : fact,
    )
    for (const facts of [partner, [...priced, row('crm', 'SUBMITTED', plus(T, -HOUR))]])
      expect(placeOf([...facts, dead], at)).toMatchObject({
        place: 'in-queue',
        row: 8,
        certainty: 'confirmed',
        since: plus(T, SECOND),
        queue: { state: 'dead', ready: 140 },
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
    expect(placeOf(facts, now)).toMatchObject({
      place: 'saved',
      row: 1,
      attempts: [{ failed: true }, { failed: false }],
    })
  })

  test('6b: set back by a message that came late', () => {
    const facts = [
      ...history('mes', [
        ['MANUFACTURING_STARTED', plus(T, -HOUR)],
        ['MANUFACTURING_COMPLETED', T],
      ]),
      ...history('crm', [
        ['MANUFACTURING_STARTED', plus(T, -HOUR + SECOND)],
        ['MANUFACTURING_COMPLETED', plus(T, SECOND)],
        ['MANUFACTURING_STARTED', plus(T, HOUR)],
      ]),
    ]
    expect(placeOf(facts, plus(T, 2 * HOUR))).toMatchObject({
      place: 'handled-not-saved',
      case: 'set-back',
      certainty: 'confirmed',
      since: plus(T, HOUR),
    })
  })

  test('8: released, and the news of it not sent', () => {
    const facts = [
      ...history('mes', [
        ['MANUFACTURING_APPROVED', plus(T, -2 * HOUR)],
        ['MANUFACTURING_STARTED', plus(T, -HOUR), { sentAt: plus(T, -HOUR) }],
        ['MANUFACTURING_APPROVED', T, { sentAt: null }],
      ]),
      ...history('crm', [
        ['MANUFACTURING_APPROVED', plus(T, -2 * HOUR - SECOND)],
        ['MANUFACTURING_STARTED', plus(T, -HOUR + SECOND)],
      ]),
    ]
    expect(placeOf(facts, plus(T, HOUR))).toMatchObject({
      place: 'not-sent',
      row: 16,
      certainty: 'confirmed',
    })
  })

  test('13: approved and published to no queue', () => {
    const at = plus(T, 40 * MINUTE)
    const facts = [
      ...history('crm', [
        ['PRICE_CALCULATED', plus(T, -HOUR)],
        ['MANUFACTURING_APPROVED', T, { sentAt: plus(T, SECOND) }],
      ]),
      row('mes', 'PRICE_CALCULATED', plus(T, -HOUR)),
      change('mes', 'PRICE_CALCULATED', plus(T, -HOUR)),
      read('crm_to_mes', at, () => ({})),
      counter('unroutable', plus(T, -15 * SECOND), plus(T, 45 * SECOND)),
    ]
    expect(placeOf(facts, at)).toMatchObject({
      place: 'set-aside',
      case: 'unroutable',
      certainty: 'likely',
    })
  })
})

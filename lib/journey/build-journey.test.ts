// Long, because what holds of the whole journey is stated in one place.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { costly } from '@/property-runs'
import { buildJourney } from './build-journey'
import { arbitraryGathered, arbitraryNow } from './fixtures/arbitrary-gathered'
import { COMPANY, COMPANY_THAT_CANCELS } from './fixtures/company'
import { DAY, HOUR, MINUTE, moment, plus } from './fixtures/moment'
import { change, gather, history, report, row, span } from './fixtures/said'
import type { Gathered, Journey } from './journey'
import { LEVELS, type Level } from './types'

const T = moment('2026-11-18T10:00+03:00')
const build = (gathered: Gathered, now = moment('2026-11-21')) =>
  buildJourney(gathered, COMPANY_THAT_CANCELS, now)
const rank = (level: Level | undefined) => (level ? LEVELS.indexOf(level) : 0)

describe('buildJourney', () => {
  test('of nothing is a journey that says so', () => {
    const journey = build({
      orderId: 'ORD-000017',
      facts: [],
      sources: [],
      otherOrders: {},
      same: null,
    })
    expect(journey).toMatchObject({ current: null, channel: null, stages: [], handoffs: [] })
    expect(journey.promise).toBeNull()
  })

  test('tells a partner order without any fact of the shop', () => {
    // mes  SUBMITTED ── PRICED ────────────────── now
    // crm                  └── PRICED ───────────
    const partner = { channel: 'partner' }
    const facts = [
      ...history(
        'mes',
        [
          ['SUBMITTED', T],
          ['PRICE_CALCULATED', plus(T, 20 * MINUTE)],
        ],
        partner,
      ),
      ...history('crm', [['PRICE_CALCULATED', plus(T, 21 * MINUTE)]], partner),
    ]
    const journey = build(gather(facts), plus(T, HOUR))
    expect(journey.channel).toBe('partner')
    expect(journey.stages.map(({ status, system }) => [status, system])).toEqual([
      ['SUBMITTED', 'mes'],
      ['PRICE_CALCULATED', 'mes'],
    ])
    expect(journey.handoffs).toMatchObject([{ from: 'mes', to: 'crm', state: 'saved' }])
    expect(journey.promise).toMatchObject({ started: T, kept: null, level: 'ok' })
    expect(journey.coming[0]).toEqual({ status: 'MANUFACTURING_APPROVED', system: 'crm' })
    expect(journey.blindSpots.map(({ code, system }) => `${code} ${system}`)).not.toContain(
      'no-spans shop',
    )
  })

  test('corrects the history by a late event, and not where the order is', () => {
    // mes  PRICED ─────────── STARTED        COMPLETED's row is there; APPROVED comes a day late
    const base = [
      ...history('mes', [
        ['PRICE_CALCULATED', T],
        ['MANUFACTURING_STARTED', plus(T, 2 * HOUR)],
      ]),
      row('crm', 'MANUFACTURING_STARTED', plus(T, 2 * HOUR + 1000)),
    ]
    const late = change('crm', 'MANUFACTURING_APPROVED', plus(T, HOUR))
    const [before, then] = [build(gather(base)), build(gather([...base, late]))]
    expect(before.stages.map(({ status }) => status)).not.toContain('MANUFACTURING_APPROVED')
    expect(then.stages.map(({ status }) => status)).toEqual([
      'PRICE_CALCULATED',
      'MANUFACTURING_APPROVED',
      'MANUFACTURING_STARTED',
    ])
    expect({ ...then.current, stage: 0 }).toEqual({ ...before.current, stage: 0 })
  })

  test('makes no stay negative where a span starts before its cause and news arrives before it left', () => {
    // mes  ────────── PRICED            crm's clock is an hour slow
    // crm  ── PRICED (received before sent)
    const facts = [
      ...history('mes', [['PRICE_CALCULATED', T, { sentAt: plus(T, 1000) }]]),
      ...history('crm', [['PRICE_CALCULATED', plus(T, -1000), { receivedAt: plus(T, -HOUR) }]]),
      span('mes', 'orders publish', plus(T, 1000), { spanKind: 'producer' }),
      span('crm', 'mes_to_crm process', plus(T, -1500), { spanKind: 'consumer' }),
    ]
    expect(build(gather(facts), plus(T, HOUR)).handoffs).toMatchObject([
      { state: 'saved', started: T, arrived: T, wait: 0, level: 'ok' },
    ])
  })

  test('keeps its stages in the order of their statuses where two clocks differ by a second', () => {
    const facts = [
      ...history('shop', [['SUBMITTED', T]]),
      ...history('mes', [['PRICE_CALCULATED', plus(T, -1000)]]),
    ]
    expect(build(gather(facts)).stages).toMatchObject([
      { status: 'SUBMITTED', dwell: 0 },
      { status: 'PRICE_CALCULATED' },
    ])
  })

  test('does not get better because the database that says it is late falls silent', () => {
    // mes  STARTED ─ APPROVED (released, four days ago: breach)      crm  STARTED (10 d: ok)
    const facts = [
      ...history('mes', [
        ['MANUFACTURING_STARTED', T],
        ['MANUFACTURING_APPROVED', plus(T, HOUR)],
      ]),
      ...history('crm', [['MANUFACTURING_STARTED', plus(T, 1000)]]),
    ]
    const now = plus(T, 8 * DAY)
    const silent = report('orders:mes', now, { state: 'missing', asOf: null })
    const [seen, blind] = [build(gather(facts, now), now), build(gather(facts, now, [silent]), now)]
    expect(seen.current).toMatchObject({ status: 'MANUFACTURING_APPROVED', level: 'breach' })
    expect(blind.current).toMatchObject({
      status: 'MANUFACTURING_STARTED',
      system: 'mes',
      copyOf: 'crm',
      approximate: 'copy',
      level: 'breach',
    })
  })
})

// Costly, all of them: whole journeys are built, and often compared, each time. That takes longer than one test may.
describe('any journey', { timeout: 600_000 }, () => {
  test('is the same whatever the order of its facts, and however often each was said', () => {
    const shuffled = arbitraryGathered.chain((gathered) =>
      fc.record({
        gathered: fc.constant(gathered),
        facts: fc.shuffledSubarray([...gathered.facts, ...gathered.facts.map((f) => ({ ...f }))], {
          minLength: gathered.facts.length * 2,
        }),
        sources: fc.shuffledSubarray([...gathered.sources], {
          minLength: gathered.sources.length,
        }),
      }),
    )
    fc.assert(
      fc.property(shuffled, arbitraryNow, ({ gathered, facts, sources }, now) => {
        expect(build({ ...gathered, facts, sources }, now)).toEqual(build(gathered, now))
      }),
      costly(),
    )
  })

  test('leaves what it was given as it was', () => {
    fc.assert(
      fc.property(arbitraryGathered, arbitraryNow, (gathered, now) => {
        const frozen = freeze(gathered)
        expect(() => buildJourney(frozen, freeze({ ...COMPANY }), now)).not.toThrow()
      }),
      costly(),
    )
  })

  test('has no negative duration, whatever the skew', () => {
    fc.assert(
      fc.property(arbitraryGathered, arbitraryNow, (gathered, now) => {
        expect(Math.min(0, ...durationsOf(build(gathered, now)))).toBe(0)
      }),
      costly(),
    )
  })

  test('has one open stage, the last, and it is where the order is', () => {
    fc.assert(
      fc.property(arbitraryGathered, arbitraryNow, (gathered, now) => {
        const { stages, current } = build(gathered, now)
        expect(stages.filter(({ left }) => left === null)).toEqual(stages.slice(-1))
        expect(current?.status).toBe(stages.at(-1)?.status)
        expect(current?.stage ?? -1).toBe(stages.length - 1)
        expect(current?.since).toBe(stages.at(-1)?.entered)
      }),
      costly(),
    )
  })

  test('never gets better by waiting', () => {
    const nows = fc.tuple(arbitraryNow, fc.integer({ min: 0, max: 60 * DAY }))
    fc.assert(
      fc.property(arbitraryGathered, nows, (gathered, [now, wait]) => {
        const levels = (journey: Journey) => [
          rank(journey.current?.level),
          rank(journey.promise?.level),
          ...journey.stages.map(({ level }) => rank(level)),
          ...journey.handoffs.map(({ level }) => rank(level)),
        ]
        const [early, late] = [
          levels(build(gathered, now)),
          levels(build(gathered, plus(now, wait))),
        ]
        expect(late.every((level, index) => level >= (early[index] ?? 0))).toBe(true)
      }),
      costly(),
    )
  })

  // A stay that a copy seems to have ended is another claim: its doubt is in the level of what is current.
  test('never gets better because a source cannot be trusted any more', () => {
    const state = fc.constantFrom('stale' as const, 'missing' as const)
    const source = fc.constantFrom('orders:shop', 'orders:mes', 'jaeger')
    fc.assert(
      fc.property(arbitraryGathered, arbitraryNow, source, state, (gathered, now, which, worse) => {
        const sources = gathered.sources.map((one) =>
          one.source === which ? { ...one, state: worse, reason: 'timeout' } : one,
        )
        const [seen, blind] = [build(gathered, now), build({ ...gathered, sources }, now)]
        expect(rank(blind.current?.level)).toBeGreaterThanOrEqual(rank(seen.current?.level))
        for (const stage of seen.stages) {
          const same = blind.stages.find(
            ({ status, system, entered, left }) =>
              status === stage.status &&
              system === stage.system &&
              entered === stage.entered &&
              left === stage.left,
          )
          if (same) expect(rank(same.level)).toBeGreaterThanOrEqual(rank(stage.level))
        }
      }),
      costly(),
    )
  })

  test('rests on facts that it has', () => {
    fc.assert(
      fc.property(arbitraryGathered, arbitraryNow, (gathered, now) => {
        const journey = build(gathered, now)
        const known = new Set(journey.facts.map(({ id }) => id))
        const named = [
          ...journey.stages.flatMap(({ evidence }) => evidence),
          ...journey.handoffs.flatMap(({ evidence }) => evidence),
          ...journey.disagreements.flatMap(({ evidence }) => evidence),
          ...journey.lanes.flatMap(({ factIds }) => factIds),
        ]
        expect(named.filter((id) => !known.has(id))).toEqual([])
        expect(journey.stages.every(({ evidence }) => evidence.length > 0)).toBe(true)
      }),
      costly(),
    )
  })
})

const durationsOf = ({ stages, handoffs, traces, promise }: Journey): readonly number[] => [
  ...stages.flatMap(({ dwell, businessDwell, entered, left }) => [
    dwell,
    businessDwell ?? 0,
    left === null ? 0 : left - entered,
  ]),
  ...handoffs.flatMap(({ wait, started, sent, arrived }) => [
    wait,
    (sent ?? started) - started,
    (arrived ?? started) - started,
  ]),
  ...traces.map(({ started, ended }) => ended - started),
  promise?.kept ? promise.kept - promise.started : 0,
]

/** Frozen all the way down: a write throws. */
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return value
  for (const inner of Object.values(value)) freeze(inner)
  return Object.freeze(value)
}

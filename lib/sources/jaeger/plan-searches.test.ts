import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { epochMs } from '@/lib/journey/types'
import { testPipeline } from '../fixtures/test-pipeline'
import {
  halve,
  packWindows,
  planWindows,
  servicelessTargets,
  serviceTargets,
} from './plan-searches'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = epochMs(2_000 * DAY)
const ago = (ms: number) => epochMs(NOW - ms)
const plan = (moments: readonly number[], createdAt: number | null = null) =>
  planWindows({
    moments: moments.map(ago),
    createdAt: createdAt === null ? null : ago(createdAt),
    now: NOW,
    retentionMs: 30 * DAY,
  }).map(({ from, until, moments: covered }) => [
    (NOW - from) / HOUR,
    Math.ceil((NOW - until) / HOUR) + 0,
    covered.length,
  ])

describe('planWindows', () => {
  //   −50 h     −10 h −9.5 h        now
  //   ──┼──       ─┼────┼───────────▶
  test('puts an hour around each moment, newest first, the last one up to now', () => {
    expect(plan([50 * HOUR, 10 * HOUR, 9.5 * HOUR])).toEqual([
      [11, 0, 2],
      [51, 49, 1],
    ])
  })

  test('goes back to an hour before the order was created where no moment is known', () => {
    expect(plan([], 3 * DAY)).toEqual([[73, 0, 0]])
  })

  test('cuts slices of seven days from the newer end', () => {
    expect(
      plan([], 15 * DAY).map(([from, until]) => [
        Math.round((from ?? 0) / 24),
        Math.round((until ?? 0) / 24),
      ]),
    ).toEqual([
      [7, 0],
      [14, 7],
      [15, 14],
    ])
  })

  test('makes longer slices where there may not be as many, and still reaches as far back', () => {
    const windows = planWindows({
      moments: [],
      createdAt: null,
      now: NOW,
      retentionMs: 30 * DAY,
      most: 4,
    })
    expect(windows).toHaveLength(4)
    expect(windows.at(-1)?.from).toBe(NOW - 30 * DAY)
  })

  test('asks for nothing that is no longer retained', () => {
    expect(plan([40 * DAY, 2 * HOUR])).toEqual([[3, 0, 1]])
    expect(plan([], 90 * DAY).at(-1)?.[0]).toBe(30 * 24)
    expect(plan([])).toHaveLength(5)
  })

  test('covers every moment once, in windows that are sorted, apart and at most a week long', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 29 * DAY }), { maxLength: 20 }), (moments) => {
        const windows = planWindows({
          moments: moments.map(ago),
          createdAt: null,
          now: NOW,
          retentionMs: 30 * DAY,
        })
        for (const at of moments.map(ago))
          expect(windows.filter(({ from, until }) => at >= from && at < until)).toHaveLength(1)
        for (const [index, { from, until }] of windows.entries()) {
          expect(until - from).toBeLessThanOrEqual(7 * DAY)
          expect(until).toBeLessThanOrEqual(windows[index - 1]?.from ?? Number.POSITIVE_INFINITY)
        }
      }),
    )
  })
})

describe('packWindows', () => {
  const windows = (hours: readonly number[]) =>
    planWindows({
      moments: hours.map((hour) => ago(hour * HOUR)),
      createdAt: null,
      now: NOW,
      retentionMs: 30 * DAY,
    })
  const toHours = ({ from, until }: { from: number; until: number }) => [
    Math.round((NOW - from) / HOUR),
    Math.round((NOW - until) / HOUR) + 0,
  ]

  test('leaves windows alone that are few enough', () => {
    const few = windows([100, 50, 10])
    expect(packWindows(few, 3)).toBe(few)
  })

  //   −500 h −480 h        −100 h −50 h −10 h
  //   ──┼─────┼──────────────┼─────┼─────┼─────▶
  //   └─────────┘            └─────────────────▶
  test('makes one of neighbours, a week at most', () => {
    expect(packWindows(windows([500, 480, 100, 50, 10]), 4).map(toHours)).toEqual([
      [101, 0],
      [501, 479],
    ])
  })

  test('loses no moment, and keeps windows newest first, apart and at most a week long', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 29 * 24 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 12 }),
        (hours, most) => {
          const before = windows(hours)
          const after = packWindows(before, most)
          expect(after.length).toBeLessThanOrEqual(before.length)
          expect(after.flatMap(({ moments }) => moments).toSorted()).toEqual(
            before.flatMap(({ moments }) => moments).toSorted(),
          )
          for (const [index, { from, until, moments }] of after.entries()) {
            expect(until - from).toBeLessThanOrEqual(7 * DAY)
            expect(until).toBeLessThanOrEqual(after[index - 1]?.from ?? Number.POSITIVE_INFINITY)
            for (const at of moments) expect(at >= from && at < until).toBe(true)
          }
        },
      ),
    )
  })
})

test('halve gives the newer half first, and none of a minute', () => {
  expect(halve({ from: epochMs(0), until: epochMs(DAY) })).toEqual([
    { from: DAY / 2, until: DAY },
    { from: 0, until: DAY / 2 },
  ])
  expect(halve({ from: epochMs(0), until: epochMs(60_000) })).toBe(null)
})

test('targets are the traced services, each under its own attribute', () => {
  const [shop, ...others] = testPipeline().components
  const pipeline = testPipeline({
    components: [
      ...(shop ? [{ ...shop, idAttribute: 'app.order.id' }] : []),
      ...others.map((component) => ({
        ...component,
        coverage: component.id === 'mes-api' ? ('none' as const) : component.coverage,
      })),
    ],
  })
  expect(serviceTargets(pipeline)).toEqual([
    { service: 'shop', attribute: 'app.order.id' },
    { service: 'shop-api', attribute: 'app.order.id' },
    { service: 'crm-api', attribute: 'order.id' },
  ])
  expect(servicelessTargets(pipeline).map(({ attribute }) => attribute)).toEqual([
    'app.order.id',
    'order.id',
  ])
})

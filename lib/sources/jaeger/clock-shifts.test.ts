import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { epochMs } from '@/lib/journey/types'
import { buildTree } from './build-tree'
import { toClockShifts } from './clock-shifts'
import { type Drawn, draw } from './fixtures/drawn-trace'
import { keyOf, type RawSpan } from './raw-span'

const on = (host: string | null, drawn: Drawn): RawSpan => ({
  ...draw(drawn),
  ...(host !== null && { resource: new Map([['host.name', host]]) }),
})

function shiftsOf(spans: readonly RawSpan[]): readonly number[] {
  const shiftOf = toClockShifts(buildTree(spans))
  return spans.map(shiftOf)
}

const CALLER = on('a', { id: 1, at: 0, durationMs: 100, kind: 'client' })

describe('a span of another host than its parent', () => {
  test.each([
    ['inside its parent, stays', { at: 10, durationMs: 90 }, 0],
    ['before its parent, goes to its middle', { at: -240, durationMs: 60 }, 260],
    ['after the end of its parent, goes to its middle', { at: 70, durationMs: 60 }, -50],
    ['longer and earlier than its parent, begins with it', { at: -7, durationMs: 300 }, 7],
    ['longer and later than its parent, stays', { at: 5_000, durationMs: 300 }, 0],
  ])('%s', (_, times, shift) => {
    const callee = on('b', { id: 2, under: 1, kind: 'server', ...times })
    expect(shiftsOf([CALLER, callee])).toEqual([0, shift])
  })

  test('takes the rest of its host with it, and its caller comes back to its own clock', () => {
    const spans = [
      CALLER,
      on('b', { id: 2, under: 1, at: -240, durationMs: 60 }),
      on('b', { id: 3, under: 2, at: -230, durationMs: 500 }),
      on('a', { id: 4, under: 3, at: 40, durationMs: 5 }),
    ]
    expect(shiftsOf(spans)).toEqual([0, 260, 260, 0])
  })

  test('is known by its service where no host is named', () => {
    const [caller, own, other] = [
      on(null, { id: 1, at: 0, durationMs: 100, service: 'crm-api' }),
      on(null, { id: 2, under: 1, at: -10, durationMs: 10, service: 'crm-api' }),
      on(null, { id: 3, under: 1, at: -10, durationMs: 10, service: 'mes-api' }),
    ]
    expect(shiftsOf([caller, own, other])).toEqual([0, 0, 55])
  })
})

test('what waited in a queue is not moved back to when it was sent', () => {
  const send = on('a', { id: 1, at: 0, durationMs: 5, kind: 'producer' })
  const taken = (at: number) =>
    on('b', { id: 2, under: 1, at, durationMs: 1, kind: 'consumer', service: 'mes-api' })
  expect(shiftsOf([send, taken(3 * 3_600_000)])).toEqual([0, 0])
  expect(shiftsOf([send, taken(-240)])).toEqual([0, 240])
})

test('an orphan has nothing to be compared with', () => {
  expect(shiftsOf([on('b', { id: 2, under: 1, at: -500 })])).toEqual([0])
})

/** Parents stand before their children in the list, not in time; some are not there. */
const arbitraryTrace = fc
  .array(
    fc.record({
      above: fc.nat(14),
      host: fc.constantFrom('a', 'b', 'c'),
      at: fc.integer({ min: -5_000_000, max: 5_000_000 }),
      length: fc.nat(2_000_000),
      kind: fc.constantFrom<RawSpan['kind']>('server', 'client', 'producer', 'consumer'),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((spans) =>
    spans.map(({ above, host, at, length, kind }, index) =>
      on(host, {
        id: index + 1,
        ...(above > 0 && { under: above > index ? 99 : above }),
        at: at / 1_000,
        durationMs: length / 1_000,
        kind,
      }),
    ),
  )

function adjusted(spans: readonly RawSpan[]): readonly RawSpan[] {
  const shifts = shiftsOf(spans)
  return spans.map((span, index) => ({
    ...span,
    start: epochMs(Math.round((span.start + (shifts[index] ?? 0)) * 1_000) / 1_000),
  }))
}

describe('for any trace', () => {
  test('what is adjusted needs no shift', () => {
    fc.assert(
      fc.property(arbitraryTrace, (spans) => {
        const once = adjusted(spans)
        expect(shiftsOf(once).every((shift) => shift === 0)).toBe(true)
        expect(adjusted(once)).toEqual(once)
      }),
    )
  })

  test('the order of its spans, and how often each came, does not matter', () => {
    const shuffled = arbitraryTrace.chain((spans) =>
      fc.tuple(
        fc.constant(spans),
        fc.shuffledSubarray([...spans, ...spans], { minLength: spans.length * 2 }),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([spans, all]) => {
        const tree = buildTree(all)
        const shiftOf = toClockShifts(tree)
        expect(spans.map((span) => shiftOf(tree.find(keyOf(span)) ?? span))).toEqual(
          shiftsOf(spans),
        )
      }),
    )
  })

  test('one host has one clock', () => {
    fc.assert(
      fc.property(arbitraryTrace, (spans) => {
        const alone = spans.map((span) => ({ ...span, resource: new Map([['host.id', 'x']]) }))
        expect(shiftsOf(alone).every((shift) => shift === 0)).toBe(true)
      }),
    )
  })
})

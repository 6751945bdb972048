import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { QueueSample } from './fact'
import { MINUTE, moment, plus, SECOND } from './fixtures/moment'
import { sample } from './fixtures/said-of-queues'
import { deadSince, emptySince, toQueueState } from './queue-state'

const T = moment('2026-11-18T10:00+03:00')
const L = 30 * MINUTE

/** Readings each minute from T on. */
const each = (minutes: number, of: (minute: number) => Partial<QueueSample>) =>
  Array.from({ length: minutes + 1 }, (_, minute) => sample(plus(T, minute * MINUTE), of(minute)))

describe('the state of a queue', () => {
  test.each<[string, Partial<QueueSample>, string]>([
    // As a real broker answered: empty, at work, and what a fresh queue leaves out.
    ['empty', { ready: 0, unacked: 0 }, 'idle'],
    ['at work', { ready: 1, unacked: 2, consumers: 1 }, 'busy'],
    ['at work on all that there is', { ready: 0, unacked: 1 }, 'busy'],
    ['waiting between two deliveries', { ready: 3, unacked: 0, consumers: 2 }, 'waiting'],
    ['fresh', { ready: null, unacked: null, consumers: null }, 'unknown'],
    ['without a count of what waits', { ready: null, unacked: 2 }, 'busy'],
    ['without a count of who listens', { ready: 3, unacked: 0, consumers: null }, 'unknown'],
  ])('of one reading %s', (_, said, state) => {
    expect(toQueueState([sample(T, said)], L)).toBe(state)
  })

  test('is dead after two readings without a consumer, 30 seconds apart', () => {
    const at = (after: number, consumers: number | null) =>
      sample(plus(T, after * SECOND), { ready: 4, consumers })
    expect(toQueueState([at(0, 0)], L)).toBe('unknown')
    expect(toQueueState([at(0, 0), at(29, 0)], L)).toBe('unknown')
    expect(toQueueState([at(0, 0), at(30, 0)], L)).toBe('dead')
    expect(toQueueState([at(0, 0), at(20, 1), at(40, 0)], L)).toBe('unknown')
    // What the broker sampled in between never says who listened.
    expect(toQueueState([at(0, 0), at(20, null), at(40, 0)], L)).toBe('dead')
    expect(toQueueState([at(0, 0), at(20, 0), at(40, null)], L)).toBe('unknown')
  })

  test('is stuck when nothing was acknowledged for ten minutes and the longest operation', () => {
    // acked  70 ─────────── 40 m ─────────── 70        ready + unacked never 0
    const stuck = (minutes: number, rest: (minute: number) => Partial<QueueSample> = () => ({})) =>
      toQueueState(
        each(minutes, (minute) => ({ ready: 0, unacked: 4, acked: 70, ...rest(minute) })),
        L,
      )
    expect(stuck(40)).toBe('stuck')
    expect(stuck(39)).toBe('busy')
    expect(stuck(40, (minute) => ({ acked: minute < 40 ? 70 : 71 }))).toBe('busy')
    expect(stuck(40, (minute) => (minute === 20 ? { unacked: 0 } : {}))).toBe('busy')
    expect(stuck(40, () => ({ acked: null }))).toBe('busy')
  })

  test('is growing when each third of a quarter of an hour and the longest operation is fuller', () => {
    const growing = (ready: (minute: number) => number | null, minutes = 45) =>
      toQueueState(
        each(minutes, (minute) => ({ ready: ready(minute), unacked: 1, acked: minute })),
        L,
      )
    expect(growing((minute) => 4 + minute + (minute % 2))).toBe('growing')
    expect(growing((minute) => 4 + minute, 44)).toBe('busy')
    expect(growing(() => 9)).toBe('busy')
    expect(growing((minute) => (minute === 30 ? 0 : 4 + minute))).toBe('busy')
    expect(growing((minute) => (minute === 30 ? null : 4 + minute))).toBe('busy')
  })

  test('holds since the first reading of its run, and a gap ends it unless nothing was acknowledged', () => {
    const read = [0, 1, 2, 20, 21].map((minute) =>
      sample(plus(T, minute * MINUTE), { consumers: 0 }),
    )
    expect(deadSince(read)).toBe(T)
    expect(
      deadSince(read.map((one) => ({ ...one, acked: one.at > plus(T, 3 * MINUTE) ? 9 : 8 }))),
    ).toBe(plus(T, 20 * MINUTE))
    expect(emptySince(read.map((one) => ({ ...one, acked: null })))).toBe(plus(T, 20 * MINUTE))
    expect(emptySince([...read, sample(plus(T, 22 * MINUTE), { ready: 1 })])).toBeNull()
  })

  test('rests on no figure that was not said', () => {
    const figure = fc.option(fc.integer({ min: 0, max: 3 }))
    const samples = fc
      .array(fc.record({ ready: figure, unacked: figure, consumers: figure, acked: figure }), {
        minLength: 1,
        maxLength: 60,
      })
      .map((said) => said.map((one, minute) => sample(plus(T, minute * MINUTE), one)))
    fc.assert(
      fc.property(samples, (read) => {
        const state = toQueueState(read, 0)
        const last = read.at(-1)
        if (state === 'idle') expect([last?.ready, last?.unacked]).toEqual([0, 0])
        if (state === 'dead') {
          const said = read.map(({ consumers }) => consumers).filter((one) => one !== null)
          expect([last?.consumers, said.at(-2)]).toEqual([0, 0])
        }
        if (state === 'stuck') expect([last?.acked, last?.consumers]).not.toContain(null)
        if (state === 'growing') expect(last?.ready).toBeGreaterThan(0)
        if (state === 'busy') expect(last?.unacked).toBeGreaterThan(0)
      }),
    )
  })
})

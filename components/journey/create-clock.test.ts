import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClock } from './create-clock'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the clock of a page', () => {
  //   told   1000 ──────────▶ set 9000
  //   now    1000 2000 3000   9000 10000
  it('goes on from what the server told, a second at a time, for all at once', () => {
    const clock = createClock(1_000)
    const heard: number[] = []
    const leave = clock.subscribe(() => heard.push(clock.now()))
    clock.subscribe(() => heard.push(-clock.now()))
    expect(clock.now()).toBe(1_000)
    vi.advanceTimersByTime(2_500)
    expect(heard).toEqual([2_000, -2_000, 3_000, -3_000])

    leave()
    clock.set(9_000)
    vi.advanceTimersByTime(1_000)
    expect(heard.slice(4)).toEqual([-9_000, -9_500])
  })

  it('has no timer while nobody listens', () => {
    const clock = createClock(0)
    expect(vi.getTimerCount()).toBe(0)
    const leave = [clock.subscribe(() => {}), clock.subscribe(() => {})]
    expect(vi.getTimerCount()).toBe(1)
    for (const one of leave) one()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is not set back by a moment it knows', () => {
    const clock = createClock(0)
    clock.subscribe(() => {})
    vi.advanceTimersByTime(3_000)
    clock.set(0)
    expect(clock.now()).toBe(3_000)
  })
})

import { describe, expect, test } from 'vitest'
import type { Journey } from '@/lib/journey/journey'
import { fakeClock } from './fixtures/fake-clock'
import { fakeReaders, permitOf } from './fixtures/reading'
import { createHub } from './hub'
import type { Watcher } from './watch-order'

const rhythm = { rowsMs: 5_000, tracesMs: 30_000, checkMs: 60_000 }

async function watching() {
  const { said, readers, start } = fakeReaders()
  const time = fakeClock(start)
  const errors: unknown[] = []
  const hub = createHub({ clock: time.clock, rhythm, onError: (error) => errors.push(error) })
  const permit = await permitOf()
  const join = (scope = {}, own = permit) => {
    const told: boolean[] = []
    const seen: Journey[] = []
    const lost: number[] = []
    const watcher: Watcher = {
      permit: () => own,
      tell: (journey, changed) => {
        told.push(changed)
        seen.push(journey)
      },
      lost: () => lost.push(time.clock.now()),
    }
    const leave = hub.of('ORD-000017', scope, readers).join(watcher)
    return { told, seen, lost, leave }
  }
  return { said, time, hub, join, errors }
}

describe('one reading for all who watch an order', () => {
  //   0 s ■ traces ─────────────── 30 s
  //   rows ■    ■    ■    ■    ■    ■   ■      twelve in a minute at most, whoever watches
  test('asks the sources as often for fifty as for one', async () => {
    const { said, time, hub, join } = await watching()
    const watchers = Array.from({ length: 50 }, () => join())
    await time.pass(60_000)
    expect(said.asked.rows).toBeGreaterThanOrEqual(11)
    expect(said.asked.rows).toBeLessThanOrEqual(12)
    expect(said.asked.beside).toBe(2)
    expect(hub.watched()).toBe(1)
    for (const { told } of watchers) expect(told.length).toBeGreaterThan(10)
  })

  test('says that something changed once, and to everybody', async () => {
    const { said, time, join } = await watching()
    const [one, other] = [join(), join()]
    await time.pass(12_000)
    expect(one.told).toEqual([true, false, false, false].slice(0, one.told.length))
    said.rows = { ...said.rows, facts: said.rows.facts.slice(0, -1) }
    await time.pass(12_000)
    for (const { told } of [one, other]) expect(told.filter(Boolean)).toHaveLength(2)
  })

  test('whoever comes later is told at once what was read last', async () => {
    const { said, time, join } = await watching()
    join()
    await time.pass(1_000)
    const { told } = join()
    expect(told).toEqual([true])
    expect(said.asked.rows).toBe(1)
  })

  test('the last who leaves ends it, and nothing waits any more', async () => {
    const { said, time, hub, join } = await watching()
    const [one, other] = [join(), join()]
    await time.pass(6_000)
    one.leave()
    one.leave()
    expect(hub.watched()).toBe(1)
    other.leave()
    expect(hub.watched()).toBe(0)
    const { rows } = said.asked
    await time.pass(60_000)
    expect(said.asked.rows).toBe(rows)
    expect(time.waiting()).toBe(0)
  })

  test('slow traces hold nothing up: rows go on, and nobody is told half a journey', async () => {
    const { said, time, join } = await watching()
    let arrive = () => {}
    said.patience = new Promise((resolve) => {
      arrive = resolve
    })
    const { told } = join()
    await time.pass(11_000)
    expect(said.asked).toEqual({ rows: 3, beside: 1 })
    expect(told).toEqual([])
    arrive()
    await time.settle()
    expect(told).toEqual([true])
  })

  test('a fault of one reading is said, and the next one comes all the same', async () => {
    const { said, time, join, errors } = await watching()
    const { told } = join()
    await time.pass(1_000)
    const { rows } = said
    Object.assign(said, { rows: null })
    await time.pass(6_000)
    expect(errors).toHaveLength(1)
    said.rows = rows
    await time.pass(6_000)
    expect(told.length).toBeGreaterThanOrEqual(2)
  })

  test('tells those with a scope that the order is no longer in it, and shows them nothing', async () => {
    const { said, time, join } = await watching()
    const scope = { channel: 'shop' }
    const { told, lost } = join(scope, await permitOf('support', scope))
    await time.pass(1_000)
    const before = told.length
    said.rows = { ...said.rows, facts: [] }
    await time.pass(6_000)
    expect(lost).toHaveLength(1)
    expect(told).toHaveLength(before)
  })

  test('viewers of another scope never share a reading', async () => {
    const { said, time, hub, join } = await watching()
    join()
    join({ channel: 'shop' }, await permitOf('support', { channel: 'shop' }))
    await time.settle()
    expect(hub.watched()).toBe(2)
    expect(said.asked.rows).toBe(2)
  })
})

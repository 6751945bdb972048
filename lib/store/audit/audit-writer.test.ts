import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { viewer } from '@/lib/access/fixtures/permitted'
import { costly } from '@/property-runs'
import { createClock, createSinks, look } from '../fixtures/audit'
import type { AuditEntry } from './audit-row'
import { createAuditWriter } from './audit-writer'
import { verifyChain } from './chain'

function begin() {
  const clock = createClock()
  const sinks = createSinks()
  const told: AuditEntry[] = []
  const onRefusal = (refusal: AuditEntry) => void told.push(refusal)
  const writer = createAuditWriter({ ...sinks, now: clock.now, onRefusal })
  return { ...sinks, writer, clock, told }
}

const denied = (orderId: string) => look(orderId, { decision: 'deny', reason: 'unknown' })
const actions = (rows: readonly { action: string }[]) => rows.map(({ action }) => action)

describe('an audit chain', () => {
  test('begins with start, ends with stop, and verifies', async () => {
    const { writer, kept, seals } = begin()
    await writer.access(look('A-1'))
    await writer.stop()
    expect(actions(kept)).toEqual(['start', 'journey.view', 'stop'])
    expect(seals).toMatchObject([{ counter: 3 }])
    expect(verifyChain(kept, seals)).toBeNull()
    await expect(writer.access(look('A-2'))).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('acknowledges nothing before it is kept', async () => {
    const { writer, kept } = begin()
    const at: number[] = []
    await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        await writer.access(look(`A-${n}`))
        expect(kept.some(({ resourceId }) => resourceId === `A-${n}`)).toBe(true)
        at.push(n)
      }),
    )
    expect(at).toHaveLength(50)
  })

  test('is sealed every minute, moved or not', async () => {
    const { writer, seals, clock } = begin()
    await writer.access(look('A-1'))
    for (let second = 0; second < 125; second++) {
      clock.pass(1_000)
      await writer.tick()
    }
    expect(seals.map(({ counter }) => counter)).toEqual([2, 2])
  })
})

// store  up ── down ──────────── up
// spool         rows ── tick ──▶ store
describe('when the store refuses', () => {
  test('the rows are spooled and taken back once', async () => {
    const { writer, kept, spooled, state, clock } = begin()
    await writer.access(look('A-1'))
    state.store = 'down'
    await writer.access(look('A-2'))
    await writer.access(look('A-3'))
    expect(spooled.map(({ counter }) => counter)).toEqual([3, 4])
    expect(writer.ready()).toBe(true)

    await writer.tick()
    state.store = 'up'
    clock.pass(2_000)
    await writer.tick()
    await writer.access(look('A-4'))
    expect(spooled).toEqual([])
    expect(kept.map(({ counter }) => counter)).toEqual([1, 2, 3, 4, 5])
    expect(verifyChain(kept)).toBeNull()
  })

  test('a row it took without saying so is not doubled by the spool', async () => {
    const { writer, kept, state, clock } = begin()
    await writer.access(look('A-1'))
    state.store = 'lies'
    await writer.access(look('A-2'))
    state.store = 'up'
    clock.pass(2_000)
    await writer.tick()
    expect(kept.map(({ counter }) => counter)).toEqual([1, 2, 3])
  })
})

describe('when both sinks refuse', () => {
  test('nobody is answered, and the chain goes on without a gap afterwards', async () => {
    const { writer, kept, state, clock } = begin()
    await writer.access(look('A-1'))
    state.store = 'down'
    state.spool = 'down'
    for (const id of ['A-2', 'A-3'])
      await expect(writer.access(look(id))).rejects.toMatchObject({
        code: 'unavailable',
        missing: ['audit'],
      })
    expect(writer.ready()).toBe(false)

    state.store = 'up'
    clock.pass(2_000)
    await writer.tick()
    expect(writer.ready()).toBe(true)
    await writer.access(look('A-4'))
    // A-2 had its number when both refused; A-3 never got one.
    expect(kept.map(({ resourceId }) => resourceId)).toEqual([null, 'A-1', 'A-2', 'A-4'])
    expect(verifyChain(kept)).toBeNull()
  })

  test('whatever the sinks do in whatever order: no answer without a row, no gap, nothing twice', async () => {
    const step = fc.record({
      store: fc.constantFrom('up', 'down', 'lies'),
      spool: fc.constantFrom('up', 'down'),
      looks: fc.integer({ min: 1, max: 5 }),
      ticks: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { writer, kept, spooled, state, clock } = begin()
        const answered: string[] = []
        let n = 0
        for (const { looks, ticks, ...sinks } of steps) {
          Object.assign(state, sinks)
          const ids = Array.from({ length: looks }, () => `A-${n++}`)
          await Promise.all(
            ids.map((id) =>
              writer.access(look(id)).then(
                () => answered.push(id),
                () => {},
              ),
            ),
          )
          clock.pass(1_500)
          if (ticks) await writer.tick()
        }
        Object.assign(state, { store: 'up', spool: 'up' })
        clock.pass(2_000)
        await writer.tick()
        await writer.stop()

        expect(spooled).toEqual([])
        const ids = new Set(kept.map(({ resourceId }) => resourceId))
        for (const id of answered) expect(ids).toContain(id)
        expect(verifyChain(kept)).toBeNull()
      }),
      costly(), // dozens of rows are hashed and compared each time
    )
  })
})

describe('a poll', () => {
  test('within a minute of the last time leaves no row; a refused one does', async () => {
    const { writer, kept, clock } = begin()
    for (const wait of [0, 15_000, 59_000, 61_000]) {
      clock.pass(wait)
      await writer.access(look('A-1'))
    }
    await writer.access(denied('A-1'))
    expect(actions(kept)).toEqual(['start', 'journey.view', 'journey.view', 'journey.view'])
    expect(kept.at(-1)).toMatchObject({ decision: 'deny', reason: 'unknown', status: 404 })
  })

  test('of another session, action or object is none', async () => {
    const { writer, kept } = begin()
    await writer.access(look('A-1'))
    await writer.access(look('A-2'))
    await writer.access(look('A-1', { action: 'journey.json' }))
    await writer.access(look('A-1', { viewer: { ...viewer(), sessionId: 'another' } }))
    expect(kept).toHaveLength(5)
  })

  test('is none where the first time could not be written', async () => {
    const { writer, state } = begin()
    Object.assign(state, { store: 'down', spool: 'down' })
    for (let again = 0; again < 2; again++)
      await expect(writer.access(look('A-1'))).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('a flood of refusals', () => {
  test('leaves ten rows a minute and one exact summary', async () => {
    const { writer, kept, clock } = begin()
    const floods = [4_000, 11, 10, 5]
    for (const refusals of floods) {
      for (let n = 0; n < refusals; n++) await writer.access(denied(`A-${n}`))
      clock.pass(60_000)
      await writer.tick()
    }
    const refused = kept.filter(({ decision }) => decision === 'deny')
    const counted = refused.reduce((sum, { idCount }) => sum + (idCount ?? 1), 0)
    expect(counted).toBe(4_026)
    expect(refused.filter(({ phase }) => phase === 'summary').map((row) => row.idCount)).toEqual([
      3_990, 1,
    ])
    expect(verifyChain(kept)).toBeNull()
  })

  test('is told of as often as it has rows, and of nothing that was allowed', async () => {
    const { writer, kept, told, clock } = begin()
    await writer.access(look('A-0'))
    for (let n = 0; n < 30; n++) await writer.access(denied(`A-${n}`))
    clock.pass(60_000)
    await writer.tick()
    expect(told.map(({ phase, idCount }) => [phase, idCount])).toEqual([
      ...Array(10).fill(['single', null]),
      ['summary', 20],
    ])
    const rows = kept.filter(({ decision }) => decision === 'deny')
    expect(told.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
  })

  test('loses no count while both sinks refuse, nor at the end of the process', async () => {
    const { writer, kept, told, state, clock } = begin()
    for (let n = 0; n < 30; n++) await writer.access(denied('A-1'))
    Object.assign(state, { store: 'down', spool: 'down' })
    await expect(writer.access(look('A-9'))).rejects.toMatchObject({ code: 'unavailable' })
    clock.pass(60_000)
    await writer.tick()
    await writer.tick()
    Object.assign(state, { store: 'up', spool: 'up' })
    clock.pass(2_000)
    for (let n = 0; n < 12; n++) await writer.access(denied('A-1'))
    await writer.stop()
    const summaries = kept.filter(({ phase }) => phase === 'summary')
    expect(summaries.map(({ idCount }) => idCount).toSorted()).toEqual([2, 20])
    const said = told.filter(({ phase }) => phase === 'summary')
    expect(said.map(({ idCount }) => idCount).toSorted()).toEqual([2, 20])
  })
})

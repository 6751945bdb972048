import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SourceError, type SourceFault } from '@/lib/errors'
import { epochMs } from '@/lib/journey/types'
import { createGuard, type GuardConfig } from './create-guard'

function guardAt(change: Partial<GuardConfig> = {}) {
  let at = 1_000_000
  const guard = createGuard({ source: 'test', now: () => epochMs(at), ...change })
  return { guard, pass: (ms: number) => (at += ms) }
}

const fail = (fault: SourceFault) => async () => {
  throw new SourceError('test', fault)
}

/** Work that ends when it is told to. */
function held<T>(answer: T) {
  let release = () => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  return { release: () => release(), work: () => gate.then(() => answer) }
}

const faultOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'answered',
    (cause: SourceError) => cause.fault,
  )

describe('flights', () => {
  test('share one call while it runs and for shareMs after', async () => {
    const { guard, pass } = guardAt()
    let calls = 0
    const work = async () => ++calls
    expect(await Promise.all([guard.run('a', work), guard.run('a', work)])).toEqual([1, 1])
    pass(4_999)
    expect(await guard.run('a', work)).toBe(1)
    expect(await guard.run('b', work)).toBe(2)
    pass(1)
    expect(await guard.run('a', work)).toBe(3)
  })

  test('share a failure only while it runs', async () => {
    const { guard } = guardAt()
    const both = await Promise.all([
      faultOf(guard.run('a', fail('timeout'))),
      faultOf(guard.run('a', async () => 1)),
    ])
    expect(both).toEqual(['timeout', 'timeout'])
    expect(await guard.run('a', async () => 2)).toBe(2)
  })
})

test('a source is silent since its first failure, until it answers; our own refusals say nothing', async () => {
  const { guard, pass } = guardAt()
  await faultOf(guard.run('a', fail('busy')))
  expect(guard.silentSince()).toBeNull()
  await faultOf(guard.run('a', fail('timeout')))
  pass(2_000)
  await faultOf(guard.run('a', fail('unreachable')))
  expect(guard.silentSince()).toBe(1_000_000)
  await guard.run('a', async () => 1)
  expect(guard.silentSince()).toBeNull()
})

describe('whoever watches the breaker', () => {
  test('hears of its first refusal and of its return, and of nothing between', async () => {
    const turns: unknown[] = []
    const { guard, pass } = guardAt({ onTurn: (...turn) => turns.push(turn) })
    for (let call = 0; call < 5; call += 1)
      await faultOf(guard.run(`${call}`, fail(call < 4 ? 'timeout' : 'malformed')))
    expect(turns).toEqual([['open', 'malformed']])
    pass(10_000)
    await faultOf(guard.run('probe', fail('timeout')))
    expect(guard.state()).toBe('open')
    pass(10_000)
    await guard.run('again', async () => 1)
    expect(turns).toEqual([
      ['open', 'malformed'],
      ['closed', null],
    ])
  })
})

describe('the bulkhead', () => {
  test('runs at most inFlight at once, whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 20 }),
        async (inFlight, steps) => {
          const { guard } = guardAt({ inFlight })
          let [running, most] = [0, 0]
          const work = (turns: number) => async () => {
            running += 1
            most = Math.max(most, running)
            for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
            running -= 1
            return turns
          }
          const answers = await Promise.all(
            steps.map((turns, index) => guard.run(String(index), work(turns))),
          )
          expect(answers).toEqual(steps)
          expect(most).toBeLessThanOrEqual(inFlight)
        },
      ),
    )
  })

  test('refuses when the queue is full, and who waits too long', async () => {
    const { guard } = guardAt({ inFlight: 1, waiting: 1, waitMs: 20 })
    const { release, work } = held('done')
    const first = guard.run('a', work)
    const second = faultOf(guard.run('b', async () => 'late'))
    expect(await faultOf(guard.run('c', async () => 'no room'))).toBe('busy')
    expect(await second).toBe('busy')
    release()
    expect(await first).toBe('done')
    expect(await guard.run('d', async () => 'free again')).toBe('free again')
    expect(guard.state()).toBe('closed')
  })
})

describe('the breaker', () => {
  test('opens at five failures in a row, and asks once after ten seconds', async () => {
    const { guard, pass } = guardAt()
    for (let index = 0; index < 5; index += 1) {
      expect(guard.state()).toBe('closed')
      expect(await faultOf(guard.run('a', fail('unreachable')))).toBe('unreachable')
    }
    expect(guard.state()).toBe('open')
    expect(await faultOf(guard.run('a', async () => 1))).toBe('open')

    pass(10_000)
    const { release, work } = held('back')
    const probe = guard.run('probe', work)
    await Promise.resolve()
    expect(guard.state()).toBe('probing')
    expect(await faultOf(guard.run('b', async () => 1))).toBe('open')
    release()
    expect(await probe).toBe('back')
    expect(guard.state()).toBe('closed')
  })

  test('learns nothing from a call that was out before it opened', async () => {
    const { guard, pass } = guardAt()
    const { release, work } = held('late')
    const late = guard.run('late', work)
    for (let index = 0; index < 5; index += 1) await faultOf(guard.run('a', fail('timeout')))
    pass(10_000)
    const probe = held('probe')
    const probing = guard.run('probe', probe.work)
    await Promise.resolve()
    release()
    expect(await late).toBe('late')
    expect(guard.state()).toBe('probing')
    probe.release()
    await probing
    expect(guard.state()).toBe('closed')
  })

  test('stays open when the probe fails', async () => {
    const { guard, pass } = guardAt()
    for (let index = 0; index < 5; index += 1) await faultOf(guard.run('a', fail('timeout')))
    pass(10_000)
    expect(await faultOf(guard.run('a', fail('timeout')))).toBe('timeout')
    expect(guard.state()).toBe('open')
    pass(9_999)
    expect(await faultOf(guard.run('a', async () => 1))).toBe('open')
  })

  test('opens at half of twenty within ten seconds', async () => {
    const { guard } = guardAt({ shareMs: 0 })
    for (let index = 0; index < 19; index += 1)
      await faultOf(guard.run('a', index % 2 === 0 ? fail('malformed') : async () => 1))
    expect(guard.state()).toBe('closed')
    await faultOf(guard.run('a', async () => 1))
    expect(guard.state()).toBe('open')

    const slow = guardAt({ shareMs: 0 })
    for (let index = 0; index < 40; index += 1) {
      await faultOf(slow.guard.run('a', index % 2 === 0 ? fail('malformed') : async () => 1))
      slow.pass(1_000)
    }
    expect(slow.guard.state()).toBe('closed')
  })

  test.each(['busy', 'too-large'] as const)(
    'takes %s for no illness of the source',
    async (fault) => {
      const { guard } = guardAt()
      for (let index = 0; index < 30; index += 1) await faultOf(guard.run('a', fail(fault)))
      expect(guard.state()).toBe('closed')
    },
  )
})

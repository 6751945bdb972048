import { describe, expect, test } from 'vitest'
import { viewer } from '@/lib/access/fixtures/permitted'
import { project } from '@/lib/access/project'
import { buildJourney } from '@/lib/journey/build-journey'
import { COMPANY } from '@/lib/journey/fixtures/company'
import { EXAMPLE_NOW, exampleGathered } from '@/lib/journey/fixtures/example-journey'
import { epochMs } from '@/lib/journey/types'
import { fakeClock } from '@/lib/watch/fixtures/fake-clock'
import { type Following, followOrder, type Source } from './follow-order'

const exampleView = project(buildJourney(exampleGathered, COMPANY, EXAMPLE_NOW), viewer(), {
  ...{ hashKey: 'k'.repeat(32), traceUrl: null, complete: true },
})

type Listener = (message: { lastEventId: string; data: string }) => void

/** An `EventSource` whose server is the test. */
function fakeSource(address: string) {
  const listeners = new Map<string, Listener>()
  const source = {
    address,
    readyState: 0,
    addEventListener: (event: string, run: Listener) => listeners.set(event, run),
    close() {
      source.readyState = 2
    },
    hear: (event: string, data: unknown = {}, lastEventId = '') =>
      listeners.get(event)?.({ lastEventId, data: JSON.stringify(data) }),
    cut(readyState: number) {
      source.readyState = readyState
      source.hear('error')
    },
  }
  return source
}

function page(answers: readonly (number | null)[] = []) {
  const time = fakeClock(epochMs(0))
  const sources: ReturnType<typeof fakeSource>[] = []
  const states: Following[] = []
  const asked: number[] = []
  const views: number[] = []
  const left = [...answers]
  let hidden = false
  let heard = () => {}
  const following = followOrder({
    ...{ orderId: 'ORD-000017', since: 'v1', tab: 't' },
    open(address) {
      const source = fakeSource(address)
      sources.push(source)
      return source as unknown as Source
    },
    async ask() {
      asked.push(time.clock.now())
      const status = left.shift() ?? 200
      if (status === 0) throw new TypeError('no network')
      if (status !== 200) throw Object.assign(new Error('refused'), { status })
      return exampleView
    },
    after: time.clock.after,
    hidden: () => hidden,
    onHidden(run) {
      heard = run
      return () => {}
    },
    onJourney: ({ now }) => views.push(now),
    onAges: ({ now }) => views.push(now),
    onState: (state) => states.push(state),
  })
  const source = () => sources.at(-1) ?? fakeSource('')
  return {
    ...{ time, sources, source, states, asked, views, following },
    hide(now: boolean) {
      hidden = now
      heard()
    },
  }
}

const REFUSED = 2
const TRYING = 0

describe('following an order in a browser', () => {
  test('says what it has, and is live once the stream is open', () => {
    const { source, states } = page()
    expect(source().address).toBe('/api/orders/ORD-000017/events?tab=t&since=v1')
    source().hear('open')
    expect(states).toEqual(['connecting', 'live'])
  })

  test('hands on what is said', () => {
    const { source, views } = page()
    source().hear('journey', exampleView, 'v2')
    source().hear('age', { now: 7, sources: [] })
    expect(views).toEqual([exampleView.now, 7])
  })

  test('asks itself where something did not fit', async () => {
    const { source, asked, views, time } = page()
    source().hear('open')
    source().hear('resync', {}, 'v2')
    await time.settle()
    expect(asked).toHaveLength(1)
    expect(views).toEqual([exampleView.now])
  })

  test('a short cut is not worth a word, a long one is', async () => {
    const { source, states, asked, time } = page()
    source().hear('open')
    source().cut(TRYING)
    await time.pass(4_000)
    source().hear('open')
    await time.pass(60_000)
    expect(states).toEqual(['connecting', 'live'])

    source().cut(TRYING)
    await time.pass(36_000)
    expect(states).toEqual(['connecting', 'live', 'polling'])
    expect(asked).toHaveLength(3)
    source().hear('open')
    await time.pass(60_000)
    expect(states.at(-1)).toBe('live')
    expect(asked).toHaveLength(3)
  })

  test('polls every 15 s where it can have no stream, and asks for one again after a minute', async () => {
    const { source, sources, states, asked, time } = page()
    source().cut(REFUSED)
    await time.pass(50_000)
    expect(states).toEqual(['connecting', 'polling'])
    expect(asked.map((at) => at / 1_000)).toEqual([0, 15, 30, 45])
    await time.pass(11_000)
    expect(sources).toHaveLength(2)
    source().hear('open')
    expect(states.at(-1)).toBe('live')
  })

  test.each([
    [401, 'signed-out'],
    [403, 'not-allowed'],
    [404, 'unknown'],
  ] as const)('%s is the end, and nothing is asked any more', async (status, state) => {
    const { source, states, asked, time, following } = page([status])
    source().cut(REFUSED)
    await time.pass(300_000)
    expect(states.at(-1)).toBe(state)
    expect(asked).toHaveLength(1)
    expect(time.waiting()).toBe(0)
    following.again()
    expect(states.at(-1)).toBe('connecting')
  })

  test('is told by the server that it is over', () => {
    const { source, states } = page()
    source().hear('open')
    source().hear('end', { why: 'not-allowed' })
    expect(states.at(-1)).toBe('not-allowed')
    expect(source().readyState).toBe(REFUSED)
  })

  test('any other end is a reason to come again', async () => {
    const { source, sources, states, time } = page()
    source().hear('open')
    source().hear('end', { why: 'slow' })
    await time.settle()
    expect(states.at(-1)).toBe('polling')
    await time.pass(61_000)
    expect(sources).toHaveLength(2)
  })

  test('says that nobody answers, and goes on asking', async () => {
    const { source, states, time } = page([0, 0, 503, 200])
    source().cut(REFUSED)
    await time.pass(31_000)
    expect(states).toEqual(['connecting', 'offline', 'polling'])
  })

  //   hidden ├── 60 s ──┤ resting          seen ├ connecting, from where it was
  test('rests when nobody has looked for a minute, and goes on where it was', async () => {
    const { source, sources, states, asked, time, hide } = page()
    source().hear('open')
    source().hear('journey', exampleView, 'v2')
    hide(true)
    await time.pass(59_000)
    hide(false)
    expect(sources).toHaveLength(1)
    hide(true)
    await time.pass(61_000)
    expect(states.at(-1)).toBe('resting')
    expect(source().readyState).toBe(REFUSED)
    await time.pass(600_000)
    expect(asked).toEqual([])

    hide(false)
    expect(sources).toHaveLength(2)
    expect(source().address).toContain('since=v2')
  })

  test('a page that is left leaves nothing behind', async () => {
    const { source, time, following, asked } = page()
    source().cut(REFUSED)
    following.stop()
    await time.pass(300_000)
    expect(asked).toHaveLength(1)
    expect(time.waiting()).toBe(0)
  })
})

import { describe, expect, test } from 'vitest'
import type { OrderPermit } from '@/lib/access/permit'
import { TABLE_POLICY } from '@/lib/access/policy'
import { project, projectAges } from '@/lib/access/project'
import { toVersion } from '@/lib/access/to-version'
import type { Role } from '@/lib/access/viewer'
import { ForbiddenError, NotFoundError, UnauthenticatedError } from '@/lib/errors'
import { fakeClock } from './fixtures/fake-clock'
import { fakeReaders, ORDER, permitOf } from './fixtures/reading'
import { type Ending, follow } from './follow'
import { createHub } from './hub'
import { openLine } from './line'

const rhythm = { rowsMs: 5_000, tracesMs: 30_000, checkMs: 60_000 }
const options = { hashKey: 'k'.repeat(32), traceUrl: null, complete: true }

type Wish = {
  readonly role?: Role
  readonly known?: string | null
  readonly bufferBytes?: number
  readonly check?: () => Promise<OrderPermit | null>
}

async function following() {
  const { said, readers, start } = fakeReaders()
  const time = fakeClock(start)
  const hub = createHub({ clock: time.clock, rhythm, onError: () => {} })
  const watch = () => hub.of(ORDER, {}, readers)

  async function open({ role = 'support', known = null, bufferBytes, check }: Wish = {}) {
    const permit = await permitOf(role)
    const endings: Ending[] = []
    const line = openLine(() => {}, bufferBytes)
    const end = follow({
      ...{ line, known, permit, clock: time.clock, watch: watch(), checkMs: rhythm.checkMs },
      eyes: ({ viewer }) => ({
        view: (journey) => project(journey, viewer, options),
        ages: (journey) => projectAges(journey, viewer, TABLE_POLICY),
      }),
      check: check ?? (async () => permit),
      onEnd: (why) => endings.push(why),
      onError: (error) => {
        throw error
      },
    })
    let text = ''
    let done = false
    const read = async () => {
      for await (const bytes of line.body) text += Buffer.from(bytes).toString()
      done = true
    }
    void read()
    /** The names of the events that were said up to now. */
    async function heard(): Promise<readonly string[]> {
      await time.settle()
      return [...text.matchAll(/^event: (.*)$/gm)].map(([, name]) => name ?? '')
    }
    return { heard, end, endings, text: () => text, done: () => done }
  }
  return { said, time, hub, open }
}

const withoutAges = (events: readonly string[]) => events.filter((event) => event !== 'age')

describe('following an order', () => {
  test('begins with how long to wait before coming again', async () => {
    const { open, time } = await following()
    const { heard, text } = await open()
    await time.pass(1_000)
    await heard()
    expect(text()).toMatch(/^retry: \d{4}\n\n/)
  })

  test('whoever knows nothing is told the journey, and after that only what changes', async () => {
    const { said, open, time } = await following()
    const { heard, text } = await open()
    await time.pass(30_000)
    expect(withoutAges(await heard())).toEqual(['journey'])
    said.rows = { ...said.rows, facts: said.rows.facts.slice(0, -1) }
    await time.pass(6_000)
    expect(withoutAges(await heard())).toEqual(['journey', 'journey'])
    const ids = [...text().matchAll(/^id: (.*)$/gm)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(2)
  })

  test('whoever comes back with the last id is told nothing old', async () => {
    const { said, open, time } = await following()
    const first = await open()
    await time.pass(1_000)
    await first.heard()
    const [, known = ''] = /^id: (.*)$/m.exec(first.text()) ?? []
    first.end('left')

    const again = await open({ known })
    await time.pass(20_000)
    expect(withoutAges(await again.heard())).toEqual([])
    again.end('left')
    said.rows = { ...said.rows, facts: said.rows.facts.slice(0, -1) }
    const later = await open({ known })
    await time.pass(1_000)
    expect(withoutAges(await later.heard())).toEqual(['journey'])
  })

  test('ages travel with each reading of the rows, and name no fact', async () => {
    const { open, time } = await following()
    const { heard, text } = await open()
    await time.pass(60_000)
    const ages = (await heard()).filter((event) => event === 'age')
    expect(ages.length).toBeGreaterThan(9)
    expect(ages.length).toBeLessThanOrEqual(14)
    const [, age = ''] = /^event: age\ndata: (.*)$/m.exec(text()) ?? []
    expect(Object.keys(JSON.parse(age))).toEqual(['now', 'sources'])
    expect(JSON.parse(age).sources[0]).toEqual({
      source: expect.any(String),
      asOf: expect.anything(),
      askedAt: expect.any(Number),
      tookMs: expect.any(Number),
    })
  })

  //   a span that only who may see spans can tell from its absence
  test('a span is news for support, and not for a manager', async () => {
    const { said, open, time } = await following()
    const [support, manager] = [await open(), await open({ role: 'manager' })]
    await time.pass(1_000)
    const permits = [await permitOf('support'), await permitOf('manager')]
    const { readers } = fakeReaders()
    const versions = (spare: string) =>
      permits.map(({ viewer }) => {
        const traces = {
          ...said.beside,
          facts: said.beside.facts.filter(({ id }) => id !== spare),
        }
        return toVersion(
          project(readers.judge(said.rows, traces, time.clock.now()), viewer, options),
        )
      })
    const [, before] = versions('')
    const spare = said.beside.facts.find(({ id }) => versions(id)[1] === before)
    expect(spare).toBeDefined()

    said.beside = { ...said.beside, facts: said.beside.facts.filter((fact) => fact !== spare) }
    await time.pass(40_000)
    expect(withoutAges(await support.heard())).toEqual(['journey', 'journey'])
    expect(withoutAges(await manager.heard())).toEqual(['journey'])
    expect(manager.text()).not.toContain('"kind":"span"')
  })

  test.each([
    [new UnauthenticatedError('ended'), 'signed-out'],
    [new ForbiddenError('journey.stream'), 'not-allowed'],
    [new NotFoundError(), 'unknown'],
    [null, 'moved'],
  ] as const)('is ended within a minute where the right is gone: %s', async (error, why) => {
    const { hub, open, time } = await following()
    const { heard, text, done, endings } = await open({
      async check() {
        if (error) throw error
        return null
      },
    })
    await time.pass(60_000)
    expect((await heard()).at(-1)).toBe('end')
    expect(text()).toContain(`data: {"why":"${why}"}`)
    expect(done()).toBe(true)
    expect(endings).toEqual([why])
    expect(hub.watched()).toBe(0)
    expect(time.waiting()).toBe(0)
  })

  test('another role sees from then on what it may see', async () => {
    const { open, time } = await following()
    const manager = await permitOf('manager')
    const { heard, text } = await open({ check: async () => manager })
    await time.pass(70_000)
    expect(withoutAges(await heard())).toEqual(['journey', 'journey'])
    const [first, second] = [...text().matchAll(/^event: journey\ndata: (.*)$/gm)]
    expect(first?.[1]).toContain('"kind":"span"')
    expect(second?.[1]).not.toContain('"kind":"span"')
  })

  test('what does not fit is to be asked for; who never reads is let go', async () => {
    const { open, time } = await following()
    const big = await open({ bufferBytes: 2_000 })
    await time.pass(1_000)
    expect(withoutAges(await big.heard())).toEqual(['resync'])
    expect(big.text()).toMatch(/^id: \S{22}\nevent: resync$/m)

    const stuck = await open({ bufferBytes: 30 })
    await time.pass(61_000)
    expect(stuck.endings).toEqual(['slow'])
  })

  test('a comment keeps it open every twenty seconds', async () => {
    const { open, time } = await following()
    const { heard, text } = await open()
    await time.pass(61_000)
    await heard()
    expect([...text().matchAll(/^:$/gm)]).toHaveLength(3)
  })

  test('says goodbye once, and is over', async () => {
    const { hub, open, time } = await following()
    const { heard, end, endings, done } = await open()
    await time.pass(1_000)
    end('drained')
    end('drained')
    expect((await heard()).at(-1)).toBe('bye')
    expect(done()).toBe(true)
    expect(endings).toEqual(['drained'])
    expect(hub.watched()).toBe(0)
  })
})

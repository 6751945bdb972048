import { describe, expect, test } from 'vitest'
import { SourceError, type SourceFault } from '@/lib/errors'
import type { Heartbeat } from '@/lib/journey/heartbeat'
import { epochMs } from '@/lib/journey/types'
import type { Listening } from '../answers'
import { createGuard } from '../create-guard'
import { HOUR, setUp } from './fixtures/drawn-look-up'
import { draw } from './fixtures/drawn-trace'
import { createHearing } from './hear'

const TAKE: Listening = { service: 'crm-api', work: 'take' }
const beat = ({ service, work }: Listening): Heartbeat => ({
  ...{ service, work, where: null, name: 'order.take', process: null, at: epochMs(1) },
})

function listen(answer: (asked: Listening, signal: AbortSignal) => Promise<readonly Heartbeat[]>) {
  let at = 1_000_000
  const asked: Listening[] = []
  const guard = createGuard({ source: 'jaeger', now: () => epochMs(at) })
  const search = async (one: Listening, signal: AbortSignal) => {
    asked.push(one)
    return answer(one, signal)
  }
  const hear = createHearing({ guard, now: () => epochMs(at), search, timeoutMs: 60 })
  return { hear, guard, asked, pass: (ms: number) => (at += ms) }
}

const fail = (fault: SourceFault) => async (): Promise<readonly Heartbeat[]> => {
  throw new SourceError('jaeger', fault)
}
const hang = (_: Listening, signal: AbortSignal) =>
  new Promise<readonly Heartbeat[]>((_answer, refuse) => {
    signal.addEventListener('abort', () => refuse(new SourceError('jaeger', 'timeout')))
  })

describe('what was heard', () => {
  test('is asked for once a minute, however many pages want it', async () => {
    const { hear, asked, pass } = listen(async (one) => [beat(one)])
    const pages = await Promise.all(Array.from({ length: 40 }, () => hear([TAKE])))
    expect(pages.every(([first]) => first?.work === 'take')).toBe(true)
    pass(59_999)
    await hear([TAKE])
    expect(asked).toHaveLength(1)
    pass(1)
    await hear([TAKE])
    expect(asked).toHaveLength(2)
  })

  test('is of each service and work by itself, and nothing where nobody asks', async () => {
    const { hear, asked } = listen(async (one) => [beat(one)])
    const publish: Listening = { service: 'mes-api', work: 'publish' }
    expect((await hear([TAKE, publish])).map(({ service }) => service)).toEqual([
      'crm-api',
      'mes-api',
    ])
    expect(await hear([])).toEqual([])
    expect(asked).toHaveLength(2)
  })

  test.each<SourceFault>(['timeout', 'unreachable', 'rejected', 'malformed', 'too-large', 'busy'])(
    'is nothing where the trace store is silent (%s), which is not asked again at once',
    async (fault) => {
      const { hear, asked, pass } = listen(fail(fault))
      expect(await hear([TAKE])).toEqual([])
      expect(await hear([TAKE])).toEqual([])
      expect(asked).toHaveLength(1)
      pass(10_000)
      await hear([TAKE])
      expect(asked).toHaveLength(2)
    },
  )

  test('keeps no page waiting beyond its limit, and is held against nobody', async () => {
    const { hear, guard, pass } = listen(hang)
    for (let round = 0; round < 6; round += 1) {
      const began = performance.now()
      expect(await hear([TAKE])).toEqual([])
      expect(performance.now() - began).toBeLessThan(500)
      await new Promise((done) => setTimeout(done, 20))
      pass(10_000)
    }
    expect(guard.state()).toBe('closed')
    expect(guard.silentSince()).toBeNull()
  })
})

test('a trace store is asked for five traces of the last day, and answers by our own filter', async () => {
  const { source, searches } = setUp([
    draw({ id: 1, at: 40 * HOUR, order: 'ORD-000001', name: 'order.take' }),
    draw({ id: 2, trace: 2, at: HOUR, order: 'ORD-000002', name: 'order.take' }),
    draw({ id: 3, trace: 3, at: 41 * HOUR, name: 'OrderPoller.run' }),
  ])
  const heard = await source.hear([TAKE])
  expect(heard.map(({ work, name }) => [work, name])).toEqual([['take', 'order.take']])
  expect(JSON.stringify(heard)).not.toMatch(/ORD-/)
  const [{ searchParams: query }] = searches() as [URL]
  expect(query.get('query.service_name')).toBe('crm-api')
  expect(query.get('query.attributes')).toBe('{"span.kind":"internal"}')
  expect(query.get('query.num_traces')).toBe('5')
})

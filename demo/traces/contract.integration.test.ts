import { env } from 'node:process'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { ask, elementsOf, isList, RECORDINGS, retell, send, toComparable } from './contract'
import { type Mode, mode } from './mode'

const { JAEGER_URL = '', JAEGER_OTLP_URL = '' } = env
const isThere = JAEGER_URL !== '' && JAEGER_OTLP_URL !== ''
const why = isThere ? '' : ' (skipped: JAEGER_URL and JAEGER_OTLP_URL are not set)'

describe.skipIf(!isThere)(`the real Jaeger${why}`, () => {
  const name = Date.now().toString(36)
  let like: Mode = 'main'

  beforeAll(async () => {
    like = await recognise()
    await send(JAEGER_OTLP_URL, retell(RECORDINGS[like], name).sent)
    await vi.waitUntil(async () => (await ask(JAEGER_URL, firstTrace())).status === 200, {
      timeout: 20_000,
    })
  })

  const firstTrace = () => retell(RECORDINGS[like], name).answers[3]?.path ?? ''

  test.each(RECORDINGS.main.answers.map(({ path }, index) => [path, index] as const))(
    'answers %s as the recorded one of its kind did',
    async (_, index) => {
      const question = retell(RECORDINGS[like], name).answers[index]
      if (!question) throw new Error('The recordings differ in length')
      const { path, ...recorded } = question
      const answer = await ask(JAEGER_URL, path)
      if (isList(path) && recorded.status === 200)
        expect(elementsOf(answer)).toEqual(expect.arrayContaining([...ownOf(recorded)]))
      else expect(toComparable(answer)).toEqual(toComparable(recorded))
    },
  )

  /** Of a recorded list, what the recorded server had from us. */
  function ownOf(recorded: Parameters<typeof elementsOf>[0]) {
    const sent = JSON.stringify(retell(RECORDINGS[like], name).sent)
    return elementsOf(recorded).filter((one) => {
      const element: unknown = JSON.parse(one)
      const own = typeof element === 'string' ? element : Object.values(Object(element))[0]
      return sent.includes(JSON.stringify(own))
    })
  }

  async function recognise(): Promise<Mode> {
    const [legacy, summaries] = await Promise.all(
      ['/api/services', '/api/v3/trace-summaries'].map((path) => ask(JAEGER_URL, path)),
    )
    if (legacy?.status !== 200) return mode.enum.main
    return summaries?.status === 400 ? mode.enum['v2.20'] : mode.enum['v1.76']
  }
})

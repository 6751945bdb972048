import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, elementsOf, isList, RECORDINGS, send, toComparable } from './contract'
import { mode } from './mode'
import { type RunningTraces, startTraces } from './start-traces'

describe.each(mode.options)('the stand-in as %s', (chosen) => {
  const { sent, answers } = RECORDINGS[chosen]
  let traces: RunningTraces
  let url = ''

  beforeAll(async () => {
    traces = await startTraces({ port: 0, mode: chosen })
    url = `http://127.0.0.1:${traces.port}`
    await send(url, sent)
  })
  afterAll(() => traces.stop())

  test.each(answers)('answers $path as the real one did', async ({ path, ...recorded }) => {
    const answer = await ask(url, path)
    if (chosen === 'main' && isList(path) && recorded.status === 200) {
      expect(elementsOf(answer)).not.toEqual([])
      expect(elementsOf(recorded)).toEqual(expect.arrayContaining([...elementsOf(answer)]))
    } else expect(toComparable(answer)).toEqual(toComparable(recorded))
  })
})

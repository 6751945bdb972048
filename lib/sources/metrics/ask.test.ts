import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSourceError } from '@/lib/errors'
import { epochMs } from '@/lib/journey/types'
import { type Ask, createAsk, toNumber } from './ask'
import recorded from './fixtures/prometheus-2.42.0.json' with { type: 'json' }
import { anyOf, quote } from './promql'

const AT = epochMs(1_795_263_099_182)

function asking(answer: () => Response | Promise<Response>) {
  const asked: URL[] = []
  const fetch: typeof globalThis.fetch = async (input) => {
    asked.push(new URL(`${input}`))
    return answer()
  }
  const baseUrl = new URL('http://metrics.test/below')
  return { asked, ask: createAsk(baseUrl, { fetch, timeoutMs: 500, maxBytes: 100_000 }) }
}

function replay(name: string) {
  const one = recorded.answers.find((answer) => answer.name === name)
  if (!one) throw new Error(`Nobody recorded: ${name}`)
  const body = 'json' in one ? JSON.stringify(one.json) : one.text
  return asking(
    () => new Response(body, { status: one.status, headers: { 'content-type': one.contentType } }),
  )
}

async function faultOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!isSourceError(error)) throw error
  return error.fault
}

describe(recorded.server, () => {
  test('one point for each series now', async () => {
    const { ask, asked } = replay('instant-up')
    expect(await ask.now('up', AT)).toEqual([
      {
        labels: { __name__: 'up', instance: '127.0.0.1:1', job: 'down' },
        points: [{ at: AT, value: 0 }],
      },
      {
        labels: { __name__: 'up', instance: '127.0.0.1:29201', job: 'mes' },
        points: [{ at: AT, value: 1 }],
      },
    ])
    expect(asked.map(String)).toEqual([
      'http://metrics.test/below/api/v1/query?query=up&time=1795263099.182',
    ])
  })

  test('what is no finite number is none', async () => {
    const series = await replay('instant-odd-values').ask.now('odd', AT)
    expect(
      Object.fromEntries(series.map(({ labels, points }) => [labels.kind, points[0]?.value])),
    ).toEqual({
      big: 1e21,
      inf: null,
      minus: null,
      nan: null,
      tiny: 1e-9,
      utf: 1,
    })
    expect(
      (await replay('instant-division-by-zero').ask.now('x', AT))[0]?.points[0]?.value,
    ).toBeNull()
  })

  test('a step without a sample is not there', async () => {
    const [series] = await replay('range-gap').ask.over('up', epochMs(AT - 3_600_000), AT, 60_000)
    expect(series?.points).toEqual([{ at: 1_795_263_099_000, value: 1 }])
  })

  test('no data is no series', async () => {
    expect(await replay('instant-empty').ask.now('x', AT)).toEqual([])
    expect(await replay('label-values-empty').ask.names(['x'], AT)).toEqual([])
    expect(await replay('names').ask.names(['x'], AT)).toContain('traces_span_metrics_calls_total')
  })

  test.each([
    ['error-timeout-param', 'timeout'],
    ['error-parse', 'rejected'],
    ['error-too-many-samples', 'rejected'],
    ['error-many-to-many', 'rejected'],
    ['error-no-such-route', 'rejected'],
    ['error-method', 'rejected'],
    ['instant-scalar', 'malformed'],
    ['instant-string', 'malformed'],
    ['ready', 'malformed'],
  ])('%s: %s', async (name, fault) => {
    expect(await faultOf(replay(name).ask.now('x', AT))).toBe(fault)
  })
})

const json = (value: unknown) => Response.json(value)
const vector = (value: unknown, metric: unknown = {}) =>
  json({ status: 'success', data: { resultType: 'vector', result: [{ metric, value }] } })

describe('a bad answer', () => {
  test.each<[string, () => Response | Promise<Response>, string]>([
    ['a sign-in page', () => new Response('<!doctype html><p>Sign in'), 'malformed'],
    ['a redirect', () => Promise.reject(new TypeError('unexpected redirect')), 'unreachable'],
    [
      '503 without a word: it starts',
      () => new Response('Service Unavailable', { status: 503 }),
      'rejected',
    ],
    ['403', () => new Response('', { status: 403 }), 'rejected'],
    ['cut in half', () => new Response('{"status":"success","data":{"resu'), 'malformed'],
    ['a number that is no text', () => vector([1, 2]), 'malformed'],
    ['a time of another age', () => vector([9e15, '1']), 'malformed'],
    ['a time that is a text', () => vector(['1', '1']), 'malformed'],
    ['labels that are numbers', () => vector([1, '1'], { a: 1 }), 'malformed'],
    ['an error with 200', () => json({ status: 'error', errorType: 'bad_data' }), 'malformed'],
    ['200 kB', () => vector([1, '1'], { a: 'x'.repeat(200_000) }), 'too-large'],
  ])('%s', async (_, answer, fault) => {
    expect(await faultOf(asking(answer).ask.now('x', AT))).toBe(fault)
  })

  test('is a fault or series, whatever it is', async () => {
    const read = (ask: Ask) => [
      ask.now('x', AT),
      ask.over('x', AT, AT, 1_000),
      ask.names(['x'], AT),
    ]
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.constantFrom(200, 400, 503), async (text, status) => {
        const { ask } = asking(() => new Response(text, { status }))
        for (const work of read(ask)) expect(await faultOf(work)).toMatch(/malformed|rejected/)
      }),
    )
  })
})

test('a value is a finite number or null', () => {
  expect(
    ['1', '-1', '0.5', '1e+21', '1e-9', 'NaN', '+Inf', '-Inf', '', '0x10', '1e999'].map(toNumber),
  ).toEqual([1, -1, 0.5, 1e21, 1e-9, null, null, null, null, null, null])
})

test('a name in a matcher stays a name', () => {
  expect(quote('a"b\\c\nd')).toBe('"a\\"b\\\\c\\nd"')
  expect(anyOf('service', ['a.b', 'c|d"}'])).toBe('service=~"a\\\\.b|c\\\\|d\\"\\\\}"')
  fc.assert(
    fc.property(fc.string(), (name) => {
      const quoted = /^service=~("(?:[^"\\\n]|\\.)*")$/.exec(anyOf('service', [name]))?.[1]
      const read = (quoted ?? '')
        .slice(1, -1)
        .replace(/\\(.)/g, (_, c) => (c === 'n' ? '\n' : c === 'r' ? '\r' : c))
      expect(new RegExp(`^(?:${read})$`).test(name)).toBe(true)
    }),
  )
})

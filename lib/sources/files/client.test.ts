// Long because each answer of the storage means something else.
import { describe, expect, test } from 'vitest'
import { permitted } from '@/lib/access/fixtures/permitted'
import { epochMs } from '@/lib/journey/types'
import { createGuard } from '../create-guard'
import { createFilesSource } from './client'
import recorded from './fixtures/versitygw-1.8.0.json' with { type: 'json' }
import { openHead } from './head'

const START = Date.parse('2026-11-21T12:30:00Z')
const MINUTE = 60_000
const FILE = { bucket: 'models', key: 'orders/1/part.stl' }
const OTHER = { bucket: 'models', key: 'orders/2/part.stl' }

type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>> }

const answerOf = (name: string): Answer => {
  const found = recorded.answers.find((one) => one.case === name)
  if (!found) throw new Error(`Nobody recorded: ${name}`)
  // The day it was recorded on would look like a wrong clock.
  const { date: _date, ...headers } = found.headers
  return { status: found.status, headers: headers as unknown as Record<string, string> }
}
const THERE = answerOf('existing, GetObject+ListBucket')
const MISSING = answerOf('missing, GetObject+ListBucket')

/** A storage with the answers of a real one, by path; what is asked is noted. */
function storage(
  answers: Record<string, Answer | 'refused' | 'silent'>,
  witnesses: readonly (typeof FILE)[] = [],
) {
  const asked: string[] = []
  const requests: Headers[] = []
  let time = START
  const now = () => epochMs(time)
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(`${input}`)
    asked.push(`${init?.method} ${url.pathname}`)
    requests.push(new Headers(init?.headers))
    const answer = answers[decodeURIComponent(url.pathname)] ?? MISSING
    if (answer === 'refused') throw new TypeError('fetch failed')
    if (answer === 'silent')
      return new Promise((_, reject) =>
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)),
      )
    return new Response(null, { status: answer.status, headers: { ...answer.headers } })
  }
  const source = createFilesSource({
    open: () =>
      openHead({
        endpoint: new URL('https://storage.test'),
        region: 'us-east-1',
        pathStyle: true,
        credentials: { accessKeyId: 'reader', secretAccessKey: 'reader-secret' },
        fetchFor: () => fetch,
      }),
    system: 's3',
    timeoutMs: 300,
    guard: createGuard({ source: 's3', now, shareMs: 0 }),
    recentFiles: async () => witnesses,
    now,
  })
  return {
    asked,
    requests,
    pass: (ms: number) => {
      time += ms
    },
    read: async (question = FILE) => {
      const { facts, report } = await source.read(await permitted('ORD-1'), question)
      const [fact] = facts
      if (!fact) throw new Error('No fact')
      return { fact, report }
    },
  }
}

describe('the file storage', () => {
  test('is asked with one signed HEAD', async () => {
    const { asked, requests, read } = storage({ '/models/orders/1/part.stl': THERE })
    const { fact, report } = await read()

    expect(asked).toEqual(['HEAD /models/orders/1/part.stl'])
    expect(requests[0]?.get('authorization')).toMatch(
      /^AWS4-HMAC-SHA256 Credential=reader\/\d{8}\/us-east-1\/s3\/aws4_request/,
    )
    expect(fact).toEqual({
      kind: 'file',
      id: 'file:models/orders/1/part.stl',
      source: 's3',
      system: 's3',
      at: Date.parse('2026-11-21T12:07:41Z'),
      askedAt: START,
      modifiedAt: Date.parse('2026-11-21T12:07:41Z'),
      state: 'there',
      proven: true,
      size: 19,
      attributes: {
        file_bucket: { value: 'models', class: 'B' },
        file_key: { value: 'orders/1/part.stl', shown: 'part.stl', class: 'B' },
        file_etag: { value: '1cd87f96841c1d7b2dd001765e6b97c7', class: 'B' },
      },
    })
    expect(report).toMatchObject({ source: 's3', state: 'ok', reason: null, systems: ['s3'] })
  })

  test('has any key asked for as it is', async () => {
    const key = 'заказ 1 +%#?/деталь.stl'
    const { fact } = await storage({ [`/models/${key}`]: THERE }).read({ bucket: 'models', key })
    expect([fact.state, Object.keys(fact.attributes)]).toEqual([
      'there',
      ['file_bucket', 'file_etag'],
    ])
  })

  test.each(['../secrets', 'a/../b', './a', 'a\u0000b', ''])(
    'is never asked for %j',
    async (key) => {
      const { asked, read } = storage({})
      const { fact, report } = await read({ bucket: 'models', key })
      expect([fact.state, report.state, asked]).toEqual(['unclear', 'partial', []])
    },
  )
})

describe('an absence', () => {
  test('is none where the bucket answers 404 to everything', async () => {
    const { fact, report } = await storage({}, [FILE, OTHER]).read()
    expect(fact).toMatchObject({ state: 'absent', proven: false, size: null, at: START })
    expect(report).toMatchObject({ state: 'partial', reason: 'unproven' })
  })

  test('is proven by a file of another order', async () => {
    const { asked, read } = storage({ '/models/orders/2/part.stl': THERE }, [FILE, OTHER])
    const { fact, report } = await read()
    expect(fact).toMatchObject({ state: 'absent', proven: true })
    expect(report).toMatchObject({ state: 'ok', reason: null })
    expect(asked).toEqual(['HEAD /models/orders/1/part.stl', 'HEAD /models/orders/2/part.stl'])
  })

  test('is proven by what was found in the last ten minutes, and not longer', async () => {
    const { asked, pass, read } = storage({ '/models/orders/2/part.stl': THERE })
    await read(OTHER)
    pass(10 * MINUTE - 1)
    expect((await read()).fact.proven).toBe(true)
    pass(1)
    expect((await read()).fact.proven).toBe(false)
    expect(asked).toHaveLength(3)
  })

  test('is not proven by another bucket', async () => {
    const { read } = storage({ '/other/a.stl': THERE })
    await read({ bucket: 'other', key: 'a.stl' })
    expect((await read()).fact).toMatchObject({ state: 'absent', proven: false })
  })

  test('asks three witnesses at most, and waits for none that is silent', async () => {
    const many = Array.from({ length: 9 }, (_, i) => ({ bucket: 'models', key: `${i}.stl` }))
    const silent = Object.fromEntries(many.map(({ key }) => [`/models/${key}`, 'silent' as const]))
    const { asked, read } = storage(silent, many)
    const { fact } = await read()
    expect([fact.state, fact.proven, asked.length]).toEqual(['absent', false, 4])
  })
})

describe('a storage in trouble', () => {
  test.each([
    ['refuses us', answerOf('existing, no permission'), 'forbidden'],
    ['has a delete marker', answerOf('versioned: delete marker by its versionId'), 'unclear'],
  ])('%s: nothing is said of the file', async (_, answer, state) => {
    const { fact, report } = await storage({ '/models/orders/1/part.stl': answer }).read()
    expect(fact).toMatchObject({ state, proven: false, size: null, modifiedAt: null })
    expect(report).toMatchObject({ state: 'partial', reason: state })
  })

  test.each([
    ['a wrong region', answerOf('wrong region'), 'rejected'],
    [
      'a loop of redirects',
      { status: 307, headers: { location: '/models/orders/1/part.stl' } },
      'rejected',
    ],
    ['a page of a proxy', { status: 200, headers: { 'content-type': 'text/html' } }, 'malformed'],
    ['too much to do', { status: 503 }, 'busy'],
    ['a limit', { status: 429 }, 'busy'],
    ['no connection', 'refused', 'unreachable'],
    ['no answer', 'silent', 'timeout'],
  ] as const)('%s is its own fault: %s', async (_, answer, fault) => {
    const { asked, read } = storage({ '/models/orders/1/part.stl': answer })
    await expect(read()).rejects.toMatchObject({ source: 's3', fault })
    expect(asked.length).toBeLessThanOrEqual(2)
  })

  //   there ── 503 ── the same, as stale ── 10 min ── nothing
  test('a storage that asks for less is believed for what it said a moment ago, as old', async () => {
    const answers: Record<string, Answer> = { '/models/orders/1/part.stl': THERE }
    const { read, pass } = storage(answers)
    const { fact } = await read()
    answers['/models/orders/1/part.stl'] = { status: 503 }
    pass(5 * MINUTE)
    expect(await read()).toMatchObject({
      fact: { state: 'there', askedAt: fact.askedAt },
      report: { state: 'stale', reason: 'busy', asOf: START, askedAt: START + 5 * MINUTE },
    })
    await expect(read(OTHER)).resolves.toMatchObject({ fact: { state: 'absent' } })
    pass(5 * MINUTE + 1)
    await expect(read()).rejects.toMatchObject({ fault: 'busy' })
    answers['/models/orders/1/part.stl'] = { status: 500 }
    await expect(read()).rejects.toMatchObject({ fault: 'rejected' })
  })

  test('a clock that is off is set by the answer', async () => {
    const date = new Date(Date.now() + 20 * MINUTE).toUTCString()
    const answers: Record<string, Answer> = {
      '/models/orders/1/part.stl': { status: 403, headers: { date } },
    }
    const { asked, read, requests } = storage(answers)
    await read()
    expect(asked).toHaveLength(2)
    expect(requests[0]?.get('x-amz-date')).not.toBe(requests[1]?.get('x-amz-date'))
  })

  test('another host is never asked', async () => {
    const head = await openHead({
      endpoint: null,
      region: 'x.evil.test#',
      pathStyle: true,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      fetchFor: () => () => Promise.reject(new Error('asked')),
    })
    await expect(head(FILE, AbortSignal.timeout(1_000))).rejects.toMatchObject({
      fault: 'unreachable',
    })
  })
})

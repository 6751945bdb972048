import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { epochMs } from '@/lib/journey/types'
import { exchange, type Fetch, fetchJson, type Transport } from './fetch-json'
import { createRetries } from './retries'

const URL_ = new URL('http://peer.test/x')
const schema = z.object({ data: z.array(z.number()) })

const get = (fetch: Fetch, change: Partial<Transport> = {}) =>
  fetchJson('jaeger', URL_, schema, { fetch, timeoutMs: 500, maxBytes: 10_000, ...change })

/** A body that never ends, and counts what was taken of it. */
function endless(chunk: Uint8Array<ArrayBuffer>) {
  const taken = { bytes: 0, cancelled: false }
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      taken.bytes += chunk.byteLength
      controller.enqueue(chunk)
    },
    cancel() {
      taken.cancelled = true
    },
  })
  return { taken, fetch: async () => new Response(body) }
}

const never = (_: unknown, init?: RequestInit) =>
  new Promise<Response>((_, reject) =>
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)),
  )

const connectError = (code: string) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })

describe('fetchJson', () => {
  test('reads JSON whatever the content type says, and follows no redirect', async () => {
    let init: RequestInit | undefined
    const answer = await get(async (_, options) => {
      init = options
      return new Response('{"data":[1]}', { headers: { 'content-type': 'text/plain' } })
    })
    expect(answer).toEqual({ data: [1] })
    expect(init).toMatchObject({ redirect: 'error', headers: { accept: 'application/json' } })
  })

  test.each([
    ['rejected', async () => new Response('no', { status: 500 })],
    ['rejected', async () => new Response('x'.repeat(500_000), { status: 500 })],
    ['rejected', async () => new Response('{"data":[1]}', { status: 401 })],
    ['malformed', async () => new Response('<!doctype html><p>log in')],
    ['malformed', async () => new Response('')],
    ['malformed', async () => Response.json({ traces: [] })],
    ['malformed', async () => Response.json({ data: ['1'] })],
    ['malformed', async () => new Response(`{"data":${'['.repeat(9_000)}`)],
    ['malformed', async () => new Response(new Uint8Array([0x22, 0xff, 0xfe, 0x22]))],
    ['too-large', async () => new Response(`{"data":[${'1,'.repeat(6_000)}1]}`)],
    ['unreachable', async () => Promise.reject(new TypeError('fetch failed'))],
    ['timeout', never],
  ] as const)('reports %s', async (fault, fetch) => {
    await expect(get(fetch, { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'source',
      source: 'jaeger',
      fault,
    })
  })

  test('refuses an answer that breaks off at any of 64 places', async () => {
    const whole = JSON.stringify({ data: Array.from({ length: 100 }, (_, index) => index) })
    for (let part = 0; part < 64; part += 1) {
      const cut = whole.slice(0, Math.floor((whole.length * part) / 64))
      await expect(get(async () => new Response(cut))).rejects.toMatchObject({ fault: 'malformed' })
    }
  })

  test('limits the body in time, not only the wait for it', async () => {
    const slow = async (_: unknown, init?: RequestInit) =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode('{"data":['))
            init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason))
          },
        }),
      )
    await expect(get(slow, { timeoutMs: 50 })).rejects.toMatchObject({ fault: 'timeout' })
  })

  test('hangs up at the cap: 200 MB cost no more than the cap', async () => {
    const { taken, fetch } = endless(new TextEncoder().encode(' '.repeat(65_536)))
    const before = process.memoryUsage().arrayBuffers
    await expect(get(fetch, { maxBytes: 1_000_000 })).rejects.toMatchObject({ fault: 'too-large' })
    expect(taken.cancelled).toBe(true)
    expect(taken.bytes).toBeLessThan(1_300_000)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000)
  })

  test('hangs up on nesting without end', async () => {
    const { taken, fetch } = endless(new TextEncoder().encode('['.repeat(1_000)))
    await expect(get(fetch, { maxBytes: 1e9 })).rejects.toMatchObject({ fault: 'malformed' })
    expect(taken.bytes).toBeLessThan(10_000)
  })

  test('takes brackets inside texts for no nesting', async () => {
    const text = `\\"${'['.repeat(500)}`
    const reply = await exchange('jaeger', URL_, {
      fetch: async () => new Response(`{"a":"${text}"}`),
      timeoutMs: 500,
      maxBytes: 10_000,
    })
    expect(reply.kind).toBe('json')
  })
})

/** A budget whose pauses take no time. */
const patient = () => ({ ...createRetries(() => epochMs(0)), pauseMs: () => 0 })

describe('the retry', () => {
  const answering = (first: () => Promise<Response>) => {
    let calls = 0
    const fetch: Fetch = () => {
      calls += 1
      return calls === 1 ? first() : Promise.resolve(Response.json({ data: [calls] }))
    }
    return { fetch, calls: () => calls }
  }

  test.each([
    async () => new Response('', { status: 502 }),
    async () => new Response('', { status: 503 }),
    async () => new Response('', { status: 504 }),
    async () => Promise.reject(connectError('ECONNREFUSED')),
  ])('comes once where a second try may help', async (first) => {
    const { fetch, calls } = answering(first)
    expect(await get(fetch, { retries: patient() })).toEqual({ data: [2] })
    expect(calls()).toBe(2)
  })

  test.each([
    async () => new Response('', { status: 500 }),
    async () => new Response('', { status: 404 }),
    async () => Promise.reject(connectError('CERT_HAS_EXPIRED')),
    async () => Promise.reject(new TypeError('unexpected redirect')),
  ])('does not come where it cannot', async (first) => {
    const { fetch, calls } = answering(first)
    await expect(get(fetch, { retries: patient() })).rejects.toMatchObject({ code: 'source' })
    expect(calls()).toBe(1)
  })

  test('does not come without a budget, nor beyond it', async () => {
    let calls = 0
    const fetch = async () => {
      calls += 1
      return new Response('', { status: 503 })
    }
    await expect(get(fetch)).rejects.toMatchObject({ fault: 'rejected' })
    expect(calls).toBe(1)
    const retries = patient()
    for (let call = 0; call < 20; call += 1)
      await expect(get(fetch, { retries })).rejects.toMatchObject({ fault: 'rejected' })
    expect(calls).toBe(1 + 20 + 2)
  })

  test('stays within the time limit', async () => {
    const retries = { ...patient(), pauseMs: () => 60_000 }
    const fetch = async () => new Response('', { status: 503 })
    await expect(get(fetch, { timeoutMs: 20, retries })).rejects.toMatchObject({ fault: 'timeout' })
  })
})

test('429 is busy, and nothing is asked until the source wants to be asked', async () => {
  let [at, calls] = [0, 0]
  const retries = createRetries(() => epochMs(at))
  const fetch = async () => {
    calls += 1
    return calls === 1
      ? new Response('no', { status: 429, headers: { 'retry-after': '5' } })
      : Response.json({ data: [] })
  }
  await expect(get(fetch, { retries })).rejects.toMatchObject({ fault: 'busy' })
  at = 4_999
  await expect(get(fetch, { retries })).rejects.toMatchObject({ fault: 'busy' })
  expect(calls).toBe(1)
  at = 5_000
  expect(await get(fetch, { retries })).toEqual({ data: [] })
})

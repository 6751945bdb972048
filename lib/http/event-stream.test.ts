import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Viewer } from '@/lib/access/viewer'
import { TooManyError } from '@/lib/errors'
import { type EventStream, eventStream } from './event-stream'
import { createRouteMaker } from './route-maker'

const viewer: Viewer = {
  ...{ issuer: 'idp', subject: 'anna', name: null, scope: {}, sessionId: 's' },
  roles: ['support'],
}

function route(open?: () => Promise<EventStream>) {
  const seen = { letGo: 0, lastEventId: '' as string | null }
  const defineRoute = createRouteMaker<string>({
    baseUrl: () => new URL('http://127.0.0.1:4200'),
    requireViewer: async () => viewer,
    requireEntry: () => {},
    record: async () => {},
  })
  const body = () =>
    new ReadableStream<Uint8Array>({
      start: (line) => {
        line.enqueue(new TextEncoder().encode('retry: 1\n\n'))
        line.close()
      },
    })
  const handle = defineRoute({
    action: 'test',
    input: z.object({ id: z.string() }),
    stream: async ({ lastEventId }) => {
      seen.lastEventId = lastEventId
      return open
        ? open()
        : eventStream({
            body: body(),
            letGo: () => {
              seen.letGo += 1
            },
          })
    },
  })
  const ask = (init: RequestInit = {}) =>
    handle(new Request('http://127.0.0.1:4200/api/things/A', init), {
      params: Promise.resolve({ id: 'A' }),
    })
  return { ask, seen }
}

describe('a route that streams', () => {
  test('says what nothing on the way may keep or hold back', async () => {
    const { ask, seen } = route()
    const response = await ask({ headers: { 'last-event-id': 'v1' } })
    expect(await response.text()).toBe('retry: 1\n\n')
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    })
    expect(seen).toEqual({ letGo: 0, lastEventId: 'v1' })
  })

  test('lets go when its reader goes, and at once where there is none', async () => {
    const { ask, seen } = route()
    const reader = new AbortController()
    await ask({ signal: reader.signal })
    reader.abort()
    expect(seen.letGo).toBe(1)

    const head = await ask({ method: 'HEAD' })
    expect(head.body).toBeNull()
    expect(seen.letGo).toBe(2)

    await ask({ signal: reader.signal })
    expect(seen.letGo).toBe(3)
  })

  test('refuses who wants something else, and one too many', async () => {
    const json = await route().ask({ headers: { accept: 'application/json' } })
    expect(json.status).toBe(406)

    const full = await route(async () => {
      throw new TooManyError('At most 5')
    }).ask()
    expect(full.status).toBe(429)
    expect(full.headers.get('retry-after')).toBe('60')
    expect(await full.json()).toMatchObject({ code: 'too-many', detail: 'At most 5' })
  })
})

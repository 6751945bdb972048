import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import type { Projected } from '@/lib/access/project'
import type { Viewer } from '@/lib/access/viewer'
import { ForbiddenError, NotFoundError, UnauthenticatedError } from '@/lib/errors'
import { createRouteMaker, type Turned } from './route-maker'
import { type SeeOther, seeOther } from './see-other'

const viewer: Viewer = {
  issuer: 'idp',
  subject: 'anna',
  name: null,
  roles: ['support'],
  scope: {},
  sessionId: 's',
}
const ORIGIN = 'http://127.0.0.1:4200'
const schema = z.strictObject({ id: z.string().max(5), n: z.coerce.number().max(9).optional() })

type Options = {
  readonly asker?: Viewer | null
  readonly answer?: (input: unknown) => unknown
}

function routes({ asker = viewer, answer = (input) => input }: Options = {}) {
  const turned: Turned<string>[] = []
  const defineRoute = createRouteMaker<string>({
    baseUrl: () => new URL(ORIGIN),
    requireViewer: async () => {
      if (!asker) throw new UnauthenticatedError('Sign in first')
      return asker
    },
    requireEntry: ({ roles }) => {
      if (roles.length === 0) throw new ForbiddenError('entry')
    },
    record: async (row) => void turned.push(row),
  })
  const handle = defineRoute({
    action: 'test',
    input: schema,
    answer: async ({ input }) => answer(input) as Projected<unknown> | SeeOther,
  })
  const ask = async (init: RequestInit = {}, query = '') => {
    const { body } = init
    const headers = new Headers(init.headers)
    if (typeof body === 'string') headers.set('content-length', String(body.length))
    const request = new Request(`${ORIGIN}/api/things/A${query}`, { ...init, headers })
    const response = await handle(request, { params: Promise.resolve({ id: 'A' }) })
    const text = await response.text()
    return { response, status: response.status, body: text && JSON.parse(text) }
  }
  return { ask, turned }
}

const post = (body: string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body,
  headers: { origin: ORIGIN, 'content-type': 'application/json', ...headers },
})

describe('defineRoute', () => {
  test('answers with what was projected, and lets nobody keep it', async () => {
    const { response, body } = await routes().ask({}, '?n=3&_rsc=x')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(body).toEqual({ id: 'A', n: 3 })
  })

  test.each([
    ['nobody is signed in', { asker: null }, {}, '', 401, 'unauthenticated'],
    ['no role', { asker: { ...viewer, roles: [] } }, {}, '', 403, 'forbidden'],
    ['bad value', {}, {}, '?n=10', 400, 'invalid-input'],
    ['unknown name', {}, {}, '?role=devops', 400, 'invalid-input'],
    ['a name twice', {}, {}, '?n=1&n=2', 400, 'invalid-input'],
    ['a name in path and query', {}, {}, '?id=B', 400, 'invalid-input'],
    ['XML wanted', {}, { headers: { accept: 'application/xml' } }, '', 406, 'not-acceptable'],
    [
      'text sent',
      {},
      post('{}', { 'content-type': 'text/plain' }),
      '',
      415,
      'unsupported-media-type',
    ],
    ['JSON cut short', {}, post('{"n":'), '', 400, 'invalid-input'],
    ['a JSON list', {}, post('[]'), '', 400, 'invalid-input'],
    ['a key twice', {}, post('{"n":1,"n":2}'), '', 400, 'invalid-input'],
    ['another site', {}, post('{}', { origin: 'http://evil.example' }), '', 403, 'forbidden'],
    ['a sandboxed page', {}, post('{}', { origin: 'null' }), '', 403, 'forbidden'],
  ])('%s is a problem, and a row', async (_, options, init, query, status, code) => {
    const { ask, turned } = routes(options)
    const answered = await ask(init, query)
    expect(answered.response.headers.get('content-type')).toBe('application/problem+json')
    expect(answered.response.headers.get('cache-control')).toBe('no-store')
    expect(answered).toMatchObject({ status, body: { status, code } })
    expect(turned).toMatchObject([{ action: 'test', reason: code, status }])
  })

  test('names the field that was wrong, and the viewer in its row', async () => {
    const { ask, turned } = routes()
    expect((await ask({}, '?n=10')).body).toMatchObject({ field: 'n' })
    expect(turned).toMatchObject([{ viewer: { subject: 'anna' } }])
  })

  test("leaves the gate's refusals to the gate's own row", async () => {
    const { ask, turned } = routes({
      answer: () => {
        throw new NotFoundError(undefined, ['jaeger'])
      },
    })
    expect(await ask()).toMatchObject({ status: 404, body: { silent: ['jaeger'] } })
    expect(turned).toEqual([])
  })

  test('takes JSON and forms', async () => {
    const { ask } = routes()
    const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
    expect((await ask(post('{"n":1}'))).body).toEqual({ id: 'A', n: 1 })
    expect((await ask(post('n=1', form))).body).toEqual({ id: 'A', n: 1 })
  })

  test('sends the browser on after a form, never off this site', async () => {
    const { response } = await routes({ answer: () => seeOther('//evil.example') }).ask(post('{}'))
    expect([response.status, response.headers.get('location')]).toEqual([303, '/'])
  })

  test('says nothing about a bug', async () => {
    const { ask } = routes({
      answer: () => {
        throw new Error('secret')
      },
    })
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { status, body } = await ask()
    expect([status, body.code]).toEqual([500, 'internal'])
    expect(JSON.stringify(body)).not.toContain('secret')
    expect(log.mock.calls.join()).toContain('route-maker')
    expect(log.mock.calls.join()).not.toContain('secret')
  })
})

import type http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { held } from '@/lib/http/held'
import { toTrustedProxies } from './client-address'
import { drain } from './drain'
import { createFrontDoor, type FrontDoor, type Unreached } from './front-door'

const open = new Set<http.Server>()

afterEach(() => {
  for (const server of open) server.close().closeAllConnections()
  open.clear()
  held().draining = false
  held().streams.clear()
})

/** A front door before an app that answers with the headers it was given. */
async function start(options: Partial<FrontDoor> = {}) {
  const reports: Unreached[] = []
  const baseUrl = new URL('http://127.0.0.1:1')
  const server = createFrontDoor({
    baseUrl,
    issuerOrigin: 'http://127.0.0.1:2',
    trustedProxies: toTrustedProxies([]),
    render: async (request, response) => {
      for await (const _ of request);
      response.end(JSON.stringify(request.headers))
    },
    report: (unreached) => reports.push(unreached),
    onError: () => {},
    ...options,
  })
  open.add(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  baseUrl.port = String(port)

  /** Bytes in, bytes out, until the server closes or half a second of silence has passed. */
  const send = (bytes: string, silenceMs = 500) =>
    new Promise<string>((resolve) => {
      const socket = net.connect(port, '127.0.0.1')
      let answer = ''
      socket.setTimeout(silenceMs, () => socket.destroy())
      socket.on('data', (chunk) => {
        answer += chunk
      })
      socket.on('error', () => {})
      socket.on('close', () => resolve(answer))
      socket.write(bytes)
    })
  const ask = (lines: string[], body = '') =>
    send(
      [lines[0], `Host: 127.0.0.1:${port}`, 'Connection: close', ...lines.slice(1), '', body].join(
        '\r\n',
      ),
    )
  return { server, port, reports, send, ask, origin: `http://127.0.0.1:${port}` }
}

const statusOf = (answer: string) => Number(answer.split(' ')[1])
const headersSeen = (answer: string) =>
  JSON.parse(answer.slice(answer.indexOf('{')).split('\r\n')[0] ?? '')

test('the app learns one client address, and nothing that a client says about it', async () => {
  const { ask } = await start()
  const answer = await ask([
    'GET / HTTP/1.1',
    'X-Forwarded-For: 10.1.2.3',
    'X-Real-IP: 10.1.2.3',
    'Forwarded: for=10.1.2.3',
    'X_Forwarded_For: 10.1.2.3',
    'X-Forwarded-Host: evil.example',
    'X-OJ-Client-Address: 10.1.2.3',
    'X-OJ-Request-Id: mine',
    'X-Middleware-Subrequest: proxy',
  ])
  expect(statusOf(answer)).toBe(200)
  expect(answer).not.toMatch(/10\.1\.2\.3|evil|mine|subrequest/)
  expect(headersSeen(answer)).toMatchObject({
    'x-oj-client-address': '127.0.0.1',
    'x-oj-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'x-oj-listener': 'staff',
  })
})

test('behind a trusted proxy the client is whom the proxy saw', async () => {
  const { ask, reports } = await start({ trustedProxies: toTrustedProxies(['127.0.0.0/8']) })
  const seen = await ask(['GET / HTTP/1.1', 'X-Forwarded-For: 10.1.2.3, 198.51.100.7'])
  expect(headersSeen(seen)).toMatchObject({ 'x-oj-client-address': '198.51.100.7' })

  expect(statusOf(await ask(['GET / HTTP/1.1', 'X-Forwarded-For: 012.1.1.1']))).toBe(400)
  expect(reports).toMatchObject([{ reason: 'forwarded_for', clientAddress: null }])
})

test.each([
  ['TRACE / HTTP/1.1', 405, 'method'],
  ['PROPFIND / HTTP/1.1', 405, 'method'],
  ['FOO / HTTP/1.1', 405, 'method'],
  ['GET //evil.example HTTP/1.1', 400, 'request_line'],
  ['GET http://evil.example/ HTTP/1.1', 400, 'request_line'],
  ['GET /orders/%E0%A4%A HTTP/1.1', 400, 'request_line'],
  ['nonsense', 405, 'method'],
])('%s is %i, drawn safely and reported', async (line, status, reason) => {
  const { ask, reports } = await start()
  const answer = await ask([line])
  expect(statusOf(answer)).toBe(status)
  expect(answer).toContain('application/problem+json')
  expect(answer).toContain('no-store')
  expect(answer).toContain("default-src 'self'")
  expect(answer).toContain('nosniff')
  expect(reports).toMatchObject([{ status, reason, clientAddress: '127.0.0.1' }])
})

test.each([
  ['GET / HTTP/1.1\r\n\r\n', 400],
  ['GET / HTTP/1.0\r\n\r\n', 400],
  ['GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n', 421],
  ['GET / HTTP/1.1\r\nHost: a/b\r\n\r\n', 421],
  ['GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\nHost: 127.0.0.1:1\r\n\r\n', 400],
  ['CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n', 405],
  ['GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n', 400],
  [`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(17_000)}\r\n\r\n`, 431],
])('%j is %i', async (bytes, status) => {
  const { send, reports } = await start()
  expect(statusOf(await send(bytes))).toBe(status)
  expect(reports).toHaveLength(1)
})

test('a body is 64 KiB at most and says its length', async () => {
  const { ask } = await start()
  const post = (...headers: string[]) => ask(['POST /api/x HTTP/1.1', ...headers], 'x'.repeat(10))
  expect(statusOf(await post('Content-Length: 10'))).toBe(200)
  expect(statusOf(await post('Content-Length: 70000'))).toBe(413)
  expect(statusOf(await post('Transfer-Encoding: chunked'))).toBe(411)
})

test('a slow client is let go', async () => {
  const limits = { headersTimeoutMs: 200, requestTimeoutMs: 400, checkEveryMs: 50 }
  const { send, port, reports } = await start({ limits })
  expect(statusOf(await send('GET / HTTP/1.1\r\nHost: ', 2_000))).toBe(408)
  const half = `POST /api/x HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 10\r\n\r\nhalf`
  expect(statusOf(await send(half, 2_000))).toBe(408)
  expect(reports.map(({ reason }) => reason)).toEqual(['slow_client', 'slow_client'])
})

test('a client holds so many connections and no more', async () => {
  const { send, ask, port } = await start({ limits: { connectionsPerClient: 2 } })
  const held = [net.connect(port, '127.0.0.1'), net.connect(port, '127.0.0.1')]
  await sleep(50)
  expect(statusOf(await send(''))).toBe(503)
  for (const socket of held) socket.destroy()
  await sleep(50)
  expect(statusOf(await ask(['GET / HTTP/1.1']))).toBe(200)
})

test("a page's status is written by its request's id, and only over 200", async () => {
  const { origin } = await start({
    render: async (request, response) => {
      held().statuses.set(String(request.headers['x-oj-request-id']), 403)
      response.statusCode = request.url === '/gone' ? 307 : 200
      response.end('refused')
    },
  })
  const refused = await fetch(origin)
  expect([refused.status, refused.headers.get('cache-control')]).toEqual([403, 'no-store'])
  expect((await fetch(`${origin}/gone`, { redirect: 'manual' })).status).toBe(307)
  expect(held().statuses.size).toBe(0)
})

test('Next reads the nonce that the answer carries', async () => {
  const { origin } = await start()
  const response = await fetch(origin)
  const policy = response.headers.get('content-security-policy')
  expect(await response.json()).toMatchObject({ 'content-security-policy': policy })
})

test('an app that fails is a 500 with a body, and the server goes on', async () => {
  const errors: unknown[] = []
  const { origin } = await start({
    render: async () => {
      throw new Error('secret')
    },
    onError: (error) => errors.push(error),
  })
  const response = await fetch(origin)
  expect(response.status).toBe(500)
  expect(await response.text()).not.toContain('secret')
  expect(errors).toHaveLength(1)
})

test('a drain finishes what is in flight, says goodbye to streams, and takes nobody new', async () => {
  const { server, origin } = await start({
    render: async (request, response) => {
      if (request.url === '/slow') return void setTimeout(() => response.end('finished'), 300)
      response.write('event: hello\n\n')
      held().streams.add(() => response.end('event: bye\n\n'))
    },
  })
  const stream = await fetch(`${origin}/stream`)
  const slow = fetch(`${origin}/slow`).then((response) => response.text())
  await sleep(50)

  expect(await drain(server, { noticeMs: 50, finishMs: 2_000 })).toBe(true)
  expect(await stream.text()).toContain('event: bye')
  expect(await slow).toBe('finished')
  await expect(fetch(origin)).rejects.toThrow()
})

test('a drain cuts whoever does not end in time', async () => {
  const { server, origin } = await start({
    render: async (_request, response) => void response.write('for ever'),
  })
  const stream = await fetch(origin)
  expect(await drain(server, { noticeMs: 0, finishMs: 100 })).toBe(false)
  await expect(stream.text()).rejects.toThrow()
})

import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startHttpFaultProxy } from './http-proxy'
import type { FaultProxy } from './mode'

const BODY = JSON.stringify({ data: ['one', 'two', 'three'] })

describe('the fault proxy before a source that speaks HTTP', () => {
  let source: http.Server
  let proxy: FaultProxy
  let asked: string[] = []

  beforeAll(async () => {
    source = http.createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`)
      response.writeHead(200, { 'content-type': 'application/json', 'x-kept': 'yes' }).end(BODY)
    })
    await new Promise<void>((resolve) => source.listen(0, '127.0.0.1', resolve))
    const { port } = source.address() as AddressInfo
    proxy = await startHttpFaultProxy({
      port: 0,
      target: new URL(`http://127.0.0.1:${port}/base/`),
      slowMs: 120,
      dripMs: 20,
      hugeBytes: 3_000_000,
    })
  })
  afterAll(async () => {
    await proxy.stop()
    source.closeAllConnections()
    source.close()
  })
  beforeEach(() => {
    asked = []
    proxy.set('up')
  })

  const ask = (options: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${proxy.port}/api?x=1`, { redirect: 'manual', ...options })
  const within = (ms: number) => ({ signal: AbortSignal.timeout(ms) })

  test('lets everything through while it is up', async () => {
    const response = await ask({ method: 'POST', body: 'sent' })
    expect([response.status, response.headers.get('x-kept')]).toEqual([200, 'yes'])
    expect(await response.text()).toBe(BODY)
    expect(asked).toEqual(['POST /base/api?x=1'])
  })

  test('answers late when it is slow', async () => {
    proxy.set('slow')
    await expect(ask(within(60))).rejects.toThrow()
    expect(await (await ask()).text()).toBe(BODY)
  })

  test('refuses connections when it is down, and takes them again when it is up', async () => {
    proxy.set('down')
    await expect(ask()).rejects.toThrow() // May be on a connection that was open.
    await expect(ask()).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
    proxy.set('up')
    expect(await (await ask()).text()).toBe(BODY)
  })

  test('never answers as a black hole', async () => {
    proxy.set('blackhole')
    await expect(ask(within(100))).rejects.toThrow(/timeout/i)
    expect(asked).toEqual([])
  })

  test('resets the connection', async () => {
    proxy.set('reset')
    await expect(ask()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
  })

  test('closes in the middle of a body', async () => {
    proxy.set('close-mid-body')
    const response = await ask()
    expect(response.headers.get('content-length')).toBe(String(BODY.length))
    await expect(response.text()).rejects.toThrow()
  })

  test('truncates the JSON of an answer that is whole as HTTP', async () => {
    proxy.set('truncate')
    expect(await (await ask()).text()).toBe(BODY.slice(0, BODY.length / 2))
  })

  test('drips one byte after the other', async () => {
    proxy.set('drip')
    const response = await ask(within(150))
    await expect(response.text()).rejects.toThrow(/timeout/i)
  })

  test.each([
    ['status500', 500, /Internal/],
    ['html', 200, /<form method="post"/],
    ['redirect', 302, /^$/],
  ] as const)('answers with %s', async (mode, status, body) => {
    proxy.set(mode)
    const response = await ask()
    expect(response.status).toBe(status)
    expect(await response.text()).toMatch(body)
    expect(asked).toEqual([])
  })

  test('answers with garbage that says it is JSON', async () => {
    proxy.set('garbage')
    const response = await ask()
    expect(response.headers.get('content-type')).toBe('application/json')
    await expect(response.json()).rejects.toThrow()
  })

  test('answers with more than anybody wants', async () => {
    proxy.set('huge')
    expect((await (await ask()).text()).length).toBeGreaterThan(3_000_000)
  })
})

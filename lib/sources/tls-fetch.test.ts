import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { createFetch } from './tls-fetch'

async function withServer<T>(work: (url: URL, seen: string[]) => Promise<T>): Promise<T> {
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push(`${request.headers.authorization} ${request.headers['x-tenant']}`)
    response.end('{}')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  try {
    return await work(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`), seen)
  } finally {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  }
}

test('refuses plain HTTP, loopback too, unless it is allowed', async () => {
  expect(() => createFetch({ baseUrl: new URL('http://127.0.0.1:1/') })).toThrow('not https')
})

test('names a file that is not there at start', () => {
  expect(() =>
    createFetch({ baseUrl: new URL('https://x.test/'), caFile: '/nowhere/ca.pem' }),
  ).toThrow('ENOENT')
})

test('sends the settings of the source, and to its origin only', async () => {
  await withServer(async (baseUrl, seen) => {
    const fetch = createFetch({
      baseUrl,
      bearer: 't-1',
      headers: { 'x-tenant': 'acme' },
      allowInsecure: true,
    })
    const response = await fetch(new URL('api', baseUrl), {
      headers: { accept: 'application/json' },
    })
    expect(await response.json()).toEqual({})
    expect(seen).toEqual(['Bearer t-1 acme'])
    await expect(fetch('http://elsewhere.test/')).rejects.toThrow(
      'Refused to ask http://elsewhere.test',
    )
    expect(seen).toHaveLength(1)
  })
})

import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createStaticFiles } from './static-files'

const CODE = 'export const a = 1\n'.repeat(200)
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'static-'))
const server = http.createServer((request, response) => {
  if (!answer(request, response)) response.writeHead(404).end('not one of the build')
})
let answer: ReturnType<typeof createStaticFiles>

beforeAll(async () => {
  fs.mkdirSync(path.join(folder, 'static', 'chunks'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'static', 'chunks', 'a[b].js'), CODE)
  fs.writeFileSync(path.join(folder, 'static', 'font.woff2'), 'glyphs')
  fs.writeFileSync(path.join(folder, 'static', 'other.bin'), 'other')
  fs.writeFileSync(path.join(folder, 'secret.js'), 'secret')
  answer = createStaticFiles(path.join(folder, 'static'), () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  server.close().closeAllConnections()
  fs.rmSync(folder, { recursive: true })
})

type Heard = {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: Buffer
}

/** The path goes out as it is written, which a browser would not do. */
const ask = (url: string, headers: http.OutgoingHttpHeaders = {}, method = 'GET') =>
  new Promise<Heard>((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    const request = http.request({ port, host: '127.0.0.1', path: url, method, headers }, (it) => {
      const parts: Buffer[] = []
      it.on('data', (part) => parts.push(part))
      it.on('end', () =>
        resolve({ status: it.statusCode ?? 0, headers: it.headers, body: Buffer.concat(parts) }),
      )
    })
    request.on('error', reject).end()
  })

const CHUNK = '/_next/static/chunks/a%5Bb%5D.js'

test('a file of the build leaves compressed, for ever', async () => {
  for (let turn = 0; turn < 2; turn += 1) {
    const { status, headers, body } = await ask(CHUNK, { 'accept-encoding': 'gzip, br' })
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-length': `${body.length}`,
      'content-type': 'application/javascript; charset=UTF-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    })
    expect(gunzipSync(body).toString()).toBe(CODE)
  }
})

test('it leaves as it is for who does not take gzip', async () => {
  for (const accepted of ['identity', 'gzip;q=0', 'gzip; q=0, br']) {
    const { headers, body } = await ask(CHUNK, { 'accept-encoding': accepted })
    expect(headers['content-encoding']).toBeUndefined()
    expect(body.toString()).toBe(CODE)
  }
})

test('a font is compressed already', async () => {
  const { headers, body } = await ask('/_next/static/font.woff2', { 'accept-encoding': 'gzip' })
  expect(headers['content-encoding']).toBeUndefined()
  expect(headers.vary).toBeUndefined()
  expect(body.toString()).toBe('glyphs')
})

test('to HEAD its headers leave alone', async () => {
  const { status, headers, body } = await ask(CHUNK, {}, 'HEAD')
  expect([status, headers['content-length'], body.length]).toEqual([200, `${CODE.length}`, 0])
})

test('nothing else is answered', async () => {
  const others = [
    '/_next/static/chunks/b.js',
    '/_next/static/other.bin',
    '/_next/static/',
    '/_next/static/../secret.js',
    '/_next/static/%2e%2e/secret.js',
    `${CHUNK}?x`,
    '/chunks/a%5Bb%5D.js',
  ]
  for (const url of others) expect((await ask(url)).status, url).toBe(404)
  for (const header of ['range', 'if-modified-since', 'if-none-match'])
    expect((await ask(CHUNK, { [header]: 'x' })).status, header).toBe(404)
  expect((await ask(CHUNK, {}, 'POST')).status).toBe(404)
})

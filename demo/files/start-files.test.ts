import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { permitted } from '@/lib/access/fixtures/permitted'
import { epochMs } from '@/lib/journey/types'
import { createGuard } from '@/lib/sources/create-guard'
import { createFilesSource } from '@/lib/sources/files/client'
import recorded from '@/lib/sources/files/fixtures/versitygw-1.8.0.json' with { type: 'json' }
import { openHead } from '@/lib/sources/files/head'
import { createFetch } from '@/lib/sources/tls-fetch'
import { startFiles } from './start-files'

const KEY = 'orders/1/part.stl'
const MODIFIED = Date.parse('2026-11-21T12:07:41Z')

describe('the stand-in of the file storage', () => {
  let files: Awaited<ReturnType<typeof startFiles>>

  beforeAll(async () => {
    const there = { bytes: 19, etag: '1cd87f96841c1d7b2dd001765e6b97c7', modifiedAt: MODIFIED }
    files = await startFiles({
      port: 0,
      bucket: 'models',
      accessKeyId: 'reader',
      findFile: (key) => (key === KEY ? there : null),
    })
  })
  afterAll(() => files.stop())

  const url = (path: string) => `http://127.0.0.1:${files.port}${path}`
  const signed = {
    authorization: 'AWS4-HMAC-SHA256 Credential=reader/20261121/us-east-1/s3/aws4_request',
  }

  test.each([
    ['existing, GetObject+ListBucket', `/models/${KEY}`, signed],
    ['missing, GetObject+ListBucket', '/models/nope.stl', signed],
    ['missing bucket, reader', `/other/${KEY}`, signed],
    ['unknown access key', `/models/${KEY}`, {}],
  ])('answers as the real one did: %s', async (name, path, headers) => {
    const one = recorded.answers.find((answer) => answer.case === name)
    const response = await fetch(url(path), { method: 'HEAD', headers })
    expect(response.status).toBe(one?.status)
    const said: Record<string, string | undefined> = { ...one?.headers }
    const compared = ['content-type', 'content-length', 'etag', 'last-modified', 'accept-ranges']
    for (const header of response.status === 200 ? compared : ['content-type'])
      expect(response.headers.get(header)).toBe(said[header])
  })

  test('is understood by the product', async () => {
    const baseUrl = new URL(url('/'))
    const now = () => epochMs(Date.now())
    const source = createFilesSource({
      open: () =>
        openHead({
          endpoint: baseUrl,
          region: 'us-east-1',
          pathStyle: true,
          credentials: { accessKeyId: 'reader', secretAccessKey: 'any' },
          fetchFor: (origin) => createFetch({ baseUrl: origin, allowInsecure: true }),
        }),
      system: 's3',
      timeoutMs: 5_000,
      guard: createGuard({ source: 's3', now }),
      recentFiles: async () => [{ bucket: 'models', key: KEY }],
      now,
    })
    const ask = async (key: string) =>
      (await source.read(await permitted('ORD-1'), { bucket: 'models', key })).facts[0]
    expect(await ask('orders/2/part.stl')).toMatchObject({ state: 'absent', proven: true })
    expect(await ask(KEY)).toMatchObject({ state: 'there', size: 19, modifiedAt: MODIFIED })
  })
})

import crypto from 'node:crypto'
import {
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { permitted } from '@/lib/access/fixtures/permitted'
import { epochMs } from '@/lib/journey/types'
import { createGuard } from '../create-guard'
import { createFetch } from '../tls-fetch'
import { createFilesSource } from './client'
import { startVersitygw } from './fixtures/start-versitygw'
import { openHead } from './head'

const md5 = (text: string) => crypto.createHash('md5').update(text).digest('hex')
const program = inject('programs').versitygw
const why = program ? '' : ' (skipped: VERSITYGW names no binary, and none is in the PATH)'
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: ['reader'] },
      Action: ['s3:GetObject'],
      Resource: 'arn:aws:s3:::models/*',
    },
    {
      Effect: 'Allow',
      Principal: { AWS: ['reader'] },
      Action: ['s3:ListBucket'],
      Resource: 'arn:aws:s3:::models',
    },
  ],
})

type User = { readonly accessKeyId: string; readonly secretAccessKey: string }
type Asking = { readonly as: User; readonly region?: string; readonly bucket?: string }

describe.skipIf(!program)(`a real S3 gateway${why}`, () => {
  let gateway: Awaited<ReturnType<typeof startVersitygw>>
  let reader: User
  let stranger: User

  beforeAll(async () => {
    gateway = await startVersitygw(program ?? '')
    reader = gateway.addUser('reader')
    stranger = gateway.addUser('stranger')
    const root = new S3Client({
      endpoint: gateway.endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: gateway.root,
    })
    await root.send(new CreateBucketCommand({ Bucket: 'models' }))
    await root.send(new PutBucketPolicyCommand({ Bucket: 'models', Policy: policy }))
    const put = (Key: string, Body: Buffer) =>
      root.send(new PutObjectCommand({ Bucket: 'models', Key, Body }))
    await put('orders/1/part.stl', Buffer.from('solid part endsolid'))
    await put('orders/2/empty.stl', Buffer.alloc(0))
    await put('заказ 3 +%#?/деталь.stl', Buffer.from('solid'))
    root.destroy()
  })
  afterAll(() => gateway?.stop())

  /** As if nothing had been asked before. */
  async function ask(key: string, { as, region = 'us-east-1', bucket = 'models' }: Asking) {
    const endpoint = new URL(gateway.endpoint)
    const now = () => epochMs(Date.now())
    const source = createFilesSource({
      open: () =>
        openHead({
          endpoint,
          region,
          pathStyle: true,
          credentials: as,
          fetchFor: (baseUrl) => createFetch({ baseUrl, allowInsecure: true }),
        }),
      system: 's3',
      timeoutMs: 5_000,
      guard: createGuard({ source: 's3', now }),
      recentFiles: async () => [{ bucket, key: 'orders/1/part.stl' }],
      now,
    })
    const { facts } = await source.read(await permitted('ORD-1'), { bucket, key })
    return facts[0]
  }

  test('tells size, date and ETag of what is there', async () => {
    const fact = await ask('orders/1/part.stl', { as: reader })
    expect(fact).toMatchObject({ state: 'there', proven: true, size: 19 })
    expect(fact?.attributes.file_etag?.value).toBe(md5('solid part endsolid'))
    expect(Math.abs(Date.now() - (fact?.modifiedAt ?? 0))).toBeLessThan(60_000)
  })

  test('has an empty file, and keys in any letters', async () => {
    expect(await ask('orders/2/empty.stl', { as: reader })).toMatchObject({
      state: 'there',
      size: 0,
    })
    expect(await ask('заказ 3 +%#?/деталь.stl', { as: reader })).toMatchObject({ size: 5 })
  })

  test('has an absence that another object proves', async () => {
    expect(await ask('orders/9/part.stl', { as: reader })).toMatchObject({
      state: 'absent',
      proven: true,
    })
  })

  test('answers 404 for a bucket that is not there, which proves nothing', async () => {
    expect(await ask('orders/9/part.stl', { as: gateway.root, bucket: 'nowhere' })).toMatchObject({
      state: 'absent',
      proven: false,
    })
  })

  test('never says absent to who may not look', async () => {
    for (const key of ['orders/1/part.stl', 'orders/9/part.stl'])
      expect(await ask(key, { as: stranger })).toMatchObject({ state: 'forbidden', proven: false })
    const wrong = { ...reader, secretAccessKey: 'wrong' }
    expect(await ask('orders/1/part.stl', { as: wrong })).toMatchObject({ state: 'forbidden' })
  })

  test('refuses another region as a fault of the settings', async () => {
    await expect(
      ask('orders/1/part.stl', { as: reader, region: 'eu-west-3' }),
    ).rejects.toMatchObject({ fault: 'rejected' })
  })
})

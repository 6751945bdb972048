import { expect, test } from 'vitest'
import type { RowFact } from '@/lib/journey/fact'
import { COMPANY } from '@/lib/journey/fixtures/company'
import { epochMs } from '@/lib/journey/types'
import { mask } from '@/lib/sources/mask'
import { toFileQuestion } from './to-file-question'

const at = epochMs(1_700_000_000_000)
const [{ id: channel = '' } = {}] = COMPANY.channels

const row = (attributes: RowFact['attributes']): RowFact => ({
  id: 'row',
  source: 'orders:shop',
  system: 'shop',
  at,
  kind: 'row',
  channel,
  status: 'SUBMITTED',
  createdAt: at,
  updatedAt: at,
  takenAt: undefined,
  pricingStartedAt: undefined,
  approximate: false,
  attributes,
})

const named = { file_bucket: mask('models', 'B'), file_key: mask('orders/7/model.stl', 'B') }
const templated = {
  ...COMPANY,
  channels: COMPANY.channels.map((one) => ({
    ...one,
    fileBucket: 'by-template',
    fileKey: 'orders/{orderId}/{orderId}.stl',
  })),
}

test('the record says where the file is', () => {
  expect(toFileQuestion('ORD-7', [row(named)], templated)).toEqual({
    bucket: 'models',
    key: 'orders/7/model.stl',
  })
})

test('without a column the channel’s template does', () => {
  expect(toFileQuestion('ORD-7', [row({})], templated)).toEqual({
    bucket: 'by-template',
    key: 'orders/ORD-7/ORD-7.stl',
  })
})

test('where neither says, nobody is asked', () => {
  const { file_key } = named
  expect(toFileQuestion('ORD-7', [row({ file_key })], COMPANY)).toBeNull()
})

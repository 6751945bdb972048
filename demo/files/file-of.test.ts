import { expect, test } from 'vitest'
import type { Failure, Order } from '@/demo/company/order'
import { planOrders } from '@/demo/company/plan-orders'
import { DAY, MINUTE } from '@/demo/company/time'
import { fileOf } from './file-of'

const NOW = Date.parse('2026-11-18T11:00:00Z')
const { orders } = planOrders({ seed: 'files', now: NOW, days: 30 })
const isStored = ({ kind, error }: Order['acts'][number]) =>
  error === null && ['upload', 'save-model', 'partner-order'].includes(kind)
const isLost = ({ id, variant }: Failure) => id === 'FP-02' && variant === 'lost'
const madeAt = ({ changes }: Order) =>
  changes.find(({ status }) => status === 'MANUFACTURING_COMPLETED')?.at ?? Infinity

test('every order with a model has its file, from the upload to a week after it was made', () => {
  const uploaded = orders.filter(
    ({ model, acts, failures }) =>
      model.kind !== 'ready-made' && acts.some(isStored) && !failures.some(isLost),
  )
  expect(uploaded.length).toBeGreaterThan(100)
  for (const order of uploaded) {
    const { model, acts } = order
    const last = acts.findLast(isStored)
    const end = (last?.at ?? 0) + (last?.ms ?? 0)
    const first = acts.find(isStored)?.at ?? 0
    expect(fileOf(order, first - MINUTE)).toBeNull()
    const found = fileOf(order, end + 1)
    expect(found).toMatchObject({ bytes: model.bytes, etag: model.etag })
    expect(end - (found?.modifiedAt ?? 0)).toBeLessThan(5 * MINUTE)
    if (madeAt(order) === Infinity) continue
    expect(fileOf(order, madeAt(order))).not.toBeNull()
    expect(fileOf(order, madeAt(order) + 7 * DAY)).toBeNull()
  }
})

test('a lost one is gone until it is put back', () => {
  const lost = orders.flatMap((order) => {
    const failure = order.failures.find(isLost)
    return failure ? [{ order, failure }] : []
  })
  expect(lost.length).toBeGreaterThan(0)
  for (const { order, failure } of lost) {
    expect(fileOf(order, failure.from)).toBeNull()
    if (failure.until === null || failure.until >= madeAt(order) + 7 * DAY) continue
    expect(fileOf(order, failure.until)?.modifiedAt).toBe(failure.until)
  }
})

test('ready-made goods have none', () => {
  const goods = orders.filter(({ model }) => model.kind === 'ready-made')
  expect(goods.length).toBeGreaterThan(0)
  for (const order of goods) expect(fileOf(order, NOW)).toBeNull()
})

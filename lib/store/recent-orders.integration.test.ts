import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { permitted, permittedList, viewer } from '@/lib/access/fixtures/permitted'
import { createClock } from './fixtures/audit'
import { freshStore } from './fixtures/fresh-store'
import { findPreferences, savePreferences } from './preferences'
import { findRecentOrders, rememberOrder } from './recent-orders'

let store: Awaited<ReturnType<typeof freshStore>>
beforeAll(async () => {
  store = await freshStore(inject('postgresUrl'))
})
afterAll(() => store.db.$disconnect())

const anna = viewer()
const ben = { ...viewer(), subject: 'ben' }

describe('recent orders', () => {
  test('are one person’s own, the last one first, the newest twenty', async () => {
    const { now, pass } = createClock()
    const context = { db: store.db, now }
    await rememberOrder(await permitted('B-1', ben), context)
    for (let n = 1; n <= 25; n++) {
      pass(1_000)
      await rememberOrder(await permitted(`A-${n}`, anna), context)
    }
    pass(1_000)
    await rememberOrder(await permitted('A-10', anna), context)

    const [hers, his] = [await permittedList('recent', anna), await permittedList('recent', ben)]
    const all = await findRecentOrders(hers, 100, context)
    const ids = all.map(({ orderId }) => orderId)
    expect(ids).toHaveLength(20)
    expect(ids.slice(0, 3)).toEqual(['A-10', 'A-25', 'A-24'])
    expect(ids.at(-1)).toBe('A-6')
    expect(all[0]?.seenAt).toBe(now())
    expect(await findRecentOrders(hers, 2, context)).toHaveLength(2)
    expect(await findRecentOrders(his, 20, context)).toMatchObject([{ orderId: 'B-1' }])
    expect(await store.db.recentOrder.count()).toBe(21)
  })
})

describe('preferences', () => {
  test('are kept one by one, per person', async () => {
    expect(await findPreferences(anna, store)).toEqual({
      locale: null,
      timeZone: null,
      theme: null,
    })
    await savePreferences(anna, { locale: 'ru', timeZone: 'Asia/Yekaterinburg' }, store)
    await savePreferences(anna, { theme: 'dark', locale: null }, store)
    expect(await findPreferences(anna, store)).toEqual({
      locale: null,
      timeZone: 'Asia/Yekaterinburg',
      theme: 'dark',
    })
    expect((await findPreferences(ben, store)).theme).toBeNull()
  })

  test('a word of a later version counts as nothing chosen', async () => {
    await store.db.viewerPreference.create({
      data: { issuer: 'i', subject: 's', locale: 'fr', theme: 'sepia' },
    })
    expect(await findPreferences({ issuer: 'i', subject: 's' }, store)).toMatchObject({
      locale: null,
      theme: null,
    })
  })
})

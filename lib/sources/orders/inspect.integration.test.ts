import { describe, expect, test } from 'vitest'
import { file, freshDatabase } from './fixtures/order-database'
import { inspectDatabase } from './inspect'

const look = (url: string, copy = false) =>
  inspectDatabase({ name: 'shop', variable: 'ORDER_DB_SHOP', url, copy })

describe('inspectDatabase', () => {
  test.each(['shop', 'mes'])('finds nothing missing in the typical views of %s', async (name) => {
    const { readerUrl, grant } = await freshDatabase(
      file(`fixtures/typical-${name}.sql`),
      file(`views/${name}.sql`),
    )
    await grant()
    const seen = await look(readerUrl)
    expect(seen.filter(({ level }) => level === 'missing')).toEqual([])
    expect(seen).toContainEqual(
      expect.objectContaining({ level: 'ok', says: 'can read and not write' }),
    )
    expect(seen[0]).toMatchObject({ level: 'ok', says: expect.stringContaining('(in clear)') })
  })

  test('runs the views twice, and the reader with them', async () => {
    const { owner, url } = await freshDatabase(
      file('fixtures/typical-shop.sql'),
      file('views/shop.sql'),
      file('views/shop.sql'),
      file('views/reader.sql'),
      file('views/reader.sql'),
    )
    const { rows } = await owner.query(
      `select has_table_privilege('order_journey_reader', 'order_journey.orders', 'select') as reads,
         has_table_privilege('order_journey_reader', 'public.orders', 'select') as peeks`,
    )
    expect(rows).toEqual([{ reads: true, peeks: false }])
    expect((await look(url)).find(({ level }) => level === 'warn')).toMatchObject({
      says: 'is a superuser',
      cure: expect.stringContaining('reader.sql'),
    })
    await owner.query('drop owned by order_journey_reader')
  })

  test('prints a cure that works', async () => {
    const { owner, url } = await freshDatabase(
      'create schema order_journey',
      `create view order_journey.orders as select 'a'::text as order_id, now() as created_at`,
      file('views/reader.sql'),
    )
    const cures = (await look(url, true)).flatMap(({ cure, subject }) =>
      cure && subject.includes('order_journey.') ? cure : [],
    )
    expect(cures).toHaveLength(4)
    for (const cure of cures) {
      const filled = cure.replaceAll('…', 'null').replace('from null;', ';')
      await owner.query(filled)
    }
    expect((await look(url, true)).filter(({ level }) => level === 'missing')).toEqual([])
    await owner.query('drop owned by order_journey_reader')
  })

  test.each([
    ['postgresql://nobody@127.0.0.1:9/none', 'is it started'],
    ['not a url', 'is it started'],
  ])('has a cure for %s', async (url, cure) => {
    expect(await look(url)).toEqual([
      {
        level: 'missing',
        subject: 'shop',
        says: expect.stringContaining('no connection'),
        cure: expect.stringContaining(cure),
      },
    ])
  })
})

import { expect, test } from '@playwright/test'
import { ask, cookieFor } from './asked'
import { orderIds, query, rowsOf } from './demo'
import { openHouse } from './house'
import { listen } from './listen'

test('SIGTERM during load: what is in flight ends, and the process with it', async () => {
  const house = await openHouse({
    name: 'drain',
    severity: { slowMs: 1_500 },
    env: { DRAIN_MS: '500' },
  })
  const cookie = await cookieFor({ roles: ['support'] })
  const [warm = '', ...ids] = await orderIds(13)
  const at = house.baseUrl
  await ask(`/api/orders/${warm}/journey`, { cookie, at })
  house.jaeger.set('slow')
  const from = '127.7.0.1'
  const flights = ids.map((id) => ask(`/api/orders/${id}/journey`, { cookie, at, from }))
  // Each has its permit, and waits for its traces.
  const permits = `select count(*)::int as rows from store.audit_event where ip = '${from}'`
  await expect
    .poll(() => query('order_journey', permits), { intervals: [50] })
    .toEqual([{ rows: ids.length }])

  const began = performance.now()
  process.kill(house.pid, 'SIGTERM')
  await expect.poll(async () => (await ask('/readyz', { at })).status).toBe(503)
  const answers = await Promise.all(flights)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  expect(await house.ended).toBe(0)
  expect(performance.now() - began).toBeLessThanOrEqual(16_000)
  await expect(ask('/healthz', { at })).rejects.toThrow('ECONNREFUSED')

  // Its chain of audit rows is closed.
  const [last] = await query<{ action: string }>(
    'order_journey',
    `select action from store.audit_event where chain_id =
       (select chain_id from store.audit_event where ip = '${from}' limit 1)
      order by counter desc limit 1`,
  )
  expect(last?.action).toBe('stop')
  await house.close()
})

test('SIGTERM while people follow orders: each is told goodbye, and none holds the process', async () => {
  const house = await openHouse({ name: 'drain-events', env: { DRAIN_MS: '200' } })
  const [id = ''] = await orderIds(1)
  const at = house.baseUrl
  const listening = await Promise.all(
    Array.from({ length: 40 }, async () =>
      listen(id, { cookie: await cookieFor({ roles: ['support'] }), at }),
    ),
  )
  for (const { next } of listening) await next('journey')

  const began = performance.now()
  process.kill(house.pid, 'SIGTERM')
  expect(await house.ended).toBe(0)
  expect(performance.now() - began).toBeLessThanOrEqual(5_000)
  for (const { heard } of listening) {
    await expect.poll(() => heard.ended).toBe(true) // The last bytes may still be on their way.
    expect(heard.events.at(-1)?.event).toBe('bye')
  }

  const rows = await rowsOf(listening.map(({ headers }) => `${headers['x-request-id']}`))
  const ends = rows.filter(({ phase }) => phase === 'end')
  expect(ends.map(({ reason }) => reason)).toEqual(Array(40).fill('drained'))
  await house.close()
})

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
  const ids = await orderIds(12)
  house.jaeger.set('slow')
  const at = house.baseUrl
  const flights = ids.map((id) => ask(`/api/orders/${id}/journey`, { cookie, at }))
  await new Promise((resolve) => setTimeout(resolve, 300))

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
       (select chain_id from store.audit_event where action = 'stop' order by ts desc limit 1)
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
  for (const { heard } of listening) expect(heard.events.at(-1)?.event).toBe('bye')

  const rows = await rowsOf(listening.map(({ headers }) => `${headers['x-request-id']}`))
  const ends = rows.filter(({ phase }) => phase === 'end')
  expect(ends.map(({ reason }) => reason)).toEqual(Array(40).fill('drained'))
  await house.close()
})

import { expect, test } from '@playwright/test'
import { ask, cookieFor } from './asked'
import { orderIds, query } from './demo'
import { openHouse } from './house'

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

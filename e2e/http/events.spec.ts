// Long because it follows one stream through everything that can happen to it.
import crypto from 'node:crypto'
import { expect, test } from '@playwright/test'
import { ask, cookieFor } from './asked'
import { closedOrders, DEMO, query, rowsOf } from './demo'
import { type House, openHouse } from './house'
import { type Event, type Listening, listen } from './listen'

// One front door of its own: rights are looked at every three seconds here, and traces read every six.
const CHECK_MS = 3_000
const TRACES_MS = 6_000

let house: House
const open: Listening[] = []

test.beforeAll(async () => {
  house = await openHouse({
    name: 'events',
    env: { WATCH_CHECK_MS: `${CHECK_MS}`, WATCH_TRACES_MS: `${TRACES_MS}` },
  })
})
test.afterAll(() => house.close())
test.afterEach(() => {
  for (const { hangUp } of open.splice(0)) hangUp()
  house.jaeger.set('up')
})

async function follow(orderId: string, wish: Omit<Parameters<typeof listen>[1], 'at'>) {
  const listening = await listen(orderId, { ...wish, at: house.baseUrl })
  open.push(listening)
  return listening
}

const taken = new Set<string>()

/** An order that is over: the company of the demo does nothing more to it. */
async function finishedOrder(): Promise<string> {
  const ids = await closedOrders('shop', 60)
  const id = ids.find((one) => !taken.has(one))
  if (!id) throw new Error('Every closed order is taken')
  taken.add(id)
  return id
}

const touch = (orderId: string) =>
  query('demo_mes', 'update mes.orders set updated_at = now() where order_no = $1', [orderId])

const attribute = (key: string, text: string) => ({ key, value: { stringValue: text } })

/** One more span of an order, as the company's own services send them. */
async function sendSpan(orderId: string): Promise<void> {
  const at = BigInt(Date.now() - 120_000) * 1_000_000n
  const response = await fetch(`${DEMO.otlpUrl}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      resourceSpans: [
        {
          resource: { attributes: [attribute('service.name', 'mes-api')] },
          scopeSpans: [
            {
              scope: { name: 'events' },
              spans: [
                {
                  traceId: crypto.randomBytes(16).toString('hex'),
                  spanId: crypto.randomBytes(8).toString('hex'),
                  name: 'GET /orders/{id}',
                  kind: 2,
                  startTimeUnixNano: `${at}`,
                  endTimeUnixNano: `${at + 5_000_000n}`,
                  attributes: [attribute('order.id', orderId)],
                },
              ],
            },
          ],
        },
      ],
    }),
  })
  expect(response.status).toBe(200)
}

const viewOf = ({ data }: Event) => JSON.parse(data)

test('says what nothing on the way may keep or hold back, and nobody’s session lives longer for it', async () => {
  const orderId = await finishedOrder()
  const cookie = await cookieFor({
    roles: ['support'],
    name: 'Follower',
    set: `last_seen_at = now() - interval '5 minutes'`,
  })
  const { status, headers, heard, next } = await follow(orderId, { cookie })
  expect(status).toBe(200)
  expect(headers['content-type']).toBe('text/event-stream; charset=utf-8')
  expect(headers['cache-control']).toBe('no-store, no-transform')
  expect(headers['x-accel-buffering']).toBe('no')
  expect(viewOf(await next('journey'))).toMatchObject({ orderId, complete: true })
  expect(heard.text).toMatch(/^retry: \d+\n\n/)
  const json = await ask(`/api/orders/${orderId}/journey`, {
    ...{ cookie, at: house.baseUrl, headers: { 'x-background': '1' } },
  })
  expect(JSON.parse(json.text).facts).toEqual(viewOf(await next('journey')).facts)

  const [session] = await query<{ idle: number }>(
    'order_journey',
    `select extract(epoch from now() - last_seen_at)::float8 as idle from store.auth_session
      where name = 'Follower' order by created_at desc limit 1`,
  )
  expect(session?.idle).toBeGreaterThan(290)
})

test('an order outside the scope, or unknown, is no stream', async () => {
  const cookie = await cookieFor({ roles: ['support'], scope: { channel: 'partner' } })
  const { status, headers, text } = await follow(await finishedOrder(), { cookie })
  expect(status).toBe(404)
  expect(headers['content-type']).toBe('application/problem+json')
  expect(await text()).toContain('not-found')
})

//   one:    rows, traces  = n calls          twenty:  rows, traces  = n calls
test('the trace store is asked once, however many watch', async () => {
  test.setTimeout(90_000)
  const orderId = await finishedOrder()
  // What it can do is asked once, before the first question of all.
  const cookie = await cookieFor({ roles: ['support'] })
  await ask(`/api/orders/${await finishedOrder()}/journey`, { cookie, at: house.baseUrl })
  house.calls.reset()
  const first = await follow(orderId, { cookie: await cookieFor({ roles: ['devops'] }) })
  await first.next('journey')
  const calls = house.calls.seen.calls
  expect(calls).toBeGreaterThan(0)
  first.hangUp()
  // What was answered is shared for five seconds: after that it is asked anew.
  await new Promise((resolve) => setTimeout(resolve, 6_000))

  house.calls.reset()
  const many = await Promise.all(
    Array.from({ length: 20 }, async (_, at) =>
      follow(orderId, {
        cookie: await cookieFor({ roles: ['support'] }),
        from: `127.9.0.${1 + (at % 4)}`,
      }),
    ),
  )
  for (const { next } of many) await next('journey')
  expect(house.calls.seen.calls).toBe(calls)
  // The next reading is one for all, too.
  for (const { next } of many) await next('age', 3)
  expect(house.calls.seen.calls).toBeLessThanOrEqual(3 * calls)
})

test('an event comes only for who can see that something changed', async () => {
  test.setTimeout(90_000)
  const orderId = await finishedOrder()
  const manager = await follow(orderId, { cookie: await cookieFor({ roles: ['manager'] }) })
  const support = await follow(orderId, { cookie: await cookieFor({ roles: ['support'] }) })
  const before = viewOf(await support.next('journey')).facts.length
  await manager.next('journey')

  await sendSpan(orderId)
  const after = viewOf(await support.next('journey', 2, 30_000))
  expect(after.facts).toHaveLength(before + 1)
  await manager.next('age', manager.named('age').length + 2)
  expect(manager.named('journey')).toHaveLength(1)

  await touch(orderId)
  await manager.next('journey', 2)
  await support.next('journey', 3)
  expect(manager.heard.text).not.toContain('"kind":"span"')
})

test('after a cut it goes on where it was: nothing twice, and nothing lost', async () => {
  test.setTimeout(60_000)
  const orderId = await finishedOrder()
  const cookie = await cookieFor({ roles: ['support'] })
  const first = await follow(orderId, { cookie, tab: 'a' })
  const { id } = await first.next('journey')
  first.hangUp()

  const second = await follow(orderId, { cookie, tab: 'a', lastEventId: id ?? '' })
  await second.next('age', 2)
  expect(second.named('journey')).toEqual([])
  second.hangUp()

  await touch(orderId)
  const third = await follow(orderId, { cookie, tab: 'a', lastEventId: id ?? '' })
  expect((await third.next('journey')).id).not.toBe(id)
  // The page says what it knows in its address, a browser that comes back in a header.
  const { id: latest } = await third.next('journey')
  const fresh = await follow(orderId, { cookie, tab: 'b', since: latest ?? '' })
  await fresh.next('age', 2)
  expect(fresh.named('journey')).toEqual([])
})

for (const [what, set, why] of [
  ['the role is taken away', `roles = '{}'`, 'not-allowed'],
  ['the session is ended', 'revoked_at = now()', 'signed-out'],
  ['the scope is another one', `scope = '{"channel":"partner"}'`, 'moved'],
] as const)
  test(`it ends when ${what}, and says so`, async () => {
    const cookie = await cookieFor({ roles: ['support'], name: 'Leaver' })
    const { next, heard, headers } = await follow(await finishedOrder(), { cookie })
    await next('journey')
    await query(
      'order_journey',
      `update store.auth_session set ${set} where id =
         (select id from store.auth_session where name = 'Leaver' order by created_at desc limit 1)`,
    )
    const end = await next('end', 1, CHECK_MS + 3_000)
    expect(JSON.parse(end.data)).toEqual({ why })
    await expect.poll(() => heard.ended).toBe(true)
    const rows = () => rowsOf([`${headers['x-request-id']}`])
    await expect
      .poll(async () => (await rows()).map(({ phase, reason }) => `${phase} ${reason}`))
      .toEqual(['start null', `end ${why}`])
  })

test('it ends when the order leaves the scope', async () => {
  const orderId = await finishedOrder()
  const move = (channel: string) =>
    query('demo_shop', 'update crm.order_cards set channel = $2 where order_no = $1', [
      orderId,
      channel,
    ])
  const cookie = await cookieFor({ roles: ['support'], scope: { channel: 'shop' } })
  const { next, status } = await follow(orderId, { cookie })
  expect(status).toBe(200)
  await next('journey')
  const sources = await query<{ source: string }>(
    'demo_mes',
    'select source from mes.orders where order_no = $1',
    [orderId],
  )
  await query('demo_shop', 'update shop.orders set order_no = $2 where order_no = $1', [
    orderId,
    `${orderId}-away`,
  ])
  await query('demo_mes', `update mes.orders set order_no = $2 where order_no = $1`, [
    orderId,
    `${orderId}-away`,
  ])
  await move('partner')
  try {
    const end = await next('end', 1, 15_000)
    expect(JSON.parse(end.data)).toEqual({ why: 'unknown' })
  } finally {
    await move('shop')
    await query('demo_shop', 'update shop.orders set order_no = $1 where order_no = $2', [
      orderId,
      `${orderId}-away`,
    ])
    await query('demo_mes', `update mes.orders set order_no = $1 where order_no = $2`, [
      orderId,
      `${orderId}-away`,
    ])
    expect(sources).toHaveLength(1)
  }
})

test('a source that falls silent is an event that names it, and no end', async () => {
  test.setTimeout(60_000)
  const cookie = await cookieFor({ roles: ['devops'] })
  const { next, named } = await follow(await finishedOrder(), { cookie })
  const before = viewOf(await next('journey'))
  house.jaeger.set('down')
  const view = viewOf(await next('journey', 2, 30_000))
  expect(view.blindSpots).toContainEqual(
    expect.objectContaining({ code: 'source-missing', source: 'jaeger' }),
  )
  expect(view.current.status).toBe(before.current.status)
  expect(named('end')).toEqual([])
})

test('one person follows five orders, and the sixth is refused until one is let go', async () => {
  const cookie = await cookieFor({ roles: ['support'] })
  const ids = await Promise.all(Array.from({ length: 6 }, finishedOrder))
  const [first, ...others] = await Promise.all(ids.slice(0, 5).map((id) => follow(id, { cookie })))
  for (const { status } of others) expect(status).toBe(200)
  const sixth = await follow(ids[5] ?? '', { cookie })
  expect(sixth.status).toBe(429)
  expect(sixth.headers).toMatchObject({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'retry-after': '60',
  })
  expect(JSON.parse(await sixth.text())).toMatchObject({ code: 'too-many', status: 429 })
  const [row] = await rowsOf([`${sixth.headers['x-request-id']}`])
  expect(row).toMatchObject({ action: 'journey.stream', decision: 'deny', reason: 'limit' })

  const began = performance.now()
  first?.hangUp()
  const again = async () => (await follow(ids[5] ?? '', { cookie })).status
  await expect.poll(again, { intervals: [100], timeout: 5_000 }).toBe(200)
  expect(performance.now() - began).toBeLessThan(2_000)
})

test('a tab that comes back takes its own place, not another one', async () => {
  const cookie = await cookieFor({ roles: ['support'] })
  const orderId = await finishedOrder()
  for (let time = 0; time < 8; time++)
    expect((await follow(orderId, { cookie, tab: 'same' })).status).toBe(200)
  const [first] = open
  expect(JSON.parse((await first?.next('end'))?.data ?? '')).toEqual({ why: 'replaced' })
})

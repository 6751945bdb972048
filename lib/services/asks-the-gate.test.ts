import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { request, viewer } from '@/lib/access/fixtures/permitted'
import { type AccessRow, createGate } from '@/lib/access/permit'
import { type LastingContext, lastingContext } from './context'
import { keepPreferences } from './keep-preferences'
import { listRecentOrders } from './list-recent-orders'
import { lookUp } from './look-up'
import { openJourney } from './open-journey'
import { readSystems } from './read-systems'
import { watchJourney } from './watch-journey'

const TRACE = 'a'.repeat(32)

/** Every way to order data, and what it must be refused as. A service that asks the gate belongs in here. */
const SERVICES: readonly (readonly [
  name: string,
  action: string,
  id: string | null,
  ask: (context: LastingContext) => Promise<unknown>,
])[] = [
  ['openJourney', 'journey.view', 'A-1', (asked) => openJourney(asked, 'journey.view', 'A-1')],
  ['openJourney', 'journey.json', 'A-1', (asked) => openJourney(asked, 'journey.json', 'A-1')],
  [
    'watchJourney',
    'journey.stream',
    'A-1',
    (asked) => watchJourney(asked, 'A-1', { since: null, tab: null }),
  ],
  ['readSystems', 'sources.status', null, readSystems],
  ['lookUp', 'order.resolve', TRACE, (asked) => lookUp(asked, TRACE)],
  ['lookUp', 'order.resolve', 'PO-12345', (asked) => lookUp(asked, ' PO-12345 ')],
  ['listRecentOrders', 'preferences.own', 'recent', listRecentOrders],
  [
    'keepPreferences',
    'preferences.own',
    null,
    (asked) => keepPreferences(asked, { locale: 'en', theme: 'dark', timeZone: 'UTC' }),
  ],
]

// What a service reads of the environment before it asks. Nothing listens at any of these addresses.
const NOWHERE = 'postgresql://a:a@127.0.0.1:9/none'
const ENVIRONMENT = {
  ...{ BASE_URL: 'http://127.0.0.1:9', OIDC_ISSUER: 'http://127.0.0.1:9', OIDC_ROLE_MAP: '{}' },
  ...{ OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'a', AUDIT_SPOOL_FILE: '/dev/null' },
  ...{ NEXTAUTH_SECRET: 'a'.repeat(32), ID_HASH_KEY: 'a'.repeat(32) },
  ...{ STORE_URL: NOWHERE, ORDER_DB_SHOP_URL: NOWHERE, ORDER_DB_MES_URL: NOWHERE },
}
beforeAll(() => {
  for (const [name, value] of Object.entries(ENVIRONMENT)) vi.stubEnv(name, value)
})
afterAll(() => {
  vi.unstubAllEnvs()
})

/** A context whose gate refuses everything, and which has nothing else: whoever does not wait for the gate falls. */
function refusing() {
  const rows: AccessRow[] = []
  const permit = createGate({
    policy: { mayDo: () => false },
    record: async (row) => void rows.push(row),
    sight: async () => ({ seen: true, silent: [], answered: true }),
  })
  const pipeline = { orderId: { pattern: /^[A-Z]-\d+$/ } }
  const policy = { mayDo: () => false }
  const context = {
    viewer: viewer(),
    request,
    permit,
    policy,
    pipeline,
  } as unknown as LastingContext
  return { context, rows }
}

describe('a service asks the gate before it reads, and by the right name', () => {
  test.each(SERVICES)('%s for %s of %s', async (_name, action, id, ask) => {
    const { context, rows } = refusing()
    await expect(ask(context)).rejects.toMatchObject({ code: 'forbidden', capability: action })
    expect(rows).toMatchObject([{ action, resource: { id }, decision: 'deny', request }])
  })
})

describe('a stream that is open asks again', () => {
  const seen = { seen: true, silent: [], answered: true }

  test('and goes on for whoever still may', async () => {
    const { again } = lastingContext(viewer(), request)
    expect(await again(viewer(), 'A-1', seen)).toMatchObject({ resource: { id: 'A-1' } })
  })

  test.each([
    ['whose role is gone', viewer([]), seen, 'forbidden'],
    ['from whom the order is gone', viewer(), { ...seen, seen: false }, 'not-found'],
    [
      'of whose order nobody can tell',
      viewer(),
      { seen: false, silent: [], answered: false },
      'unavailable',
    ],
  ] as const)('and ends for somebody %s', async (_name, asker, sighting, code) => {
    const { again } = lastingContext(viewer(), request)
    await expect(again(asker, 'A-1', sighting)).rejects.toMatchObject({ code })
  })
})

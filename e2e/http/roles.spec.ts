// Long because it holds the table of section "who gets what" once more, written down independently.
import crypto from 'node:crypto'
import { ROUTES } from '@/lib/access/route-table'
import { expect, test } from '../fixtures'
import { ask, askRsc, askWhole, cookieFor, cookieOf, form, type Question } from './asked'
import { closedOrders, SECRETS } from './demo'

const ROLES = ['support', 'manager', 'devops', 'developer', 'qa'] as const
const NOBODIES = ['anonymous', 'ended', 'garbage'] as const
const EVERYBODY = [...ROLES, 'manager and devops', 'none', ...NOBODIES] as const
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

type Who = (typeof EVERYBODY)[number]
type Method = (typeof METHODS)[number]

/** What staff, a person without a role, and nobody get. */
type Cells = readonly [staff: string, none: string, nobody: string]

type Row = {
  readonly route: string
  readonly path: string
  readonly read: Cells
  /** For `POST`, where there is one. */
  readonly write?: Cells
  readonly question?: Question
}

const SAME = (cell: string): Cells => [cell, cell, cell]
const PAGE: Cells = ['200', '307 /no-role', '307 /signin']
const chosen = { locale: 'ru', theme: 'system', timeZone: 'Europe/Moscow', back: '/' }

const TABLE: readonly Row[] = [
  { route: '/', path: '/', read: PAGE },
  { route: '/orders/[orderId]', path: '/orders/ORD-000017', read: PAGE },
  {
    route: '/api/orders/[orderId]/journey',
    path: '/api/orders/ORD-000017/journey',
    read: ['200', '403', '401'],
  },
  {
    // One that nobody has: the stream of another never ends.
    route: '/api/orders/[orderId]/events',
    path: '/api/orders/ORD-99999998/events',
    read: ['404', '403', '401'],
  },
  { route: '/api/systems', path: '/api/systems', read: ['200', '403', '401'] },
  {
    route: '/api/preferences',
    path: '/api/preferences',
    read: SAME('405'),
    write: ['303 /', '403', '401'],
    question: form(chosen),
  },
  { route: '/signin', path: '/signin', read: SAME('200') },
  { route: '/no-role', path: '/no-role', read: ['307 /', '403', '307 /signin'] },
  {
    route: '/api/auth/[...nextauth]',
    path: '/api/auth/signin/oidc',
    read: SAME('404'),
    write: SAME('303 http'),
    question: form({ returnTo: '/' }),
  },
  {
    route: '/api/backchannel-logout',
    path: '/api/backchannel-logout',
    read: SAME('405'),
    write: SAME('400'),
    question: form({ logout_token: 'a.b.c' }),
  },
  {
    route: '/api/csp-report',
    path: '/api/csp-report',
    read: SAME('405'),
    write: SAME('204'),
    question: { method: 'POST', body: '{}' },
  },
  { route: '/healthz', path: '/healthz', read: SAME('200') },
  { route: '/readyz', path: '/readyz', read: SAME('200') },
  // Last: it ends the session that asks.
  {
    route: '/api/logout',
    path: '/api/logout',
    read: SAME('405'),
    write: SAME('303 '),
    question: form({}),
  },
]

const people = new Map<Who, string>()

/** Made anew where a test has signed everybody out. */
async function cookieOfWho(who: Who): Promise<string> {
  const known = people.get(who)
  if (known !== undefined) return known
  const cookie = await makeCookie(who)
  people.set(who, cookie)
  return cookie
}

function makeCookie(who: Who): Promise<string> | string {
  if (who === 'anonymous') return ''
  if (who === 'garbage') return 'next-auth.session-token=garbage'
  if (who === 'ended') return cookieFor({ roles: ['devops'], set: 'revoked_at = now()' })
  if (who === 'manager and devops') return cookieFor({ roles: ['manager', 'devops'] })
  return who === 'none' ? cookieFor({ roles: [] }) : cookieFor({ roles: [who] })
}

function expected({ read, write, path }: Row, method: Method, who: Who): string {
  const column = who === 'none' ? 1 : NOBODIES.some((nobody) => nobody === who) ? 2 : 0
  if (method === 'GET' || method === 'HEAD') return read[column]
  if (method === 'POST' && write && path.startsWith('/api/')) return write[column]
  return '405'
}

test('the table has every route of the product, and no other', () => {
  expect(TABLE.map(({ route }) => route).toSorted()).toEqual(
    ROUTES.map(({ path }) => path).toSorted(),
  )
})

for (const row of TABLE)
  test(`${row.route}: every method for everybody`, async () => {
    const wrong: string[] = []
    for (const who of EVERYBODY)
      for (const method of METHODS) {
        const cookie = await cookieOfWho(who)
        const { headers, body } = row.question ?? {}
        const sends = method !== 'GET' && method !== 'HEAD' && body !== undefined
        const answer = await ask(row.path, { method, cookie, ...(sends && { headers, body }) })
        const { location = '' } = answer.headers
        const moved = answer.status === 303 || answer.status === 307
        const got = moved ? `${answer.status} ${location}` : `${answer.status}`
        const wanted = expected(row, method, who)
        if (moved ? !got.startsWith(wanted) : got !== wanted)
          wrong.push(`${method} for ${who}: ${got} instead of ${wanted}`)
        if (!`${answer.headers['cache-control']}`.includes('no-store'))
          wrong.push(`${method} for ${who}: may be kept`)
        if (answer.headers['x-content-type-options'] !== 'nosniff')
          wrong.push(`${method} for ${who}: may be sniffed`)
      }
    expect(wrong).toEqual([])
  })

test('whoever has no role by the real sign-in learns whom to ask', async () => {
  const cookie = await cookieOf('none')
  expect((await ask('/', { cookie })).headers.location).toBe('/no-role')
  const page = await ask('/no-role', { cookie })
  expect(page.status).toBe(403)
  expect(page.text).toContain('it@alexandrite.example')
})

type Attributes = Readonly<Record<string, string>>
type Fact = {
  readonly kind: string
  readonly attributes: Attributes
  readonly hidden?: number
  readonly events?: readonly { readonly attributes: Attributes }[]
}
type View = { readonly facts: readonly Fact[] } & Readonly<Record<string, unknown>>

const VIEW_KEYS = [
  ...['blindSpots', 'channel', 'checklist', 'coming', 'complete', 'current', 'disagreements'],
  ...['duplicates', 'expected', 'facts', 'findings'],
  ...[
    'handoffs',
    'lanes',
    'mayRead',
    'now',
    'orderId',
    'placedBy',
    'promise',
    'sources',
    'spansWithheld',
    'stages',
  ],
  ...['traceUrl', 'traces', 'verdict'],
]

// By hand, from the company's fields: money, ids of customers, ids of staff, technical, for rules alone.
const MONEY = ['price', 'currency']
const CUSTOMER = ['customer_id', 'customer.id']
const STAFF = ['seller_id', 'operator_id', 'actor_id', 'seller.id', 'operator.id', 'actor.id']
const TECHNICAL = ['db.query.text', 'file_bucket', 'message_id', 'server.address', 'http.route']
const RULES = ['traceparent', 'aws.s3.upload_id']
const HASH = /^[0-9a-f]{8}$/

let orders: readonly string[] = []
let seen: Readonly<Record<string, readonly View[]>> = {}

test.describe('fields', () => {
  test.beforeAll(async () => {
    // Those that are over: one after the other reads them, and each must find the same.
    orders = [...(await closedOrders('shop', 8)), ...(await closedOrders('partner', 6))]
    const views: Record<string, View[]> = {}
    for (const who of [...ROLES, 'manager and devops'] as const) {
      const cookie = await cookieOfWhoFresh(who)
      const kept: View[] = []
      for (const id of orders) {
        const { status, text } = await askWhole(`/api/orders/${id}/journey`, { cookie })
        expect(status).toBe(200)
        kept.push(JSON.parse(text))
      }
      views[who] = kept
    }
    seen = views
  })

  /** Every attribute that this role saw, of rows, changes, spans and their events. */
  const attributesOf = (who: string): readonly (readonly [string, string])[] =>
    (seen[who] ?? []).flatMap(({ facts }) =>
      facts.flatMap(({ attributes, events = [] }) =>
        [attributes, ...events.map((event) => event.attributes)].flatMap((one) =>
          Object.entries(one),
        ),
      ),
    )
  const valuesOf = (who: string, keys: readonly string[]) =>
    attributesOf(who).flatMap(([key, value]) => (keys.includes(key) ? [value] : []))

  test('the same keys for everybody, and no other', () => {
    for (const views of Object.values(seen))
      for (const view of views) expect(Object.keys(view).toSorted()).toEqual(VIEW_KEYS)
  })

  test('support: money, technical attributes and ids in full, as this company’s preset has it', () => {
    expect(valuesOf('support', MONEY)).not.toEqual([])
    expect(valuesOf('support', TECHNICAL)).not.toEqual([])
    expect(valuesOf('support', CUSTOMER)).toContainEqual(expect.stringMatching(/^customer-\d+$/))
    expect(valuesOf('support', STAFF)).toContainEqual(expect.stringMatching(/^(operator|seller)-/))
  })

  test('managers: no spans, no traces, no technical attributes; a hash for a customer', () => {
    expect(valuesOf('manager', TECHNICAL)).toEqual([])
    expect(valuesOf('manager', MONEY)).not.toEqual([])
    expect(valuesOf('manager', STAFF)).toContainEqual(expect.stringMatching(/^(operator|seller)-/))
    expect(valuesOf('manager', CUSTOMER).every((value) => HASH.test(value))).toBe(true)
    for (const view of seen.manager ?? []) {
      expect(view.facts.filter(({ kind }) => kind === 'span' || kind === 'dead-letter')).toEqual([])
      expect(view).toMatchObject({ traces: [], traceUrl: null })
    }
    expect((seen.manager ?? []).some(({ spansWithheld }) => spansWithheld)).toBe(true)
    const keys = new Set(attributesOf('manager').map(([key]) => key))
    expect([...keys].filter((key) => ![...MONEY, ...CUSTOMER, ...STAFF].includes(key))).toEqual([])
  })

  for (const who of ['devops', 'developer', 'qa'])
    test(`${who}: spans and technical attributes, no money, hashes for people`, () => {
      expect(valuesOf(who, MONEY)).toEqual([])
      expect(valuesOf(who, TECHNICAL)).not.toEqual([])
      const ids = valuesOf(who, [...CUSTOMER, ...STAFF])
      expect(ids).not.toEqual([])
      expect(ids.filter((value) => !HASH.test(value))).toEqual([])
    })

  test('a hash is the keyed hash of what support sees', () => {
    const key = SECRETS.idHash
    const hash = (value: string) =>
      crypto.createHmac('sha256', key).update(value).digest('hex').slice(0, 8)
    const plain = valuesOf('support', [...CUSTOMER, ...STAFF])
    expect(valuesOf('devops', [...CUSTOMER, ...STAFF])).toEqual(plain.map(hash))
  })

  test('what is for rules alone leaves to nobody', () => {
    for (const who of Object.keys(seen)) expect(valuesOf(who, RULES)).toEqual([])
    expect(JSON.stringify(seen)).not.toContain('00-0000')
  })

  test('two roles see what either of them sees, and nothing more', () => {
    const both = 'manager and devops'
    const keysOf = (who: string) => new Set(attributesOf(who).map(([key]) => key))
    const union = new Set([...keysOf('manager'), ...keysOf('devops')])
    expect(keysOf(both)).toEqual(union)
    // Where one role has the value and the other a hash, the value.
    expect(valuesOf(both, STAFF)).toEqual(valuesOf('support', STAFF))
    expect(valuesOf(both, CUSTOMER).filter((value) => !HASH.test(value))).toEqual([])
  })

  test('pages carry no more than the JSON does', async () => {
    const money = valuesOf('support', ['price'])
    const customers = valuesOf('support', CUSTOMER)
    const devops = { cookie: await cookieOfWhoFresh('devops') }
    const manager = { cookie: await cookieOfWhoFresh('manager') }
    for (const id of orders.slice(0, 6)) {
      const path = `/orders/${id}`
      for (const answer of [await ask(path, devops), await askRsc(path, devops)]) {
        expect(answer.status).toBe(200)
        expect([...money, ...customers].filter((value) => answer.text.includes(value))).toEqual([])
        expect(/\b0[01]-[0-9a-f]{32}-[0-9a-f]{16}/.test(answer.text)).toBe(false)
      }
      const page = await ask(path, manager)
      expect(page.status).toBe(200)
      const technical = ['db.query', 'models-prod', 'thread.name', '/trace/', ...customers]
      expect(technical.filter((text) => page.text.includes(text))).toEqual([])
    }
  })
})

const fresh = new Map<Who, string>()

/** A session that the row of signing out has not ended. */
async function cookieOfWhoFresh(who: Who): Promise<string> {
  const cookie = fresh.get(who) ?? (await makeCookie(who))
  fresh.set(who, cookie)
  return cookie
}

test('signing out ends the session for every route at once', async () => {
  const cookie = await cookieFor({ roles: ['support'] })
  expect((await ask('/', { cookie })).status).toBe(200)
  const out = await ask('/api/logout', form({}, { cookie }))
  expect(out.status).toBe(303)
  expect(out.headers['clear-site-data']).toBe('"cache"')
  expect(out.headers['set-cookie']?.join()).toContain('Max-Age=0')
  expect((await ask('/', { cookie })).headers.location).toBe('/signin?ended=1')
  expect((await ask('/api/orders/ORD-000017/journey', { cookie })).status).toBe(401)
})

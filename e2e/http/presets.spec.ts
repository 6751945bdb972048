// Long because it is the whole matrix: who, what, under which preset, and which fields.
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { referenceMark } from '@/lib/access/fixtures/reference-table'
import { ROUTES } from '@/lib/access/route-table'
import type { Role } from '@/lib/access/viewer'
import { expect, test } from '../fixtures'
import { ask, cookieFor, form, type Question } from './asked'
import { FOLDER, query } from './demo'
import { openHouse } from './house'

const PRESETS = ['s0', 's1', 's2', 's3', 's4'] as const
type Preset = (typeof PRESETS)[number]

/** Somebody, and what their session is. `roles` null: nobody, whatever the cookie says. */
type Person = {
  readonly who: string
  readonly cookie: string
  readonly roles: readonly Role[] | null
  readonly weak?: true
}

type Row = {
  readonly action: string
  readonly route: string
  readonly path: string
  readonly method: 'GET' | 'HEAD' | 'POST'
  /** What whoever may do it gets. */
  readonly allowed: string
  readonly question?: Question
}

let people: readonly Person[] = []
let rows: readonly Row[] = []
let orders: readonly string[] = []

test.beforeAll(async () => {
  // Between them they have everything: one sort has no customer, the other no partner.
  const partners = await query<{ id: string }>(
    'demo_mes',
    `select order_no as id from mes.orders where partner_id is not null and operator_id is not null
      order by order_no desc limit 2`,
  )
  const customers = await query<{ id: string }>(
    'demo_shop',
    `select order_no as id from crm.order_cards where customer_id is not null and price is not null
      order by order_no desc limit 2`,
  )
  orders = [...partners, ...customers].map(({ id }) => id)
  people = await makePeople()
  rows = rowsOf(orders[0] ?? '', await findOwnTrace(orders[0] ?? ''))
})

async function makePeople(): Promise<readonly Person[]> {
  const person = async (roles: readonly Role[], scope = {}): Promise<Person> => ({
    who: roles.join(' and ') || 'no role',
    cookie: await cookieFor({ roles, scope }),
    roles,
  })
  const partner = { partner: 'partner-nord' }
  const devops = async (who: string, set: string): Promise<Person> => ({
    who,
    cookie: await cookieFor({ roles: ['devops'], set }),
    roles: null,
  })
  return [
    ...(await Promise.all(
      (['support', 'manager', 'devops', 'developer', 'qa'] as const).map((role) => person([role])),
    )),
    await person(['partner'], partner),
    await person(['manager', 'qa']),
    await person(['devops', 'partner'], partner),
    await person([]),
    { who: 'anonymous', cookie: '', roles: null },
    await devops('expired', `expires_at = now() - interval '1 s'`),
    await devops('disabled', 'revoked_at = now()'),
    { ...(await devops('no second factor', `amr = '{pwd}'`)), roles: ['devops'], weak: true },
  ]
}

function rowsOf(orderId: string, traceId: string): readonly Row[] {
  const page = { method: 'GET', allowed: '200' } as const
  const [look, order, json] = ['/', '/orders/[orderId]', '/api/orders/[orderId]/journey']
  const [orderPath, jsonPath] = [`/orders/${orderId}`, `/api/orders/${orderId}/journey`]
  const found = { allowed: `307 ${orderPath}` }
  const events = { accept: 'text/event-stream' }
  const chosen = { locale: 'en', theme: 'system', timeZone: 'UTC', back: '/' }
  return [
    { ...page, action: 'preferences.own', route: look, path: '/' },
    { ...page, action: 'preferences.own', route: look, path: '/', method: 'HEAD' },
    { ...page, ...found, action: 'order.resolve', route: look, path: `/?q=${traceId}` },
    { ...page, action: 'journey.view', route: order, path: orderPath },
    { ...page, action: 'journey.view', route: order, path: orderPath, method: 'HEAD' },
    { ...page, action: 'journey.json', route: json, path: jsonPath },
    { ...page, action: 'journey.json', route: json, path: jsonPath, method: 'HEAD' },
    {
      ...{ action: 'journey.stream', route: '/api/orders/[orderId]/events', method: 'GET' },
      ...{ path: `/api/orders/${orderId}/events`, allowed: '200', question: { headers: events } },
    },
    {
      ...{ action: 'sources.status', route: '/api/systems', path: '/api/systems' },
      ...{ method: 'GET', allowed: '200' },
    },
    {
      ...{ action: 'preferences.own', route: '/api/preferences', path: '/api/preferences' },
      ...{ method: 'POST', allowed: '303 /', question: form(chosen) },
    },
  ]
}

/** The status that the reference demands: of the table's row, and of who comes in at all. */
function expected(preset: Preset, { roles, weak }: Person, row: Row): string {
  const isPage = !row.path.startsWith('/api/')
  if (!roles || (weak && preset === 's4')) return isPage ? '307 /signin' : '401'
  const marks = (action: string) => roles.map((role) => referenceMark(preset, role, action))
  const staff = roles.filter((role) => role !== 'partner')
  if (!staff.some((role) => referenceMark(preset, role, 'order.lookup') === '+'))
    return isPage ? '307 /no-role' : '403'
  const isMixed = staff.length < roles.length // A partner among the staff is a mistake, and denied.
  return !isMixed && marks(row.action).some((mark) => mark === '+' || mark === '~')
    ? row.allowed
    : '403'
}

/** The status and where it leads, as soon as it is known: an event stream would never end. */
function statusOf(row: Row, cookie: string, at: string): Promise<string> {
  const { headers, body = '' } = row.question ?? {}
  const { hostname, port } = new URL(at)
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        ...{ hostname, port, path: row.path, method: row.method, agent: false },
        headers: {
          ...(headers as http.OutgoingHttpHeaders),
          ...(row.method === 'POST' && { 'content-length': Buffer.byteLength(body), origin: at }),
          ...(cookie && { cookie }),
        },
      },
      ({ statusCode, headers: said }) => {
        const { location = '' } = said
        resolve(location ? `${statusCode} ${location}` : `${statusCode}`)
        request.destroy()
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

/** A front door of its own with the same company under another preset. */
async function under(preset: Preset, work: (at: string) => Promise<void>) {
  const company = fs.readFileSync('lib/pipeline/alexandrite.yaml', 'utf8')
  const file = path.join(FOLDER, `under-${preset}.yaml`)
  fs.writeFileSync(file, company.replace(/^preset: \w+/m, `preset: ${preset}`))
  const house = await openHouse({ name: `preset-${preset}`, env: { PIPELINE_FILE: file } })
  try {
    await work(house.baseUrl)
  } finally {
    await house.close()
  }
}

test('the matrix has every route that asks the gate', () => {
  const asking = ROUTES.filter(({ maker }) => maker !== 'exception').map((route) => route.path)
  expect([...new Set(rows.map(({ route }) => route))].toSorted()).toEqual(asking.toSorted())
})

for (const preset of PRESETS)
  test(`${preset}: every row for everybody, and the fields of every role`, async () => {
    await under(preset, async (at) => {
      const wrong: string[] = []
      for (const person of people) wrong.push(...(await wrongStatuses(preset, person, at)))
      for (const person of people)
        if (expected(preset, person, JSON_ROW) === '200')
          wrong.push(...(await wrongFields(preset, person, at)))
      expect(wrong).toEqual([])
    })
  })

/** Asks again where nobody decided, because a source was too slow for this machine: who may do what is the question. */
async function decided<T>(ask: () => Promise<T>, isDecided: (got: T) => boolean): Promise<T> {
  for (let tries = 1; ; tries++) {
    const got = await ask()
    if (isDecided(got) || tries === 5) return got
    await sleep(1_000)
  }
}

async function wrongStatuses(preset: Preset, person: Person, at: string) {
  const wrong: string[] = []
  for (const row of rows) {
    const got = await decided(
      () => statusOf(row, person.cookie, at),
      (said) => said !== '503',
    )
    const wanted = expected(preset, person, row)
    if (wanted.includes(' ') ? got.startsWith(wanted) : got === wanted) continue
    wrong.push(`${person.who}: ${row.method} ${row.action}: ${got}, not ${wanted}`)
  }
  return wrong
}

const JSON_ROW: Row = {
  ...{ action: 'journey.json', route: '', path: '/api/', method: 'GET', allowed: '200' },
}

type Fact = {
  readonly kind: string
  readonly attributes: Readonly<Record<string, string>>
  readonly hidden?: number
}
type View = { readonly facts: readonly Fact[]; readonly traceUrl: string | null }

// By hand, from the company's fields: money, customers, staff, technical.
const MONEY = /^(price|currency)$/
const CUSTOMER = /^customer[._]id$/
const STAFF = /^(seller|operator|actor)[._]id$/
const TECHNICAL = /^(db\.query\.text|file_bucket|message_id|server\.address|http\.route)$/
const HASH = /^[0-9a-f]{8}$/

/** What of some orders this person got, or missed, against the marks of the reference. */
async function wrongFields(preset: Preset, person: Person, at: string): Promise<readonly string[]> {
  const { who, cookie, roles } = person
  const marks = (action: string) =>
    (roles ?? []).map((role) => referenceMark(preset, role, action)).toSorted()
  const has = (action: string, ...wanted: readonly string[]) =>
    marks(action).some((mark) => wanted.includes(mark))

  const facts: Fact[] = []
  const urls = new Set<string | null>()
  for (const id of orders) {
    const { status, text } = await decided(
      () => ask(`/api/orders/${id}/journey`, { cookie, at }),
      (got) => got.status !== 503 && !got.text.includes('"state":"missing"'),
    )
    if (status !== 200) return [`${who}: ${id} is ${status}`]
    const view = JSON.parse(text) as View
    facts.push(...view.facts)
    urls.add(view.traceUrl)
  }
  const spans = facts.filter(({ kind }) => kind === 'span')
  const values = (key: RegExp) =>
    facts.flatMap(({ attributes }) =>
      Object.entries(attributes).flatMap(([name, value]) => (key.test(name) ? [value] : [])),
    )
  const formsOf = (key: RegExp) =>
    [...new Set(values(key).map((value) => (HASH.test(value) ? '~' : '+')))].join('') || '.'
  const formFor = (action: string) => (has(action, '+') ? '+' : has(action, '~') ? '~' : '.')
  const claims: readonly (readonly [string, unknown, unknown])[] = [
    ['rows', facts.some(({ kind }) => kind === 'row'), has('evidence.view', '+', '~')],
    ['spans', spans.length > 0, has('trace.spans.view', '+')],
    [
      'attributes of spans',
      spans.some(({ attributes }) => Object.keys(attributes).length > 0),
      has('trace.spans.view', '+') && has('trace.attributes.a', '+'),
    ],
    ['technical attributes', values(TECHNICAL).length > 0, has('trace.attributes.b', '+')],
    [
      'how much is hidden',
      spans.some(({ hidden = 0 }) => hidden > 0),
      has('trace.spans.view', '+') && has('trace.attributes.c', '~', '+'),
    ],
    ['money', values(MONEY).length > 0, has('money.view', '+')],
    ['customers', formsOf(CUSTOMER), formFor('customer.id.view')],
    ['staff', formsOf(STAFF), formFor('staff.id.view')],
    ['a link to the trace store', !urls.has(null), has('trace.view', '+')],
  ]
  return claims.flatMap(([what, got, wanted]) =>
    got === wanted ? [] : [`${who}: ${what}: ${got}, not ${wanted}`],
  )
}

/** A trace that carries this order and no other. */
async function findOwnTrace(orderId: string): Promise<string> {
  const cookie = await cookieFor({ roles: ['devops'] })
  const { text } = await ask(`/api/orders/${orderId}/journey`, { cookie })
  const { facts } = JSON.parse(text) as {
    readonly facts: readonly { readonly traceId?: string; readonly shared?: boolean }[]
  }
  for (const { traceId, shared } of facts) {
    if (!traceId || shared) continue
    const { status } = await ask(`/?q=${traceId}`, { cookie })
    if (status === 307) return traceId
  }
  throw new Error(`No trace of ${orderId} alone`)
}

// Long because it is one table: a row is one bad input and the answer it must get.
import { expect, test } from '../fixtures'
import {
  ask,
  askWhole,
  cookieFor,
  cookieOf,
  cookieWith,
  form,
  type Question,
  requestIdOf,
} from './asked'
import { BASE_URL, logOf, orderIds, query, rowsOf } from './demo'

/** `problem`: problem details of at most 2 KB, naming a field if there is one. `page`: HTML that shows its frame. */
type Kind = 'problem' | 'page' | 'moved'

type Row = {
  readonly what: string
  readonly path: string
  readonly status: number
  readonly kind: Kind
  readonly field?: string
  readonly question?: Question
  /** Nobody is signed in. */
  readonly nobody?: true
}

const LONG = 'A'.repeat(10_000)

const badIds = [
  ['10,000 characters', LONG],
  ['up and out, encoded', '..%2f..%2fetc%2fpasswd'],
  ['full-width digits', `ORD-${encodeURIComponent('０００１２３')}`],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ['toString', 'toString'],
  ['1e3', '1e3'],
  ['0x10', '0x10'],
  ['-1', '-1'],
  ['1.0', '1.0'],
  ['NaN', 'NaN'],
  ['a script', '%3Cscript%3Ealert(1)%3C%2Fscript%3E'],
  ['NUL', 'ORD-000017%00'],
  ['a new line', 'ORD-000017%0d%0ax-a:1'],
] as const

const ids: readonly Row[] = badIds.flatMap(([what, id]) => [
  {
    what,
    path: `/api/orders/${id}/journey`,
    status: 400,
    kind: 'problem' as const,
    field: 'orderId',
  },
  { what, path: `/orders/${id}`, status: 400, kind: 'page' as const },
])

const paths: readonly Row[] = [
  { what: 'no id', path: '/orders/', status: 308, kind: 'moved' },
  { what: 'no id', path: '/api/orders//journey', status: 308, kind: 'moved' },
  { what: 'not UTF-8', path: '/orders/%E0%A4%A', status: 400, kind: 'problem' },
  { what: 'not UTF-8', path: '/api/orders/%E0%A4%A/journey', status: 400, kind: 'problem' },
  { what: 'up and out', path: '/orders/../../etc/passwd', status: 400, kind: 'problem' },
  { what: 'up and out', path: '/orders/%2e%2e/%2E%2e/passwd', status: 400, kind: 'problem' },
  { what: 'no such order', path: '/api/orders/ORD-99999999/journey', status: 404, kind: 'problem' },
  { what: 'no such order', path: '/orders/ORD-99999999', status: 404, kind: 'page' },
]

const queries: readonly Row[] = [
  { what: 'said twice', path: '/?q=1&q=2', status: 400, kind: 'page' },
  {
    what: 'said in the path and in the query',
    path: '/api/orders/ORD-000017/journey?orderId=ORD-000018',
    status: 400,
    kind: 'problem',
    field: 'orderId',
  },
  { what: 'a look-up of 10,000 characters', path: `/?q=${LONG}`, status: 400, kind: 'page' },
  { what: 'a trace id of 33 digits', path: `/?q=${'a'.repeat(33)}`, status: 400, kind: 'page' },
  { what: 'a trace id with a g', path: `/?q=${'g'.repeat(32)}`, status: 400, kind: 'page' },
  { what: 'an unknown trace', path: `/?q=${'a'.repeat(32)}`, status: 404, kind: 'page' },
  { what: 'a look-up of a script', path: '/?q=%3Cscript%3E', status: 400, kind: 'page' },
]

const chosen = { locale: 'ru', theme: 'dark', timeZone: 'Europe/Moscow' }
const formOf = (what: string, over: Readonly<Record<string, string>>, field: string): Row => ({
  what,
  path: '/api/preferences',
  status: 400,
  kind: 'problem',
  field,
  question: form({ ...chosen, ...over }),
})
const forms: readonly Row[] = [
  formOf('a zone that is a path', { timeZone: '../../x' }, 'timeZone'),
  formOf('an unknown zone', { timeZone: 'Europe/Nowhere' }, 'timeZone'),
  formOf('an unknown language', { locale: 'xx' }, 'locale'),
  formOf('a role beside it', { role: 'devops' }, 'role'),
  formOf('somebody else’s name beside it', { updatedBy: 'dina' }, 'updatedBy'),
  formOf('a choice of 10,000 characters', { timeZone: LONG }, 'timeZone'),
  formOf('back to another site', { back: '//evil.example' }, 'back'),
  formOf('back to another site, askew', { back: '/\\evil.example' }, 'back'),
  formOf('back to a script', { back: 'javascript:alert(1)' }, 'back'),
  formOf('back to a whole address', { back: 'http://app@evil.example' }, 'back'),
]

const json = (body: string): Question => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'application/json', origin: BASE_URL },
})
const bodies: readonly Row[] = (
  [
    ['null', 'null'],
    ['an array', '[]'],
    ['a text', '"x"'],
    ['a number', '1'],
    ['cut off', '{"locale":'],
    ['30,000 deep', '['.repeat(30_000)],
    ['5,000 objects deep', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`],
    ['a key twice', '{"locale":"ru","locale":"en"}'],
  ] as const
).map(([what, body]) => ({
  what: `a body: ${what}`,
  path: '/api/preferences',
  status: 400,
  kind: 'problem',
  field: 'body',
  question: json(body),
}))

const heavy: readonly Row[] = (
  [
    ['1 MB', JSON.stringify({ locale: 'x'.repeat(1_000_000) })],
    ['100,000 deep', '['.repeat(100_000)],
    ['a million items', `[${'1,'.repeat(999_999)}1]`],
  ] as const
).map(([what, body]) => ({
  what: `a body: ${what}`,
  path: '/api/preferences',
  status: 413,
  kind: 'problem',
  question: json(body),
}))

const types: readonly Row[] = [
  {
    what: 'a body: empty',
    path: '/api/preferences',
    status: 400,
    kind: 'problem',
    field: 'locale',
    question: json(''),
  },
  {
    what: 'a body of another type',
    path: '/api/preferences',
    status: 415,
    kind: 'problem',
    question: { ...json('x'), headers: { 'content-type': 'text/plain', origin: BASE_URL } },
  },
  {
    what: 'XML asked for',
    path: '/api/orders/ORD-000017/journey',
    status: 406,
    kind: 'problem',
    question: { headers: { accept: 'application/xml' } },
  },
]

const origins: readonly Row[] = [
  '/api/preferences',
  '/api/logout',
  '/api/auth/signin/oidc',
].flatMap((path) =>
  [
    { origin: 'null' },
    { origin: 'http://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    {},
  ].map((headers) => ({
    what: `a form from ${Object.values(headers)[0] ?? 'nowhere'}`,
    path,
    status: 403,
    kind: 'problem' as const,
    question: {
      method: 'POST',
      body: new URLSearchParams(chosen).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    },
  })),
)

const NAME = 'next-auth.session-token'
const cookies: readonly Row[] = (
  [
    ['5 KB of garbage', `${NAME}=${'x'.repeat(5_000)}`],
    ['500 chunks', Array.from({ length: 500 }, (_, at) => `${NAME}.${at}=x`).join('; ')],
    ['not UTF-8', `${NAME}=%E0%A4%A`],
    ['no algorithm', `${NAME}=eyJhbGciOiJub25lIn0.e30.`],
    ['nothing', ''],
  ] as const
).flatMap(([what, cookie]) => [
  {
    what: `a cookie: ${what}`,
    path: '/api/orders/ORD-000017/journey',
    status: 401,
    kind: 'problem' as const,
    nobody: true as const,
    question: { cookie },
  },
  {
    what: `a cookie: ${what}`,
    path: '/orders/ORD-000017',
    status: 307,
    kind: 'moved' as const,
    nobody: true as const,
    question: { cookie },
  },
])

const TABLE = [
  ...[...ids, ...paths, ...queries, ...forms, ...bodies],
  ...[...heavy, ...types, ...origins, ...cookies],
]

// Each row has an address of its own: refusals of one client are thinned out from the eleventh on.
for (const [at, row] of TABLE.entries()) {
  const { what, path, status, kind, field, question = {}, nobody } = row
  const where = path.length > 60 ? `${path.slice(0, 40)}…` : path
  test(`${at}. ${what}: ${question.method ?? 'GET'} ${where} is ${status}`, async () => {
    const cookie = nobody ? undefined : await cookieOf('support')
    const from = `127.1.${Math.floor(at / 200)}.${(at % 200) + 1}`
    const asked = { ...(cookie && { cookie }), ...question, from }
    const answer = await ask(path, asked)

    expect(answer.status).toBe(status)
    expect(answer.headers['cache-control']).toContain('no-store')
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.text).not.toMatch(/\n\s+at |node_modules|\.tsx?:\d|<script>alert/)
    expect(answer.headers).not.toHaveProperty('x-a')
    if (kind === 'problem') {
      expect(answer.headers['content-type']).toBe('application/problem+json')
      expect(answer.text.length).toBeLessThanOrEqual(2_048)
      const problem = JSON.parse(answer.text)
      expect(problem).toMatchObject({ status, ...(field && { field }) })
    }
    if (kind === 'page') {
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
      expect(answer.text).toContain('id="content"')
    }
    if (kind === 'moved') expect(answer.headers.location).toMatch(/^\/(?!\/)/)

    const rows = () => rowsOf([requestIdOf(answer)])
    await expect.poll(async () => (await rows()).length).toBe(1)
    const [line] = await rows()
    const refused = status !== 308
    expect(line).toMatchObject({ ip: from, decision: refused ? 'deny' : 'allow' })
    await expect.poll(() => logOf(requestIdOf(answer)).length).toBe(refused ? 1 : 0)
    if (refused) expect(logOf(requestIdOf(answer))[0]).toContain(`"status":"${line?.status}"`)
  })
}

test('one order in three spellings is one order, and one row', async () => {
  const cookie = await cookieFor({ roles: ['support'] })
  const answers = []
  for (const id of ['ord-000017', 'ORD-000017', '%20ORD-000017%20'])
    answers.push(await ask(`/api/orders/${id}/journey`, { cookie }))
  expect(answers.map(({ text }) => JSON.parse(text).orderId)).toEqual(Array(3).fill('ORD-000017'))
  const rows = await rowsOf(answers.map(requestIdOf))
  expect(rows.map(({ resource_id }) => resource_id)).toEqual(['ORD-000017'])
})

test('what Next adds to an address is nobody’s input', async () => {
  const cookie = await cookieOf('support')
  const path = '/api/orders/ORD-000017/journey?nxtPorderId=ORD-000018&_rsc=x&__nextDataReq=1'
  const answer = await ask(path, { cookie })
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.text).orderId).toBe('ORD-000017')
})

test('an order out of scope has the bytes of one that is nowhere', async () => {
  const [order] = await query<{ id: string }>(
    'demo_mes',
    `select order_no as id from mes.orders where partner_id = 'partner-safir' limit 1`,
  )
  const cookie = await cookieFor({ roles: ['support'], scope: { partner: 'partner-nord' } })
  const answers = []
  for (const id of [order?.id, 'ORD-99999999'])
    answers.push(await askWhole(`/api/orders/${id}/journey`, { cookie }))
  const [foreign, nowhere] = answers.map(({ text }) => text.replace(/"requestId":"[^"]*"/, ''))
  expect(answers.map(({ status }) => status)).toEqual([404, 404])
  expect(foreign).toBe(nowhere)
  expect(answers[0]?.headers.server).toBe(answers[1]?.headers.server)

  const pages = []
  for (const id of [order?.id, 'ORD-99999999']) {
    const { status, text, headers } = await askWhole(`/orders/${id}`, { cookie })
    const nonce = /nonce-([^']+)/.exec(`${headers['content-security-policy']}`)?.[1] ?? '-'
    pages.push({
      status,
      said: whatItSays(
        text
          .replaceAll(nonce, '')
          .replaceAll(`${headers['x-request-id']}`, '')
          .replaceAll(`${id}`, ''),
      ),
    })
  }
  expect(pages[0]?.status).toBe(404)
  expect(pages[0]?.said).toEqual(pages[1]?.said)
  expect(pages[0]?.said.texts.length).toBeGreaterThan(100)
})

/** Its markup, and each text in its data: into how many pieces it is cut, and in which order, depends on the moment. */
function whatItSays(page: string) {
  const pieces = [...page.matchAll(/self\.__next_f\.push\(\[1,("(?:[^"\\]|\\.)*")\]\)/g)]
  const data = pieces.map(([, text = '""']) => JSON.parse(text)).join('')
  const texts: readonly string[] = data.match(/"(?:[^"\\]|\\.)*"/g) ?? []
  const timeless = (text: string) => text.replaceAll(/\d/g, '0')
  return {
    markup: timeless(page.replaceAll(/<script\b.*?<\/script>/gs, '')),
    // A reference to a piece, and the files that it needs, come with the cuts.
    texts: texts
      .filter((text) => !/^"(\$|\/_next\/)/.test(text))
      .map(timeless)
      .toSorted(),
  }
}

test('a sign-in never leads to another site', async () => {
  const evil = [
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    'http://app@evil.example',
  ]
  for (const returnTo of [...evil, '/\t/evil.example', '/%09/evil.example']) {
    const page = await ask(`/signin?returnTo=${encodeURIComponent(returnTo)}`)
    const carried = /name="returnTo" value="([^"]*)"/.exec(page.text)?.[1]
    expect(page.status).toBe(200)
    expect(carried).toMatch(/^\/($|[^/\\\t])/)

    const begun = await ask('/api/auth/signin/oidc', form({ returnTo }))
    const kept = begun.headers['set-cookie']?.find((cookie) => cookie.includes('callback-url'))
    expect(begun.status).toBe(303)
    const url = decodeURIComponent(/callback-url=([^;]*)/.exec(kept ?? '')?.[1] ?? '')
    expect(new URL(url).origin).toBe(BASE_URL)
  }
})

test('an address that nobody made is no answer about an order, and needs no row', async () => {
  const cookie = await cookieOf('support')
  for (const path of ['/nowhere', '/orders', '/api/nowhere', '/orders/ORD-000017/nowhere']) {
    const answer = await ask(path, { cookie })
    expect(answer.status, path).toBe(404)
    expect(await rowsOf([requestIdOf(answer)]), path).toEqual([])
  }
})

test('a session that is over, idle, of the future, of another secret or without a second factor is none', async () => {
  const roles = ['support']
  const [order = ''] = await orderIds(1)
  const sealed = { sessionId: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa' }
  const cookies = {
    standing: await cookieFor({ roles }),
    revoked: await cookieFor({ roles, set: 'revoked_at = now()' }),
    expired: await cookieFor({ roles, set: `expires_at = now() - interval '1 s'` }),
    idle: await cookieFor({ roles, set: `last_seen_at = now() - interval '16 min'` }),
    'of the future': await cookieFor({ roles, set: `auth_time = now() + interval '2 min'` }),
    'no second factor': await cookieFor({ roles, set: `amr = '{pwd}'` }),
    'another secret': await cookieFor({ roles, secret: 'b'.repeat(48) }),
    'nothing proved': await cookieFor({ roles, set: `amr = '{}'` }),
    'no row': await cookieWith(sealed),
    'a token that is over': await cookieFor({ roles, maxAge: -60 }),
    'no id': await cookieWith({ sub: 'anna', role: 'devops', roles: ['devops'] }),
    'SQL for an id': await cookieWith({ sessionId: "' or 1=1 --" }),
  }
  const said: Record<string, number> = {}
  for (const [name, cookie] of Object.entries(cookies))
    said[name] = (await ask(`/api/orders/${order}/journey`, { cookie })).status
  const { standing, ...others } = said
  expect(standing).toBe(200)
  expect(new Set(Object.values(others)), JSON.stringify(others)).toEqual(new Set([401]))
})

test('a trace whose orders are all out of scope is unknown, and audited', async () => {
  const own = await cookieFor({ roles: ['support'], scope: { channel: 'shop' } })
  const foreign = await cookieFor({ roles: ['support'], scope: { partner: 'partner-nord' } })
  const traceId = await findPollTrace(own)
  const seen = await ask(`/?q=${traceId}`, { cookie: own })
  expect(seen.status).toBe(200)
  expect(new Set(seen.text.match(/ORD-\d+/g)).size).toBeGreaterThan(2)

  const answer = await ask(`/?q=${traceId}`, { cookie: foreign })
  expect(answer.status).toBe(404)
  expect(new Set(answer.text.match(/ORD-\d+/g))).toEqual(new Set(['ORD-000017'])) // The example.
  const rows = await rowsOf([requestIdOf(answer)])
  expect(rows).toMatchObject([{ action: 'order.resolve', decision: 'deny', resource_id: traceId }])
})

type Facts = {
  readonly facts?: readonly { readonly traceId?: string; readonly shared?: boolean }[]
}

/** A poll of the sales system took several orders: its trace carries them all. */
async function findPollTrace(cookie: string): Promise<string> {
  for (const id of await orderIds(200)) {
    const { text } = await ask(`/api/orders/${id}/journey`, { cookie })
    const { facts = [] } = JSON.parse(text) as Facts
    for (const { traceId, shared } of facts)
      if (shared && traceId && (await ask(`/?q=${traceId}`, { cookie })).status === 200)
        return traceId
  }
  throw new Error('No trace of several orders')
}

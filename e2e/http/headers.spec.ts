// Long because it is one table of bytes on the wire, and one of side doors.
import { expect, test } from '../fixtures'
import { ask, askRsc, cookieFor, cookieOf, requestIdOf, sendBytes } from './asked'
import { BASE_URL, closedOrders, logOf, query, rowsOf } from './demo'
import { openHouse } from './house'

const { host: HOST } = new URL(BASE_URL)

type Row = readonly [what: string, bytes: readonly string[], status: number, reason: string | null]

const WIRE: readonly Row[] = [
  ['two hosts', ['GET / HTTP/1.1', `Host: ${HOST}`, `Host: ${HOST}`], 400, 'host'],
  ['two different hosts', ['GET / HTTP/1.1', `Host: ${HOST}`, 'Host: evil.example'], 400, 'host'],
  ['no host', ['GET / HTTP/1.1'], 400, 'host'],
  ['a host with a slash', ['GET / HTTP/1.1', 'Host: a/b'], 421, 'host'],
  ['another host', ['GET / HTTP/1.1', 'Host: evil.example'], 421, 'host'],
  ['no port', ['GET / HTTP/1.1', 'Host: 127.0.0.1'], 421, 'host'],
  ['a host before the right one', ['GET / HTTP/1.1', `Host: a@${HOST}`], 421, 'host'],
  ['an absolute address', [`GET http://${HOST}/ HTTP/1.1`, `Host: ${HOST}`], 400, 'request_line'],
  [
    'another’s address',
    ['GET http://evil.example/ HTTP/1.1', `Host: ${HOST}`],
    400,
    'request_line',
  ],
  ['//x', ['GET //x HTTP/1.1', `Host: ${HOST}`], 400, 'request_line'],
  ['/\\x', ['GET /\\x HTTP/1.1', `Host: ${HOST}`], 400, 'request_line'],
  ['*', ['OPTIONS * HTTP/1.1', `Host: ${HOST}`], 405, 'method'],
  ['TRACE', ['TRACE / HTTP/1.1', `Host: ${HOST}`], 405, 'method'],
  ['CONNECT', [`CONNECT ${HOST} HTTP/1.1`, `Host: ${HOST}`], 405, 'method'],
  ['PROPFIND', ['PROPFIND / HTTP/1.1', `Host: ${HOST}`], 405, 'method'],
  ['FOO', ['FOO / HTTP/1.1', `Host: ${HOST}`], 405, 'method'],
  ['POST to a page', ['POST / HTTP/1.1', `Host: ${HOST}`, 'Content-Length: 0'], 405, 'method'],
  [
    'another method in a header',
    ['GET / HTTP/1.1', `Host: ${HOST}`, 'X-HTTP-Method-Override: DELETE'],
    400,
    'method_override',
  ],
  [
    'an upgrade',
    ['GET / HTTP/1.1', `Host: ${HOST}`, 'Connection: Upgrade', 'Upgrade: websocket'],
    400,
    'upgrade',
  ],
  [
    'a body in chunks',
    ['POST /api/preferences HTTP/1.1', `Host: ${HOST}`, 'Transfer-Encoding: chunked'],
    411,
    'length_required',
  ],
  [
    'a body of 70 KB',
    ['POST /api/preferences HTTP/1.1', `Host: ${HOST}`, 'Content-Length: 70000'],
    413,
    'too_large',
  ],
  [
    'two lengths',
    ['POST / HTTP/1.1', `Host: ${HOST}`, 'Content-Length: 1', 'Content-Length: 2'],
    400,
    'parse_error',
  ],
  [
    'a length and chunks',
    ['POST / HTTP/1.1', `Host: ${HOST}`, 'Content-Length: 1', 'Transfer-Encoding: chunked'],
    400,
    'parse_error',
  ],
  [
    'a header of 17 KB',
    ['GET / HTTP/1.1', `Host: ${HOST}`, `X-Long: ${'a'.repeat(17_000)}`],
    431,
    'headers_too_large',
  ],
  ['no HTTP at all', ['\u0016\u0003\u0001'], 405, 'method'],
]

for (const [at, [what, lines, status, reason]] of WIRE.entries())
  test(`${what} is ${status}`, async () => {
    const from = `127.3.0.${at + 1}`
    const text = await sendBytes(`${lines.join('\r\n')}\r\n\r\n`, from)
    const [head = ''] = text.split('\r\n\r\n')
    expect(head.split('\r\n', 1)[0]).toContain(`HTTP/1.1 ${status} `)
    expect(head.toLowerCase()).toContain('content-type: application/problem+json')
    expect(head.toLowerCase()).toContain('cache-control: no-store')
    expect(head.toLowerCase()).toContain('x-content-type-options: nosniff')
    expect(text.length).toBeLessThanOrEqual(2_048)
    const requestId = requestIdOf({ headers: {}, text })
    await expect
      .poll(() => rowsOf([requestId]))
      .toMatchObject([{ status, reason, ip: from, decision: 'deny' }])
    await expect.poll(() => logOf(requestId).length).toBe(1)
  })

const FORGED = {
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'https',
  'x-forwarded-for': '203.0.113.9',
  forwarded: 'for=203.0.113.9;host=evil.example;proto=https',
  'x-real-ip': '203.0.113.9',
  x_forwarded_for: '203.0.113.9',
  'x-oj-client-address': '203.0.113.9',
  'x-oj-request-id': '11111111-1111-4111-8111-111111111111',
  'x-oj-path': '/orders/ORD-666666',
  'x-oj-listener': 'partner',
  'x-invoke-path': '/orders/ORD-000017',
  'x-matched-path': '/orders/ORD-000017',
  'x-nextjs-rewrite': '/orders/ORD-000017',
  'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware',
  'x-original-url': '/orders/ORD-000017',
  'x-rewrite-url': '/orders/ORD-000017',
  'x-nextjs-data': '1',
  'next-action': 'a'.repeat(42),
}

test('what a stranger says about himself is ignored', async () => {
  const cookie = await cookieFor({ roles: ['support'] })
  const from = '127.3.1.1'
  const answer = await ask('/api/orders/ORD-000017/journey', { cookie, from, headers: FORGED })
  expect(answer.status).toBe(200)
  expect(answer.headers['x-request-id']).not.toBe(FORGED['x-oj-request-id'])
  await expect.poll(() => rowsOf([requestIdOf(answer)])).toMatchObject([{ ip: from }])

  const nobody = await ask('/orders/ORD-000018', { from, headers: FORGED })
  expect(nobody.status).toBe(307)
  expect(nobody.headers.location).toBe('/signin?returnTo=%2Forders%2FORD-000018')
  const begun = await ask('/api/auth/signin/oidc', {
    method: 'POST',
    body: 'returnTo=/',
    headers: { ...FORGED, origin: BASE_URL, 'content-type': 'application/x-www-form-urlencoded' },
  })
  const { searchParams } = new URL(begun.headers.location ?? '')
  expect(searchParams.get('redirect_uri')).toBe(`${BASE_URL}/api/auth/callback/oidc`)
  const evil = await ask('/api/preferences', {
    method: 'POST',
    cookie,
    body: '{}',
    headers: { ...FORGED, origin: 'https://evil.example', 'content-type': 'application/json' },
  })
  expect(evil.status).toBe(403)
})

test('a bearer token is no session', async () => {
  const cookie = await cookieFor({ roles: ['support'] })
  const token = cookie.slice(cookie.indexOf('=') + 1)
  const headers = { authorization: `Bearer ${token}` }
  expect((await ask('/api/orders/ORD-000017/journey', { headers })).status).toBe(401)
  const query = `?next-auth.session-token=${token}`
  expect((await ask(`/api/orders/ORD-000017/journey${query}`)).status).toBe(401)
})

/** The ways Next knows to ask for a page without asking for a page. */
const SIDE_DOORS = (
  id: string,
): readonly (readonly [string, Readonly<Record<string, string>>])[] => [
  [`/orders/${id}.rsc`, {}],
  [`/orders/${id}.rsc`, { rsc: '1' }],
  [`/orders/${id}?_rsc=1`, { rsc: '1' }],
  [`/orders/${id}?_rsc=1`, { rsc: '1', 'next-router-prefetch': '1' }],
  [`/orders/${id}?_rsc=1`, { rsc: '1', 'next-router-segment-prefetch': '/_tree' }],
  [
    `/orders/${id}?_rsc=1`,
    { rsc: '1', 'next-router-segment-prefetch': '/orders/$d$orderId/__PAGE__' },
  ],
  [`/orders/${id}.segments/_tree.segment.rsc`, {}],
  [`/orders/${id}.segments/orders.segment.rsc`, { rsc: '1' }],
  [`/orders/${id}.segments/orders/$d$orderId/__PAGE__.segment.rsc`, { rsc: '1' }],
  [`/orders/${id}.prefetch.rsc`, { rsc: '1' }],
  [`/orders/${id}.txt`, {}],
  [`/orders/${id}.json`, {}],
  [`/orders/${id}.meta`, {}],
  [`/_next/data/x/orders/${id}.json`, { 'x-nextjs-data': '1' }],
  [`/_next/data/build/orders/${id}.json?orderId=${id}`, {}],
  [`/orders/${id}/`, {}],
  [
    `/orders/${id}`,
    { 'next-router-state-tree': encodeURIComponent('["",{},null,"refetch"]'), rsc: '1' },
  ],
  [`/orders/${id}`, { 'next-resume': '1' }],
  [`/ORDERS/${id}`, {}],
  [`/api/orders/${id}/journey/`, {}],
  [`/api/orders/${id}/journey.rsc`, { rsc: '1' }],
]

/** An order, and texts that only its data hold. */
async function openOrder() {
  const [id = ''] = await closedOrders('shop', 1)
  const cookie = await cookieOf('support')
  const { stages, facts } = JSON.parse(
    (await ask(`/api/orders/${id}/journey`, { cookie })).text,
  ) as {
    readonly stages: readonly { readonly entered: number }[]
    readonly facts: readonly { readonly id: string }[]
  }
  const secrets = [...stages.map(({ entered }) => `${entered}`), ...facts.map((fact) => fact.id)]
  expect(secrets.length).toBeGreaterThan(2)
  return { id, secrets }
}

test('no side door shows an order to nobody, or to somebody without a role', async () => {
  const { id, secrets } = await openOrder()
  const none = await cookieOf('none')
  for (const cookie of ['', none])
    for (const [path, headers] of SIDE_DOORS(id))
      for (const send of [ask, askRsc]) {
        const answer = await send(path, { headers, cookie })
        expect(answer.status, path).toBeLessThan(500)
        expect(
          secrets.filter((text) => answer.text.includes(text)),
          `${path} ${JSON.stringify(headers)}`,
        ).toEqual([])
      }
})

test('a prefetch by somebody signed in carries no order, or leaves its row', async () => {
  const { id, secrets } = await openOrder()
  const leaks: string[] = []
  for (const [path, headers] of SIDE_DOORS(id)) {
    const cookie = await cookieFor({ roles: ['support'] })
    const answer = await askRsc(path, { headers, cookie })
    if (!secrets.some((text) => answer.text.includes(text))) continue
    const rows = await rowsOf([requestIdOf(answer)])
    if (!rows.some((row) => row.decision === 'allow' && row.resource_id === id))
      leaks.push(`${path} ${JSON.stringify(headers)}`)
  }
  expect(leaks).toEqual([])
})

test('every answer forbids what it does not need', async () => {
  const cookie = await cookieOf('support')
  for (const path of ['/', '/orders/ORD-000017', '/signin', '/nowhere', '/api/orders/x/journey']) {
    const { headers } = await ask(path, { cookie })
    const policy = `${headers['content-security-policy']}`
    for (const directive of ["default-src 'self'", "object-src 'none'", "frame-ancestors 'none'"])
      expect(policy).toContain(directive)
    expect(policy).not.toContain("'unsafe-eval'")
    expect(/script-src [^;]*'unsafe-inline'/.test(policy)).toBe(false)
    expect(headers['referrer-policy']).toBe('same-origin')
    expect(headers['cross-origin-resource-policy']).toBe('same-origin')
    expect(headers).not.toHaveProperty('x-powered-by')
    expect(headers).not.toHaveProperty('server')
    expect(headers).not.toHaveProperty('access-control-allow-origin')
  }
  const nonces = [await ask('/signin'), await ask('/signin')].map(
    ({ headers }) => /nonce-([^']+)/.exec(`${headers['content-security-policy']}`)?.[1],
  )
  expect(nonces[0]).not.toBe(nonces[1])
})

test('who may ask for readiness: this machine and whom the operator names; ended sessions go at the start', async () => {
  await cookieFor({ roles: ['qa'], set: `expires_at = now() - interval '2 hours'` })
  const house = await openHouse({
    name: 'readiness',
    env: { TRUSTED_PROXIES: '127.5.0.1', READYZ_FROM: '10.8.0.0/16, 2001:db8:5::/48' },
  })
  try {
    const readiness = async (client?: string) => {
      const headers = client ? { 'x-forwarded-for': client } : {}
      return ask('/readyz', { at: house.baseUrl, from: '127.5.0.1', headers })
    }
    await expect.poll(async () => (await readiness()).text).toBe('ready')
    for (const named of ['10.8.3.4', '2001:db8:5::7'])
      expect((await readiness(named)).status, named).toBe(200)
    for (const stranger of ['10.9.0.1', '203.0.113.9', '2001:db8:6::7']) {
      const answer = await readiness(stranger)
      expect(answer.status, stranger).toBe(404)
      // The first rows of a door just opened may go by way of its spool.
      await expect
        .poll(() => rowsOf([requestIdOf(answer)]), { timeout: 30_000 })
        .toMatchObject([{ status: 404, ip: stranger }])
    }
    const ended = `select count(*)::int as left from store.auth_session
      where expires_at < now() - interval '1 hour'`
    await expect.poll(() => query('order_journey', ended)).toEqual([{ left: 0 }])
  } finally {
    await house.close()
  }
})

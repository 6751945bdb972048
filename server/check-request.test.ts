import { expect, test } from 'vitest'
import { findRefusal } from './check-request'

const HOST = '127.0.0.1:4200'

function ask({ method = 'GET', url = '/', hosts = [HOST], headers = {} } = {}) {
  return findRefusal(
    {
      method,
      url,
      headers: { ...(hosts[0] === undefined ? {} : { host: hosts[0] }), ...headers },
      rawHeaders: hosts.flatMap((host) => ['Host', host]),
    },
    HOST,
  )
}

test.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])('%s passes', (method) => {
  expect(ask({ method, url: '/api/preferences' })).toBeNull()
})

test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s of a page is 405', (method) => {
  for (const url of ['/', '/orders/ORD-000017', '/signin', '/api', '/apiary'])
    expect(ask({ method, url })).toEqual({ status: 405, reason: 'method' })
})

test.each(['TRACE', 'CONNECT', 'OPTIONS', 'PROPFIND', 'get', ''])('%s is 405', (method) => {
  expect(ask({ method })).toEqual({ status: 405, reason: 'method' })
})

test.each([
  [[], 400],
  [[HOST, HOST], 400],
  [['evil.example'], 421],
  [['a/b'], 421],
  [['127.0.0.1'], 421],
])('the hosts %j are %i', (hosts, status) => {
  expect(ask({ hosts })).toEqual({ status, reason: 'host' })
})

test.each([
  '//evil.example',
  '/\\evil.example',
  'http://evil.example/',
  '*',
  '',
  '/orders/%E0%A4%A',
  '/orders/%',
  '/orders/%zz?x=1',
  '/orders/../../etc/passwd',
  '/orders/%2e%2E/x',
  '/orders/.',
])('the request line %s is 400', (url) => {
  expect(ask({ url })).toEqual({ status: 400, reason: 'request_line' })
})

test.each(['/', '/orders/ORD-1?q=%E0%A4%A', '/orders/%D0%B0', '/a//b', '/..a'])(
  '%s passes',
  (url) => {
    expect(ask({ url })).toBeNull()
  },
)

test.each([
  [{ 'transfer-encoding': 'chunked' }, 411],
  [{ 'content-length': '65537' }, 413],
  [{ 'content-length': '1e9' }, 413],
  [{ 'x-http-method-override': 'DELETE' }, 400],
  [{ 'x-method-override': 'DELETE' }, 400],
])('%j is %i', (headers, status) => {
  expect(ask({ method: 'POST', url: '/api/preferences', headers })).toMatchObject({ status })
})

test('a body of the greatest length passes', () => {
  expect(ask({ method: 'POST', url: '/api/x', headers: { 'content-length': '65536' } })).toBeNull()
})

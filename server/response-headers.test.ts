import { expect, test } from 'vitest'
import { toResponseHeaders } from './response-headers'

const issuerOrigin = 'https://sso.example'
const headersFor = (baseUrl: string, dev = false) =>
  toResponseHeaders({ baseUrl: new URL(baseUrl), issuerOrigin, dev })

test('the policy is the decided one', () => {
  const policy = headersFor('http://127.0.0.1:4200')['content-security-policy'] ?? ''
  expect(policy.replace(/nonce-[A-Za-z0-9+/]{22}==/, 'nonce-…').split('; ')).toEqual([
    "default-src 'self'",
    "script-src 'self' 'nonce-…' 'strict-dynamic'",
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self' https://sso.example",
    'report-uri /api/csp-report',
  ])
})

test('each answer has a nonce of its own', () => {
  const one = headersFor('http://127.0.0.1:4200')
  expect(one).not.toEqual(headersFor('http://127.0.0.1:4200'))
})

test('only a site behind TLS asks for TLS', () => {
  expect(headersFor('https://orders.example')).toHaveProperty('strict-transport-security')
  expect(headersFor('http://127.0.0.1:4200')).not.toHaveProperty('strict-transport-security')
})

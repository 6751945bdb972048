import { expect, test } from 'vitest'
import { requireOwnOrigin } from './require-own-origin'

const baseUrl = new URL('https://orders.example')
const ask = (method: string, headers: Record<string, string>) => () =>
  requireOwnOrigin(new Request('http://localhost:4200/api/x', { method, headers }), baseUrl)

test.each([
  ['GET', {}],
  ['HEAD', { origin: 'https://evil.example' }],
  ['POST', { origin: 'https://orders.example' }],
  ['DELETE', { origin: 'https://orders.example', 'sec-fetch-site': 'same-origin' }],
] as const)('%s %j passes', (method, headers) => {
  expect(ask(method, headers)).not.toThrow()
})

test.each([
  {},
  { origin: 'null' },
  { origin: 'https://evil.example' },
  { origin: 'http://orders.example' },
  { origin: 'https://orders.example:8443' },
  { origin: 'https://orders.example.evil.example' },
  { origin: 'https://orders.example', 'sec-fetch-site': 'cross-site' },
  { origin: 'https://orders.example', 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
  { referer: 'https://orders.example/' },
])('a write with %j is forbidden', (headers) => {
  expect(ask('POST', headers as Record<string, string>)).toThrow(
    expect.objectContaining({ code: 'forbidden' }),
  )
})

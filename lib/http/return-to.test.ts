import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toReturnTo } from './return-to'

test.each(['/', '/orders/ORD-1', '/orders/%D0%B0?tab=traces&q=1', '/stuck?limit=10'])(
  '%s is kept',
  (path) => {
    expect(toReturnTo(path)).toBe(path)
  },
)

test.each([
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/%09//evil.example/..//evil.example',
  'http://evil.example',
  'http://app@evil.example',
  'javascript:alert(1)',
  'orders',
  '',
  ' /',
  '/a b',
  '/signin?returnTo=/',
  '/api/logout',
  '/no-role',
  '/../..//evil.example',
  `/${'a'.repeat(2_000)}`,
  undefined,
  ['/orders'],
])('%j stays on this site', (text) => {
  expect(toReturnTo(text)).toMatch(/^\/(?![/\\])/)
  expect(new URL(toReturnTo(text), 'http://app.example').origin).toBe('http://app.example')
})

test('a browser never leaves the site, whatever it is given', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.string().map((text) => `/${text}`),
      ),
      (text) => {
        expect(new URL(toReturnTo(text), 'http://app.example').origin).toBe('http://app.example')
      },
    ),
  )
})

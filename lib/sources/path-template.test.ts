import { expect, test } from 'vitest'
import { pathTemplate } from './path-template'

test.each([
  ['/api/v1/orders/ORD-000017/files', '/api/v1/orders/{id}/files'],
  ['/orders/{orderId}', '/orders/{orderId}'],
  ['/orders/:id/*', '/orders/{id}/*'],
  ['/orders/{id:int}', '/orders/{id}'],
  ['/people/jane@example.com', '/people/{id}'],
  ['/people/hunter2?token=1#x', '/people/{id}'],
  ['/a;jsessionid=1', '/a'],
  ['/', '/'],
])('makes of %s %s', (path, template) => expect(pathTemplate(path)).toBe(template))

test.each(['orders', 'http://x/y', '/a b', `/${'x/'.repeat(200)}`])('refuses %s', (path) =>
  expect(pathTemplate(path)).toBe(null),
)

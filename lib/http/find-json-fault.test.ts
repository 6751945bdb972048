import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findJsonFault } from './find-json-fault'

test.each([
  '{"a":1,"a":2}',
  '{"a":{"b":1,"c":2,"b":3}}',
  '[{"a":1,"a":1}]',
  '{"a":1,"\\u0061":2}',
  '{"a":[1,2],"a":1}',
  '['.repeat(33) + ']'.repeat(33),
])('%s is refused', (text) => {
  expect(findJsonFault(text)).not.toBeNull()
})

test.each([
  '{"a":"a","b":"a"}',
  '{"a":{"a":{"a":1}}}',
  '[{"a":1},{"a":1}]',
  '["a","a"]',
  '{"a":"{\\"a\\":1,\\"a\\":2}"}',
  '['.repeat(32) + ']'.repeat(32),
])('%s is fine', (text) => {
  expect(findJsonFault(text)).toBeNull()
})

test('whatever JSON.stringify writes has no key twice', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      expect(findJsonFault(JSON.stringify(value))).toBeNull()
    }),
  )
})

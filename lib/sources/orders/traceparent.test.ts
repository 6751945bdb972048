import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findTraceId } from './traceparent'

const ID = '4bf92f3577b34da6a3ce929d0e0e4736'

test.each([
  [`00-${ID}-00f067aa0ba902b7-01`, ID],
  [`00-${ID}-00f067aa0ba902b7-00`, ID],
  [`cc-${ID}-00f067aa0ba902b7-01-what.the-future`, ID],
  [`ff-${ID}-00f067aa0ba902b7-01`, null],
  [`00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, null],
  [`00-${ID}-${'0'.repeat(16)}-01`, null],
  [`00-${ID.toUpperCase()}-00f067aa0ba902b7-01`, null],
  [`00-${ID}-00f067aa0ba902b7`, null],
  [` 00-${ID}-00f067aa0ba902b7-01`, null],
  ['', null],
])('findTraceId(%j) is %j', (text, traceId) => {
  expect(findTraceId(text)).toBe(traceId)
})

test('findTraceId finds 32 hex digits or nothing', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const traceId = findTraceId(text)
      expect(traceId === null || /^[0-9a-f]{32}$/.test(traceId)).toBe(true)
    }),
  )
})

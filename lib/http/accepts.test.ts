import { expect, test } from 'vitest'
import { acceptsEvents, acceptsJson } from './accepts'

test.each([
  [null, true],
  ['', true],
  ['*/*', true],
  ['application/json', true],
  ['application/*;q=0.5', true],
  ['text/html,application/xhtml+xml,*/*;q=0.8', true],
  ['application/xml', false],
  ['text/html', false],
  ['application/json;q=0', false],
  ['application/jsonp', false],
])('Accept: %s', (accept, accepted) => {
  expect(acceptsJson(accept)).toBe(accepted)
})

test.each([
  [null, true],
  ['text/event-stream', true],
  ['*/*', true],
  ['application/json', false],
  ['text/html', false],
])('events by Accept: %s', (accept, accepted) => {
  expect(acceptsEvents(accept)).toBe(accepted)
})

import { expect, test } from 'vitest'
import { stripHeaders } from './strip-headers'

test.each([
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-anything',
  'forwarded',
  'x-real-ip',
  'x_forwarded_for',
  'x_auth_user',
  'x-middleware-subrequest',
  'x-middleware-rewrite',
  'x-nextjs-data',
  'x-now-route-matches',
  'x-matched-path',
  'x-invoke-path',
  'x-original-url',
  'next-action',
  'content-security-policy',
  'content-security-policy-report-only',
  'x-oj-client-address',
  'x-oj-request-id',
])('%s does not reach the app', (name) => {
  const headers = { [name]: 'forged' }
  stripHeaders(headers)
  expect(headers).toEqual({})
})

test.each([
  'host',
  'cookie',
  'origin',
  'accept-language',
  'content-type',
  'sec-fetch-site',
  'rsc',
  'next-router-state-tree',
  'next-url',
  'last-event-id',
  'x-background',
  'traceparent',
])('%s does', (name) => {
  const headers = { [name]: 'kept' }
  stripHeaders(headers)
  expect(headers).toEqual({ [name]: 'kept' })
})

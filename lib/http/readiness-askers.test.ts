import { describe, expect, test } from 'vitest'
import { readinessAskers } from './readiness-askers'

const asked = (addresses: readonly string[], readyzFrom: string[] = []) => {
  const askers = readinessAskers({ readyzFrom, allowInsecure: false })
  return addresses.map((address) => askers.has(address))
}

describe('who may ask whether we are ready', () => {
  test('this machine alone, unless somebody is named', () => {
    expect(asked(['127.0.0.1', '127.9.9.9', '::1', '10.0.0.1', '203.0.113.9', '::2'])).toEqual([
      ...[true, true, true],
      ...[false, false, false],
    ])
  })

  test('the networks named beside it', () => {
    const balancers = ['10.8.0.0/16', '2001:db8:5::/48']
    expect(asked(['10.8.3.4', '10.9.0.1', '2001:db8:5::7', '127.0.0.1'], balancers)).toEqual([
      ...[true, false, true, true],
    ])
  })

  test.each(['10.8.0.0/33', 'balancer', '0.0.0.0/0'])('and not %s', (entry) => {
    expect(() => asked([], [entry])).toThrow('READYZ_FROM')
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toCanonicalAddress } from '@/lib/http/address-list'
import { findClientAddress, toPeerAddress, toTrustedProxies } from './client-address'

const nobody = toTrustedProxies([])
const inside = toTrustedProxies(['10.0.0.0/8', '2001:db8::/32'])

describe('findClientAddress', () => {
  test.each([['10.1.2.3'], ['10.1.2.3, 10.9.9.9'], ['::ffff:10.0.0.1'], ['not an address'], ['']])(
    'believes nobody by default: %s',
    (forwardedFor) => {
      expect(findClientAddress('203.0.113.9', forwardedFor, nobody)).toBe('203.0.113.9')
      expect(findClientAddress('203.0.113.9', forwardedFor, inside)).toBe('203.0.113.9')
    },
  )

  test.each([
    [undefined, '10.0.0.1'],
    ['198.51.100.7', '198.51.100.7'],
    ['1.1.1.1, 198.51.100.7', '198.51.100.7'],
    ['1.1.1.1, 198.51.100.7, 10.0.0.2', '198.51.100.7'],
    ['1.1.1.1, 198.51.100.7, 2001:DB8::2', '198.51.100.7'],
    ['10.0.0.9, 10.0.0.2', '10.0.0.9'],
    ['garbage, 198.51.100.7', '198.51.100.7'],
  ])('walks %s from the right, past trusted hops', (forwardedFor, client) => {
    expect(findClientAddress('10.0.0.1', forwardedFor, inside)).toBe(client)
  })

  test.each([
    '',
    ',',
    '198.51.100.7,',
    '012.1.1.1',
    '167772161',
    '198.51.100.7:80',
    '[2001:db8::1]',
    'fe80::1%eth0',
    '::ffff:198.51.100.7',
    '::ffff:c633:6407',
    'unknown',
    'for=198.51.100.7',
    Array.from({ length: 33 }, () => '10.0.0.2').join(),
  ])('rejects the malformed hop %s', (forwardedFor) => {
    expect(findClientAddress('10.0.0.1', forwardedFor, inside)).toBeNull()
  })

  test('never answers what an untrusted client wrote to the left of it', () => {
    fc.assert(
      fc.property(fc.array(fc.ipV4(), { maxLength: 20 }), (claimed) => {
        const forwardedFor = [...claimed, '198.51.100.7', '10.0.0.2'].join(', ')
        expect(findClientAddress('10.0.0.1', forwardedFor, inside)).toBe('198.51.100.7')
      }),
    )
  })
})

describe('toTrustedProxies', () => {
  test.each(['0.0.0.0/0', '::/0'])('refuses %s unless it is expressly allowed', (entry) => {
    expect(() => toTrustedProxies([entry])).toThrow('ALLOW_INSECURE')
    expect(toTrustedProxies([entry], true).has(entry.startsWith(':') ? '::1' : '8.8.8.8')).toBe(
      true,
    )
  })

  test.each(['10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/8/8', 'proxy.local', '', '10.0.0.0/'])(
    'refuses %s',
    (entry) => {
      expect(() => toTrustedProxies([entry])).toThrow('TRUSTED_PROXIES')
    },
  )

  test('takes a single address for itself alone', () => {
    const one = toTrustedProxies(['192.0.2.7'])
    expect([one.has('192.0.2.7'), one.has('192.0.2.8'), one.has('2001:db8::1')]).toEqual([
      true,
      false,
      false,
    ])
  })
})

test('an address has one spelling', () => {
  expect(toCanonicalAddress('2001:0DB8:0:0::1')).toBe('2001:db8::1')
  expect(toPeerAddress('::ffff:192.0.2.7')).toBe('192.0.2.7')
  expect(toPeerAddress('fe80::1%eth0')).toBe('fe80::1')
  expect(toPeerAddress(undefined)).toBeNull()
})

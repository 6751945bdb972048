import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanAddress, cleanField } from './clean-field'

describe('cleanField', () => {
  test('can neither forge a line nor hide nor grow', () => {
    const clean = cleanField(`A\n{"fake":1}\u0000\ud800\u202e${'x'.repeat(5_000)}`)
    expect(clean).toMatch(/^A\\u\{a\}\{"fake":1\}\\u\{0\}\\u\{d800\}\\u\{202e\}x+$/)
    expect(clean).toHaveLength(255)
  })

  test('whatever comes, PostgreSQL gives it back unchanged, on one line of the spool', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        const clean = cleanField(text)
        expect([...clean].length).toBeLessThanOrEqual(255)
        expect(clean).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u)
        expect(Buffer.from(clean, 'utf8').toString('utf8')).toBe(clean)
      }),
    )
  })
})

describe('cleanAddress', () => {
  test.each([
    ['127.0.0.1', '127.0.0.1'],
    ['10.0.0.1/32', '10.0.0.1'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['0:0:0:0:0:FFFF:0a01:0203', '10.1.2.3'],
    ['fe80::1%eth0', null],
    ['localhost', null],
    ['1.2.3.4; drop table', null],
    ['', null],
    [null, null],
  ])('%s is %s', (text, expected) => {
    expect(cleanAddress(text)).toBe(expected)
  })

  test('is the same of what it made', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
        const clean = cleanAddress(address)
        expect(clean).not.toBeNull()
        expect(cleanAddress(clean)).toBe(clean)
      }),
    )
  })
})

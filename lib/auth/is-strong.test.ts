import { expect, test } from 'vitest'
import { isStrong } from './is-strong'

test.each([
  [['pwd', 'otp'], true],
  [['mfa'], true],
  [['hwk'], true],
  [['pwd'], false],
  [[], false],
  ['mfa', false],
  [undefined, false],
  [{ mfa: true }, false],
])('amr %j', (amr, strong) => {
  expect(isStrong({ amr }, [])).toBe(strong)
})

test.each([
  ['urn:company:otp', true],
  ['urn:company:key', true],
  ['urn:company:password', false],
  ['urn:company:otp urn:company:key', false],
  ['', false],
  [['urn:company:otp'], false],
  [undefined, false],
  [null, false],
])('acr %j', (acr, strong) => {
  expect(isStrong({ acr }, ['urn:company:otp', 'urn:company:key'])).toBe(strong)
})

test('an acr that nobody named is no proof, and neither is one among the methods', () => {
  expect(isStrong({ acr: '2' }, [])).toBe(false)
  expect(isStrong({ acr: 'mfa', amr: ['pwd'] }, ['urn:company:otp'])).toBe(false)
  expect(isStrong({ amr: ['urn:company:otp'] }, ['urn:company:otp'])).toBe(false)
})

test('either claim is enough', () => {
  expect(isStrong({ amr: ['otp'], acr: 'urn:company:password' }, ['urn:company:otp'])).toBe(true)
  expect(isStrong({ amr: ['pwd'], acr: 'urn:company:otp' }, ['urn:company:otp'])).toBe(true)
})

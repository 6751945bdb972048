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
])('%j', (amr, strong) => {
  expect(isStrong(amr)).toBe(strong)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sealText, unsealText } from './seal'

const SECRET = 's'.repeat(32)

test('what was sealed comes back, and to nobody else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const sealed = sealText(text, SECRET)
      expect(unsealText(sealed, SECRET)).toBe(text)
      expect(unsealText(sealed, 't'.repeat(32))).toBeNull()
    }),
    { numRuns: 20 },
  )
})

test('a changed byte is noticed, wherever it is', () => {
  const sealed = sealText('eyJhbGciOi', SECRET)
  for (const at of sealed.keys()) {
    const changed = Uint8Array.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(unsealText(changed, SECRET)).toBeNull()
  }
  expect(unsealText(sealed.subarray(0, 20), SECRET)).toBeNull()
})

test('the same text is sealed differently each time', () => {
  expect(sealText('a', SECRET)).not.toEqual(sealText('a', SECRET))
})

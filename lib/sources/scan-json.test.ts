import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scanJson } from './scan-json'

/** What following a text in chunks of the given length ends with. */
function follow(text: string, length: number) {
  const bytes = new TextEncoder().encode(text)
  const scan = scanJson()
  for (let at = 0; at < bytes.length; at += length) {
    const refused = scan.follow(bytes.subarray(at, at + length))
    if (refused) return refused
  }
  return null
}

test('brackets count outside texts only, in whatever chunks they come', () => {
  const quoted = fc.array(fc.constantFrom('\\\\', '\\"', '[', '{', 'a'), { maxLength: 90 })
  fc.assert(
    fc.property(quoted, fc.integer({ min: 1, max: 9 }), (parts, length) => {
      const text = `"${parts.join('')}"`
      expect(follow(`[${text}]`, length)).toBeNull()
      const deep = `${'['.repeat(40)}${text.repeat(2)}${'{'.repeat(40)}`
      expect(follow(deep, length)).toBe('too-deep')
    }),
  )
})

test('a list of nothing but empty things is refused before it fills the memory', () => {
  expect(follow(`[${'{},'.repeat(2_000_001)}`, 65_536)).toBe('too-many')
  expect(follow(`[${'{},'.repeat(1_999_998)}`, 65_536)).toBeNull()
})

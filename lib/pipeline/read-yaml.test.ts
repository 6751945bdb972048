import { describe, expect, it } from 'vitest'
import { lines, refusal } from './fixtures/files'

describe('a text', () => {
  it.each([
    ['a tab', 'a:\n\t- b', 2],
    ['a key twice', 'a: 1\nb: 2\na: 3', 3],
    ['an alias of nothing', 'a: *b', 1],
    ['two documents', 'a: 1\n---\nb: 2', 2],
    ['a tag of its own', 'a: 1\nb: !!js/function x', 2],
    ['a list as a key', 'a: 1\n? [b]\n: 2', 2],
    ['an alias bomb', `a: &a [x]\n${bomb()}`, 1],
    ['a text without end', `a: ${'x'.repeat(500_001)}`, 1],
    ['depth without end', '['.repeat(20_000), 1],
  ])('is refused by YAML for %s', (_, text, line) => {
    const error = refusal(text)
    expect(error?.problems).toMatchObject([{ code: 'yaml', path: [], line }])
    expect(error?.message).toMatch(/^p\.yaml:\d+: \(file\): found .+; allowed: .+$/)
  })

  it.each([
    ['an empty file', '', 'nothing'],
    ['a list', '- a', 'a list'],
    ['a word', 'hello', '"hello"'],
  ])('is refused for %s', (_, text, found) => {
    expect(lines(text)).toEqual([expect.stringMatching(/^p\.yaml:1: \(file\): found /)])
    if (found !== 'nothing') expect(lines(text)[0]).toContain(`found ${found}; allowed: a map`)
  })
})

function bomb(): string {
  const letters = 'abcdefghij'.split('')
  return letters
    .slice(1)
    .map((letter, at) => `${letter}: &${letter} [${`*${letters[at]},`.repeat(9)}]`)
    .join('\n')
}

import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const FOLDERS = ['app', 'components', 'lib', 'server', 'demo', 'scripts', 'e2e']
const SOURCES = FOLDERS.filter((folder) => fs.existsSync(folder))
  .flatMap((folder) =>
    fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => path.posix.join(folder, name.replaceAll('\\', '/'))),
  )
  .filter((file) => /\.tsx?$/.test(file) && !/node_modules|\/generated\/|\.test\./.test(file))
  .map((file) => ({ file, text: fs.readFileSync(file, 'utf8') }))

/** `value as Brand`, over `unknown` or not: the only way to make one. */
const castsTo = (brand: string) =>
  SOURCES.filter(({ text }) =>
    new RegExp(`\\bas\\s+(unknown\\s+as\\s+)?(readonly\\s+)?${brand}\\b`).test(text),
  ).map(({ file }) => file)

describe('a brand has exactly one maker', () => {
  test.each([
    ['Permit', 'lib/access/permit.ts'],
    ['OrderPermit', null],
    ['TracePermit', null],
    ['Masked', 'lib/sources/mask.ts'],
    ['Projected', 'lib/access/project.ts'],
  ])('%s', (brand, maker) => {
    expect(SOURCES.length).toBeGreaterThan(50)
    expect(castsTo(brand)).toEqual(maker ? [maker] : [])
  })

  test('and no other way around: not renamed, not through never', () => {
    const filesWith = (pattern: RegExp) =>
      SOURCES.filter(({ text }) => pattern.test(text)).map(({ file }) => file)
    expect(filesWith(/\b(\w*Permit|Masked|Projected)\s+as\s/)).toEqual([])
    // next-auth's own requests and answers, which are not to be had as types.
    expect(filesWith(/\bas\s+never\b/)).toEqual(['lib/auth/ask-next-auth.ts'])
  })
})

test('the gate that serves people is made in one place', () => {
  const made = SOURCES.filter(({ text }) => /\bcreateGate\(/.test(text)).map(({ file }) => file)
  expect(made.toSorted()).toEqual([
    'lib/access/fixtures/permitted.ts',
    'lib/access/permit.ts',
    'lib/services/context.ts',
  ])
})

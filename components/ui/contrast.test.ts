import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8')
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
)

const TEXT = 4.5
const SHAPE = 3
const grounds = ['surface', 'ground', 'sunken']
const pairs: readonly (readonly [string, string, number])[] = [
  ...grounds.flatMap((ground) =>
    ['ink', 'muted', 'accent'].map((text) => [text, ground, TEXT] as const),
  ),
  ...['ok', 'warn', 'breach'].flatMap((level) => [
    [level, `${level}-ground`, TEXT] as const,
    [level, 'surface', TEXT] as const,
    [level, 'sunken', TEXT] as const,
  ]),
  ['on-accent', 'accent', TEXT],
  ['line-strong', 'surface', SHAPE],
  ['line-strong', 'ground', SHAPE],
  ['focus', 'ground', SHAPE],
  ...Array.from({ length: 8 }, (_, index) => [`lane-${index + 1}`, 'surface', SHAPE] as const),
]

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it.each(pairs)('can be read: %s on %s', (text, ground, least) => {
    const [one, other] = [tokens.get(text)?.[theme], tokens.get(ground)?.[theme]]
    expect(contrast(one ?? '', other ?? '')).toBeGreaterThanOrEqual(least)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTraceId, toOrderId, toPartnerNumber, toTraceId } from './order-id'

const company = (pattern: RegExp, canonical: 'upper' | 'lower' | 'as-is') => ({
  orderId: { pattern, canonical, attributes: ['order.id'], example: '' },
})
const upper = company(/^ORD-[0-9]{6,12}$/u, 'upper')
const lower = company(/^pt-[0-9]{4}-[a-z]{3}$/u, 'lower')

describe('toOrderId', () => {
  it.each([
    ['ORD-000017', upper, 'ORD-000017'],
    ['ord-000017', upper, 'ORD-000017'],
    [' \t ORD-000017\n', upper, 'ORD-000017'],
    ['\u00A0ORD-000017\u202F', upper, 'ORD-000017'],
    ['\u200B\u2066ORD-000017\u2069\uFEFF', upper, 'ORD-000017'],
    ['PT-2041-ABC', lower, 'pt-2041-abc'],
    ['зак-7', company(/^ЗАК-[0-9]+$/u, 'upper'), 'ЗАК-7'],
    ['aB', company(/^aB$/u, 'as-is'), 'aB'],
  ])('reads %j', (text, pipeline, id) => {
    expect(toOrderId(text, pipeline)).toBe(id)
  })

  it.each([
    ['', upper],
    ['   ', upper],
    ['ORD-00001', upper],
    ['ORD-000017 ORD-000018', upper],
    ['ORD- 000017', upper],
    ['ORD-０００017', upper],
    ['ORD‑000017', upper],
    ['ОRD-000017', upper],
    ["ORD-000017' OR 1=1", upper],
    ['ORD-000017\nORD-000018', upper],
    ['pt-2041-\u212Aab', lower],
    ['ſ', company(/^S$/u, 'upper')],
    ['ß', company(/^SS$/u, 'upper')],
    ['Ab', company(/^ab$/u, 'as-is')],
    ['ab', company(/^a|b$/u, 'as-is')],
  ])('finds none in %j', (text, pipeline) => {
    expect(toOrderId(text, pipeline)).toBeNull()
  })

  it('answers at once for a very long text', () => {
    expect(toOrderId(`ORD-000017${' '.repeat(9_990)}`, upper)).toBe('ORD-000017')
    expect(toOrderId(`ORD-000017${' '.repeat(9_991)}`, upper)).toBeNull()
    expect(toOrderId(' '.repeat(50_000_000), upper)).toBeNull()
  })

  it('gives the same for what it gave', () => {
    const loose = fc.constantFrom(
      company(/^.+$/su, 'upper'),
      company(/^.+$/su, 'lower'),
      company(/^.+$/su, 'as-is'),
      upper,
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...' \u00A0ſßıİΣςkK\u212AoOdD-017') }),
      fc.stringMatching(/^\s?[oO]rd-[0-9]{5,13}\s?$/),
    )
    fc.assert(
      fc.property(text, loose, (typed, pipeline) => {
        const id = toOrderId(typed, pipeline)
        if (id !== null) expect(toOrderId(id, pipeline)).toBe(id)
      }),
    )
  }, 120_000)

  it('does not mind the case, nor blanks around', () => {
    fc.assert(
      fc.property(fc.nat({ max: 999_999 }), fc.nat({ max: 9 }), (number, blanks) => {
        const id = `ORD-${String(number).padStart(6, '0')}`
        expect(toOrderId(`${' '.repeat(blanks)}${id.toLowerCase()}\u00A0`, upper)).toBe(id)
      }),
    )
  }, 120_000)
})

describe('trace ids', () => {
  const short = '00f067aa0ba902b7'
  const long = '4bf92f3577b34da6a3ce929d0e0e4736'

  it('are 16 or 32 hexadecimal digits', () => {
    expect([short, long, long.toUpperCase()].every(isTraceId)).toBe(true)
    expect(['', 'xyz', short.slice(1), `${short}0`, `${long}0`, ` ${long}`].some(isTraceId)).toBe(
      false,
    )
  })

  it('are brought to 32 lower-case digits', () => {
    expect(toTraceId(` ${long.toUpperCase()}\u00A0`)).toBe(long)
    expect(toTraceId(short)).toBe(`0000000000000000${short}`)
    expect(toTraceId('ORD-000017')).toBeNull()
    expect(toTraceId('')).toBeNull()
    expect(toTraceId('0'.repeat(20_000))).toBeNull()
  })
})

describe('toPartnerNumber', () => {
  it.each(['17', 'AC-48213', ' 2026/11-07.3\n', 'a:1_b'])('reads %j', (text) => {
    expect(toPartnerNumber(text)).toBe(text.trim())
  })

  it.each(['', 'nonsense', '-17', '№ 17', '17 18', '1<script>', `1${'0'.repeat(80)}`, "1' or 1=1"])(
    'is none: %j',
    (text) => {
      expect(toPartnerNumber(text)).toBeNull()
    },
  )
})

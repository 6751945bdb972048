import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusal, second } from './fixtures/files'

describe('any file at all', () => {
  const at = fc.double({ min: 0, max: 0.999999, noNaN: true })
  const bit = fc.constantFrom(
    ...[
      '',
      '[',
      ']',
      '{',
      '}',
      ':',
      '\n',
      ' ',
      "'",
      '"',
      '&a',
      '*a',
      '-',
      '#',
      '!',
      '|',
      '0',
      'null',
    ],
    ...[
      '~',
      '->',
      '? ',
      'bh',
      '<<',
      '__proto__: 1',
      '\u0000',
      '\t',
      '%',
      '@',
      'true',
      '999999999999',
    ],
  )
  const edit = fc.record({ at, cut: fc.nat({ max: 40 }), put: bit })

  it('is taken, or refused with a PipelineError whose every problem has its line', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const text = edits.reduce((before, { at, cut, put }) => {
          const from = Math.floor(at * before.length)
          return before.slice(0, from) + put + before.slice(from + cut)
        }, second)
        const most = text.split('\n').length
        for (const { line, found, allowed } of refusal(text)?.problems ?? []) {
          expect(line).toBeGreaterThanOrEqual(1)
          expect(line).toBeLessThanOrEqual(most)
          expect(found).not.toBe('')
          expect(allowed).not.toBe('')
          expect(`${found}${allowed}`).not.toContain('\n')
        }
      }),
    )
  }, 600_000)

  it('is refused where it is noise', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'binary' }), (text) => {
        expect(refusal(text)).not.toBeNull()
      }),
    )
  }, 600_000)
})

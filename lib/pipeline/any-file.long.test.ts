import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { costly } from '@/property-runs'
import { refusal, small } from './fixtures/files'

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

  it('begins as one that is taken', () => expect(refusal(small)).toBeNull())

  it('is taken, or refused with a PipelineError whose every problem has its line', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const text = edits.reduce((before, { at, cut, put }) => {
          const from = Math.floor(at * before.length)
          return before.slice(0, from) + put + before.slice(from + cut)
        }, small)
        const most = text.split('\n').length
        // One assertion for all: there may be fifty problems, ten thousand times.
        const wrong = (refusal(text)?.problems ?? []).filter(
          ({ line, found, allowed }) =>
            !(line >= 1 && line <= most && found && allowed) || `${found}${allowed}`.includes('\n'),
        )
        expect(wrong).toEqual([])
      }),
      costly(), // a whole file is read each time
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

import { describe, expect, it } from 'vitest'
import { toTsv } from './to-tsv'

describe('toTsv', () => {
  it('parts cells by tabs and rows by line ends', () => {
    expect(
      toTsv([
        ['time', 'ms'],
        ['now', -4.5],
      ]),
    ).toBe('time\tms\r\nnow\t-4.5')
  })

  it('lets no cell become two, and none become a formula', () => {
    expect(toTsv([['a\tb\r\nc', '=HYPERLINK("x")', '@x', '-1', null]])).toBe(
      "a b c\t'=HYPERLINK(\"x\")\t'@x\t'-1\t",
    )
  })
})

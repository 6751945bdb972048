import { describe, expect, it } from 'vitest'
import { alexandrite, change, lineAt, lines, refusal, second } from './fixtures/files'
import { WRONG } from './fixtures/wrong-files'

describe('a wrong file', () => {
  it.each(WRONG)('is refused as %s: %s → %s', (code, from, to, path, message) => {
    const text = change(second, from, to)
    const error = refusal(text)
    const line = error?.message.split('\n').find((text) => text.includes(`: ${path}: found `))
    expect(line, error?.message ?? 'the file was taken').toContain(message)
    expect(error?.problems.map((problem) => problem.code)).toContain(code)

    const key = path.split('.').at(-1) ?? ''
    const named = text.split('\n')[Number(line?.split(':')[1]) - 1]
    // An item of a list may stand lines below its key, and a missing key nowhere.
    if (code !== 'missing-key' && !path.endsWith(']')) expect(named).toContain(key)
  })

  it.each([
    ['rank: 3', 'rank: three', 'rank: three', 'statuses[2].rank'],
    [
      'warn: 12h',
      'warn: 12',
      'limits: [{ validFrom: 2026-03-01, warn: 12,',
      'statuses[4].limits[0].warn',
    ],
    ['days: [mon', 'days: [moon', 'moon', 'calendar.days[0]'],
    ['by: oficina', 'by: soldador', 'soldador', 'transitions.extra[1].by'],
    ['canonical: lower', 'canonical: lower\n  canon: x', 'canon: x', 'orderId.canon'],
  ])('says the line of %s', (from, to, part, path) => {
    const text = change(second, from, to)
    expect(lines(text).join('\n')).toContain(`p.yaml:${lineAt(text, part)}: ${path}: found `)
  })

  it('says the line of the nearest key that is there, where one is missing', () => {
    const text = change(second, '    queues: [oficina.encomendas]\n', '')
    const line = lineAt(text, 'pagamentos->oficina:')
    expect(lines(text)[0]).toBe(
      `p.yaml:${line}: handoffs.pagamentos->oficina.queues: found nothing; allowed: a list`,
    )
  })

  it('says the line behind an alias', () => {
    const text = change(alexandrite, '      - PACKAGING\n', '      - PACKING\n')
    const line = lineAt(text, '- PACKING')
    expect(lines(text).filter((problem) => problem.includes('"PACKING"'))).toEqual([
      expect.stringContaining(`p.yaml:${line}: transitions.shop.path[7]: found "PACKING"`),
      expect.stringContaining(`p.yaml:${line}: transitions.partner.path[7]: found "PACKING"`),
    ])
  })

  it('names all its problems at once', () => {
    const text = change(change(second, 'rank: 3', 'rank: three'), 'warn: 12h', 'warn: 12')
    expect(refusal(text)?.problems).toHaveLength(2)
  })

  it('needs an owner in every channel whose path has the status', () => {
    const text = change(alexandrite, '{ shop: shop, partner: mes }  ', '{ shop: shop }  ')
    expect(lines(text)).toEqual([
      expect.stringContaining('statuses[2].owner.partner: found nothing'),
    ])
  })

  it('may leave out an owner where no path has the status', () => {
    const short = change(alexandrite, 'path: *path', 'path: [PRICE_CALCULATED, CLOSED]')
    const text = change(
      change(short, 'maySkip: [INITIATED, FILE_UPLOADED, SUBMITTED]', 'maySkip: []'),
      '{ shop: shop, partner: mes }  ',
      '{ shop: shop }  ',
    )
    expect(lines(text)).toEqual([])
  })

  it('lets limits of different clocks stand, whichever is longer', () => {
    expect(lines(change(second, 'warn: 24bh, critical: 6d', 'warn: 400bh, critical: 1s'))).toEqual(
      [],
    )
  })
})

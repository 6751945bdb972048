import { createTranslator } from 'next-intl'
import { describe, expect, it } from 'vitest'
import { ROLES } from '@/lib/access/viewer'
import { parseJourney } from '@/lib/contract/journey'
import { LEVELS } from '@/lib/journey/types'
import en from '@/messages/en.json'
import ru from '@/messages/ru.json'
import { exampleView } from './fixtures/example-view'

type Texts = { readonly [name: string]: string | Texts }

const toKeys = (texts: Texts, path = ''): readonly string[] =>
  Object.entries(texts).flatMap(([name, text]) =>
    typeof text === 'string' ? [path + name] : toKeys(text, `${path + name}.`),
  )
const toTexts = (texts: Texts): readonly string[] =>
  Object.values(texts).flatMap((text) => (typeof text === 'string' ? [text] : toTexts(text)))

const keys = new Set(toKeys(en))
const CODES: Readonly<Record<string, readonly string[]>> = {
  level: LEVELS,
  turn: ['customer', 'system', 'seller', 'operator', 'carrier', 'nobody', 'unknown'],
  waitsFor: ['customer', 'system', 'seller', 'operator', 'carrier'],
  approximate: ['no-history', 'history-gap', 'copy', 'stale', 'from-spans', 'row-disagrees'],
  blindSpots: accepted((code) => ({
    blindSpots: [{ code, source: null, system: null, values: {} }],
  })),
  'checklist.because': accepted((because) => ({
    checklist: [{ ...exampleView.checklist[0], because }],
  })),
  'traces.gap': accepted((gap) => ({ traces: [{ ...exampleView.traces[0], gap }] })),
  disagreements: ['behind', 'ahead', 'row-and-history', 'after-end', 'gap', 'never-consumed'],
  systems: [
    ...['slow', 'failing', 'catalogue', 'editor', 'partner-api', 'alarm', 'silent'],
    ...['queue-dead', 'queue-stuck', 'queue-growing'],
  ],
  'sources.state': ['ok', 'stale', 'partial', 'missing', 'not-configured'],
  'sources.reason': [
    'timeout',
    'unreachable',
    'rejected',
    'malformed',
    'too-large',
    'busy',
    'open',
    'contract',
    'no-series',
    'unproven',
    'forbidden',
    'unclear',
    'not-configured',
    'unknown',
  ],
  'sources.note': accepted((code) => ({
    sources: [{ ...exampleView.sources[0], notes: [{ code, values: {} }] }],
  })),
  'shell.roles': ROLES,
}

/** The codes of the catalogue that the contract takes: none may be missing, see the test. */
function accepted(place: (code: string) => object): readonly string[] {
  try {
    parseJourney({ ...exampleView, ...place('no such code') })
  } catch (error) {
    return JSON.stringify(error instanceof Error ? error.message : error)
      .split(/[^a-z-]+/)
      .filter((word) => word.includes('-'))
  }
  return []
}

describe('the catalogues', () => {
  it('have the same keys', () => {
    expect(toKeys(ru)).toEqual(toKeys(en))
  })

  it.each(Object.entries(CODES))('have a text for each code of %s', (place, codes) => {
    expect(codes.length).toBeGreaterThan(2)
    expect(codes.filter((code) => !keys.has(`${place}.${code}`))).toEqual([])
  })

  it('take the same parameters in both languages', () => {
    const toNames = (text: string) =>
      [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name))].toSorted()
    const [english, russian] = [toTexts(en), toTexts(ru)]
    expect(english.map(toNames)).toEqual(russian.map(toNames))
  })

  it('name no system and no status of any one company', () => {
    for (const text of [...toTexts(en), ...toTexts(ru)])
      expect(text).not.toMatch(/\b(CRM|MES|RabbitMQ|S3|SUBMITTED|Alexandrite)\b/)
  })

  it.each([
    [1, 'Не видно: 1 место'],
    [3, 'Не видно: 3 места'],
    [11, 'Не видно: 11 мест'],
  ])('count %d in Russian', (count, text) => {
    const t = createTranslator({ locale: 'ru', messages: ru, namespace: 'headline' })
    expect(t('unseen', { count })).toBe(text)
  })
})

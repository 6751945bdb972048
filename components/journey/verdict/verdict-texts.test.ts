import fc from 'fast-check'
import { createTranslator } from 'next-intl'
import { describe, expect, it } from 'vitest'
import { CASES, FINDING_IDS, ON_TRACK, type Verdict } from '@/lib/journey/finding'
import cardEn from '@/messages/card/en.json'
import cardRu from '@/messages/card/ru.json'
import customerEn from '@/messages/customer/en.json'
import customerRu from '@/messages/customer/ru.json'
import en from '@/messages/en.json'
import ru from '@/messages/ru.json'
import { ACTS, ADVICE, CUSTOMER_TEXTS, toAdvice, toCustomerText, WARNINGS } from './to-advice'

type Texts = { readonly [name: string]: string | Texts }

const toTexts = (texts: Texts, path = ''): readonly (readonly [string, string])[] =>
  Object.entries(texts).flatMap(([name, text]) =>
    typeof text === 'string' ? [[path + name, text] as const] : toTexts(text, `${path}${name}.`),
  )
const CATALOGUES = [
  ['en', { ...en.verdict, ...cardEn, ...customerEn }],
  ['ru', { ...ru.verdict, ...cardRu, ...customerRu }],
] as const
const NEEDED = [
  ...FINDING_IDS.flatMap((id) => CASES[id].map((name) => `support.${id}.${name}`)),
  ...FINDING_IDS.flatMap((id) => ['means', 'surer', 'devops'].map((part) => `card.${part}.${id}`)),
  ...ON_TRACK.map((name) => `onTrack.${name}`),
  ...ACTS.map((name) => `acts.${name}`),
  ...ADVICE.map((name) => `advice.${name}`),
  ...WARNINGS.map((name) => `warning.${name}`),
  ...CUSTOMER_TEXTS.map((name) => `customer.${name}`),
  ...['confirmed', 'likely', 'cannot-tell', 'on-track'].map((name) => `card.sure.${name}`),
  ...['no-consumer', 'stuck'].map((name) => `also.${name}`),
  ...['not-sent', 'in-queue', 'being-handled', 'set-aside', 'handled-not-saved'].map(
    (name) => `cause.${name}`,
  ),
  ...['set-back', 'dead-lettered', 'discarded', 'unroutable'].map((name) => `cause.${name}`),
]
const VALUES = {
  ...{ from: 'A1', to: 'B2', system: 'C3', status: 'D4', other: 'E5', since: 'F6', age: 'G7' },
  ...{
    oldest: 'H8',
    waited: 'I9',
    count: '4',
    counted: 'yes',
    aged: 'yes',
    named: 'yes',
    working: 'yes',
  },
  ...{ sure: 'confirmed', source: 'J10', sources: 'K11', because: 'L12.', told: 'M13.' },
  ...{ cause: 'N14', who: 'partner' },
}

describe.each(CATALOGUES)('the texts of a verdict in %s', (locale, messages) => {
  const texts = new Map(toTexts(messages))

  it('are there for every case', () => {
    expect(NEEDED.length).toBeGreaterThan(120)
    expect(NEEDED.filter((key) => !texts.get(key))).toEqual([])
  })

  it('can all be written, and leave no placeholder', () => {
    const errors: unknown[] = []
    const t = createTranslator({ locale, messages, onError: (error) => errors.push(error) })
    for (const who of ['partner', 'customer'])
      for (const key of texts.keys()) {
        const words = t(key as Parameters<typeof t>[0], { ...VALUES, who, count: 4 })
        expect(words).not.toMatch(/[{}]/)
      }
    expect(errors).toEqual([])
  })

  it('name no system and no status of any one company', () => {
    for (const text of texts.values())
      expect(text).not.toMatch(
        /\b(CRM|MES|RabbitMQ|SUBMITTED|Alexandrite)\b|production|производств/i,
      )
  })

  it('tell whoever placed the order neither a system, nor a fault, nor a time, in two sentences', () => {
    const t = createTranslator({ locale, messages, namespace: 'customer' })
    for (const name of CUSTOMER_TEXTS)
      for (const who of ['partner', 'customer']) {
        const words = t(name, { who, status: 'X' }).replace('3D', '')
        expect(words.match(/[.!?](?= |$)/g)).toHaveLength(2)
        expect(words).not.toMatch(
          /queue|system|database|error|engineer|seller|operator|очеред|систем|баз|ошиб|инженер|\d/i,
        )
      }
  })
})

describe('the advice', () => {
  const finding = fc
    .constantFrom(...FINDING_IDS)
    .chain((id) => fc.tuple(fc.constant(id), fc.constantFrom(...CASES[id])))

  it('tells nobody to order again where the order is not known to be missing', () => {
    fc.assert(
      fc.property(finding, ([id, name]) => {
        const verdict: Verdict = {
          ...{ kind: 'finding', id, case: name, certainty: 'confirmed', level: 'breach' },
          ...{ values: {}, because: null, also: null, evidence: [] },
        }
        const again = toCustomerText(verdict) === 'place-again'
        expect(again).toBe(id === 'FP-01' && name === 'not-saved')
        if (toAdvice(verdict).advice === 'customer-again') expect(['FP-01', 'FP-02']).toContain(id)
      }),
    )
  })
})

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createTranslator, NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'
import { prerender } from 'react-dom/static'
import { describe, expect, it } from 'vitest'
import { chosenJourneyQuery } from '@/lib/client/journey-query'
import { toComparedOrder } from '@/lib/contract/compared-order'
import type { Locale } from '@/lib/format/locale'
import type { DwellHistory } from '@/lib/journey/compare/dwell-history'
import { past } from '@/lib/journey/compare/fixtures/past'
import { DAY, HOUR, MINUTE } from '@/lib/journey/fixtures/moment'
import type { JourneyView } from '@/lib/journey/journey-view'
import compareEn from '@/messages/compare/en.json'
import compareRu from '@/messages/compare/ru.json'
import en from '@/messages/en.json'
import ru from '@/messages/ru.json'
import { exampleCompany } from '../fixtures/example-company'
import { exampleView } from '../fixtures/example-view'
import { CompareTab } from './compare-tab'

const HISTORY: DwellHistory = {
  ...{ channel: 'retail', orders: 412, days: 92 },
  statuses: [
    past('DRAFT', 12, HOUR),
    past('PLACED', 412, 5_000, 9 * DAY),
    past('PRICED', 412, 3 * MINUTE, 8 * DAY, { clock: 'business' }),
    past('APPROVED', 412, MINUTE, 8 * DAY, { clock: 'business' }),
    past('MAKING', 412, DAY / 30, 2 * DAY),
    past('SENT', 412, HOUR),
  ],
}

/** An order that was priced within two hours and is through production. */
const [draft, placed, priced, approved, making] = exampleView.stages
if (!draft || !placed || !priced || !approved || !making || !exampleView.current)
  throw new Error('No stages')
const quick: JourneyView = {
  ...exampleView,
  orderId: 'ORD-100001',
  channel: 'wholesale',
  stages: [
    { ...placed, dwell: 20 * MINUTE },
    { ...priced, dwell: 2 * HOUR, businessDwell: 2 * HOUR },
    approved,
    { ...making, dwell: 6 * DAY, left: exampleView.now },
    { ...making, status: 'DONE', limit: null },
  ],
  current: { ...exampleView.current, status: 'DONE', terminal: true, stage: 4 },
}

async function draw(
  search: Readonly<Record<string, string>>,
  history: DwellHistory | null,
  locale: Locale = 'en',
) {
  const client = new QueryClient()
  client.setQueryData(chosenJourneyQuery(quick.orderId).queryKey, quick)
  const address = { read: (name: string) => search[name] ?? null, toHref: () => '#', write() {} }
  return toText(
    <NextIntlClientProvider
      locale={locale}
      timeZone="Europe/Moscow"
      messages={{ en, ru }[locale]}
      onError={(error) => {
        throw error
      }}
    >
      <QueryClientProvider client={client}>
        <CompareTab
          view={exampleView}
          company={exampleCompany}
          address={address}
          history={history}
        />
      </QueryClientProvider>
    </NextIntlClientProvider>,
  )
}

async function toText(what: ReactNode) {
  const { prelude } = await prerender(what)
  const html = await new Response(prelude).text()
  return html
    .replace(/<!--.*?-->/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
}

describe('the comparison', () => {
  it('says that there is no history yet, and offers to choose an order', async () => {
    const text = await draw({}, null)
    expect(text).toContain('Order to compare with')
    expect(text).toContain('No history yet')
    expect(text).not.toMatch(/Usually|Expected end|Rank|They part/)
    expect(await draw({}, null, 'ru')).toContain('Истории пока нет')
  })

  it('sets one chosen order beside this one, and marks once where they part first', async () => {
    const text = await draw({ compare: ' ORD-100001 ' }, null)
    expect(text).toContain('The two part at “Created”: only one of them has this stage.')
    expect(text.match(/They part here/g)).toHaveLength(1)
    expect(text).toMatch(/Created They part here 22 min not passed/)
    expect(text).toMatch(/Price calculated 26 working h 2 working h 24 working h longer/)
    expect(text).toMatch(/In production 12 d 21 h so far 6 d 6 d 21 h longer/)
    expect(text).toMatch(/Closed not yet the end/)
    expect(text).toContain('this one: Retail, the other: wholesale')
    expect(text).toContain('No history yet: how long healthy orders usually take')
    expect(text).not.toMatch(/Expected end|Rank/)
  })

  it('refuses the order itself', async () => {
    const text = await draw({ compare: exampleView.orderId }, null)
    expect(text).toContain('This is the same order.')
    expect(text).not.toContain('They part')
  })

  it('sets what is usual beside it, with the rank of each stage and the expected end', async () => {
    const text = await draw({}, HISTORY)
    expect(text).toContain('The two part at “Created”')
    expect(text).toMatch(/Placed 31 min 17 min 10 s 13 min 50 s longer longer than 90 % of 412/)
    expect(text).toContain('15 working h 42 min longer longer than all 412')
    expect(text).toMatch(
      /In production 12 d 21 h so far 6 d 20 h 6 d longer longer than 93 % of 412/,
    )
    expect(text).toMatch(/Created They part here 22 min not passed too few to say/)
    expect(text).toContain('No estimate: only 26 healthy orders stayed in this stage as long')

    const often = { ...HISTORY, statuses: [past('MAKING', 412, DAY / 20, 2 * DAY)] }
    const estimate = await draw({}, often)
    expect(estimate).toMatch(/half of them would have ended by .*2026.*, nine in ten by .*2026/)
    expect(estimate).toMatch(/Rests on 15\d healthy orders .* 412 orders .* within 92 days/)
    expect(await draw({}, often, 'ru')).toMatch(/Основано на 15\d благополучных заказах/)
  })
})

describe('the texts of the comparison', () => {
  type Texts = { readonly [name: string]: string | Texts }
  const toTexts = (texts: Texts, path = ''): readonly (readonly [string, string])[] =>
    Object.entries(texts).flatMap(([name, text]) =>
      typeof text === 'string' ? [[path + name, text] as const] : toTexts(text, `${path}${name}.`),
    )

  it('are the same keys in both languages, and can all be written', () => {
    expect(toTexts(compareRu).map(([key]) => key)).toEqual(toTexts(compareEn).map(([key]) => key))
    const words = { percent: 97, ms: '2 h', status: 'A', here: 'B', there: 'C', order: 'D' }
    for (const [locale, messages] of [
      ['en', compareEn],
      ['ru', compareRu],
    ] as const)
      for (const count of [0, 1, 3, 5, 412]) {
        const t = createTranslator({
          ...{ locale, messages },
          onError: (error) => {
            throw error
          },
        })
        for (const [key] of toTexts(messages)) {
          const values = {
            ...words,
            count,
            orders: count,
            days: count,
            half: 'E',
            most: 'F',
            at: 'G',
          }
          expect(t(key as Parameters<typeof t>[0], values as never)).not.toMatch(/[{}]/)
        }
      }
  })
})

it.each([
  [null, null],
  ['', null],
  ['  ', null],
  [' ORD-1 ', 'ORD-1'],
  ['x'.repeat(201), null],
])('an address that names %j compares with %j', (named, order) => {
  expect(toComparedOrder(named)).toBe(order)
})

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { NextIntlClientProvider } from 'next-intl'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { toCompanyView } from '@/lib/contract/company'
import type { Locale } from '@/lib/format/locale'
import { buildJourney } from '@/lib/journey/build-journey'
import type { Verdict } from '@/lib/journey/finding'
import { MINUTE, moment, plus } from '@/lib/journey/fixtures/moment'
import { history, report } from '@/lib/journey/fixtures/said'
import { second } from '@/lib/pipeline/fixtures/files'
import { parsePipeline } from '@/lib/pipeline/parse-pipeline'
import en from '@/messages/en.json'
import ru from '@/messages/ru.json'
import { exampleCompany } from '../fixtures/example-company'
import { exampleView } from '../fixtures/example-view'
import { VerdictAnswer } from './verdict-answer'
import { writeReply } from './write-reply'

const complain = () => {
  throw new Error('A text is missing')
}
function draw(verdict: Verdict | null, company = exampleCompany, locale: Locale = 'en') {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      timeZone="Europe/Lisbon"
      messages={{ en, ru }[locale]}
      onError={complain}
    >
      <QueryClientProvider client={new QueryClient()}>
        <VerdictAnswer
          view={{ ...exampleView, verdict }}
          company={company}
          toHref={(fact) => `?fact=${fact}`}
          onOpen={() => {}}
        />
      </QueryClientProvider>
    </NextIntlClientProvider>,
  )
  return html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}

const waiting: Verdict = {
  ...{ kind: 'finding', id: 'FP-04', case: 'waiting', certainty: 'confirmed', level: 'breach' },
  ...{ because: null, also: 'no-consumer', evidence: ['plant-MAKING'] },
  values: { from: 'sales', to: 'plant', count: 140, oldest: plus(exampleView.now, -MINUTE) },
}

describe('the answer', () => {
  it('says what happened, how sure that is, who acts, and what not to do', () => {
    const text = draw(waiting)
    expect(text).toContain('Confirmed')
    expect(text).toContain('It is not lost. Messages in the same line: 140.')
    expect(text).toContain(
      'Nothing is taking messages from this line right now. Tell the engineers.',
    )
    expect(text).toContain('Who acts engineers')
    expect(text).toContain('Do not promise a time.')
  })

  it('does not call it safe, nor sure, where it is likely', () => {
    const text = draw({ ...waiting, certainty: 'likely' })
    expect(text).toContain('Most likely: The order is waiting in line')
    expect(text).not.toMatch(/not lost|Confirmed/)
  })

  it('says nothing to whoever may not be told, and no figure that is withheld', () => {
    expect(draw(null)).toBe('')
    const { count: _c, oldest: _o, ...values } = waiting.values
    expect(draw({ ...waiting, values })).not.toMatch(/Messages in the same line|oldest/)
  })
})

describe('an answer about another company', () => {
  const pipeline = parsePipeline(second, 'second.yaml')
  const company = toCompanyView(pipeline)
  const paid = moment('2026-11-09T11:00+00:00')
  const now = plus(paid, 120 * MINUTE)
  const at = (database: string, facts: ReturnType<typeof history>) =>
    facts.map((fact) => ({ ...fact, source: `orders:${database}` }))
  const { verdict } = buildJourney(
    {
      orderId: 'pt-2041-abc',
      facts: [
        ...at(
          'loja',
          history('loja', [['encomendado', plus(paid, -60 * MINUTE)]], { channel: 'balcao' }),
        ),
        ...at('financas', history('pagamentos', [['pago', paid]], { channel: 'balcao' })),
        ...at(
          'oficina',
          history('oficina', [['encomendado', plus(paid, -50 * MINUTE)]], { channel: 'balcao' }),
        ),
      ],
      sources: [
        report('orders:loja', now, { systems: ['loja'] }),
        report('orders:financas', now, { systems: ['pagamentos'] }),
        report('orders:oficina', now, { systems: ['oficina', 'expedicao'] }),
        report('jaeger', now, { systems: ['loja', 'oficina'] }),
      ],
      otherOrders: {},
      same: null,
    },
    pipeline,
    now,
  )

  it.each([
    ['en', 'Workshop (oficina)', 'Payments (pagamentos)', 'Paid (pago)'],
    ['ru', 'Мастерская', 'Платежи', 'Оплачен'],
  ] as const)('names its own systems in %s', (locale, ...names) => {
    expect(verdict).toMatchObject({ id: 'FP-08', certainty: 'confirmed' })
    const text = draw(verdict, company, locale)
    for (const name of names) expect(text).toContain(name)
    expect(text).not.toMatch(/CRM|MES|Shop|Магазин/)
  })

  it('tells its customer no name of a system', async () => {
    if (!verdict) throw new Error('No verdict')
    const words = await writeReply({ verdict, placedBy: 'customer', company }, 'ru')
    expect(words).toMatch(/^Ваш заказ у нас/)
    for (const { label } of company.systems) expect(words).not.toContain(label.ru)
  })
})

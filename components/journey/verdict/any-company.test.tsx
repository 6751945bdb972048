// Long, because it is everything that can be said of a company that shares nothing with the default one.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { NextIntlClientProvider } from 'next-intl'
import { prerender } from 'react-dom/static'
import { describe, expect, it } from 'vitest'
import { viewer } from '@/lib/access/fixtures/permitted'
import { project } from '@/lib/access/project'
import { toCompanyView } from '@/lib/contract/company'
import { LOCALES, type Locale } from '@/lib/format/locale'
import { buildJourney } from '@/lib/journey/build-journey'
import type { Fact } from '@/lib/journey/fact'
import { DAY, HOUR, MINUTE, moment, plus, SECOND } from '@/lib/journey/fixtures/moment'
import { history, report, span } from '@/lib/journey/fixtures/said'
import { deadLetter, queue, sample } from '@/lib/journey/fixtures/said-of-queues'
import { secondCompanyGathered } from '@/lib/journey/fixtures/second-company-gathered'
import type { SourceReport } from '@/lib/journey/journey'
import type { EpochMs, Label } from '@/lib/journey/types'
import { alexandrite, second } from '@/lib/pipeline/fixtures/files'
import { parsePipeline } from '@/lib/pipeline/parse-pipeline'
import en from '@/messages/en.json'
import ru from '@/messages/ru.json'
import { VerdictAnswer } from './verdict-answer'
import { VerdictDetails } from './verdict-details'
import { writeReply } from './write-reply'

const pipeline = parsePipeline(second, 'second.yaml')
const company = toCompanyView(pipeline)
const other = toCompanyView(parsePipeline(alexandrite, 'alexandrite.yaml'))

/** A Monday, two hours after the workshop opened. */
const T = moment('2026-11-09T11:00+00:00')
const DATABASE: Readonly<Record<string, string>> = {
  ...{ loja: 'loja', pagamentos: 'financas', oficina: 'oficina', expedicao: 'oficina' },
}

type Steps = readonly (readonly [status: string, at: EpochMs])[]

const of = (system: string, steps: Steps): readonly Fact[] =>
  history(system, steps, { channel: 'balcao' }).map((fact) => ({
    ...fact,
    source: `orders:${DATABASE[system]}`,
  }))

/** Ordered an hour before T and paid at T; the workshop knows of it where it says so. */
const ordered = of('loja', [['encomendado', plus(T, -HOUR)]])
const unpaid = [...ordered, ...of('pagamentos', [['encomendado', plus(T, SECOND - HOUR)]])]
const paid = [...ordered, ...of('pagamentos', [['pago', T]])]
const known = [...paid, ...of('oficina', [['pago', plus(T, MINUTE)]])]
const welded = (steps: Steps) => [...paid, ...of('oficina', [['pago', plus(T, MINUTE)], ...steps])]

const sent = span('pagamentos', 'oficina.encomendas publish', plus(T, SECOND), {
  ...{ service: 'caixa', spanKind: 'producer' },
})
/** Read every minute from an hour before T until now. */
function waiting(now: EpochMs, consumers: number): Fact {
  const minutes = Array.from({ length: (now - T) / MINUTE + 60 }, (_, at) => at - 59)
  const read = (at: number) => sample(plus(T, at * MINUTE), { consumers, ready: at < 0 ? 3 : 4 })
  return queue('oficina.encomendas', [read(-60), ...minutes.map(read)])
}

type Look = { readonly after: number; readonly reports?: readonly SourceReport[] }

function look(facts: readonly Fact[], { after, reports = [] }: Look) {
  const now = plus(T, after)
  const fresh = [
    report('orders:loja', now, { systems: ['loja'] }),
    report('orders:financas', now, { systems: ['pagamentos'] }),
    report('orders:oficina', now, { systems: ['oficina', 'expedicao'] }),
    report('jaeger', now, { systems: ['loja', 'oficina'] }),
    report('rabbitmq', now, { systems: [] }),
  ]
  const named = new Set(reports.map(({ source }) => source))
  const sources = [...fresh.filter(({ source }) => !named.has(source)), ...reports]
  const journey = buildJourney({ ...secondCompanyGathered, facts, sources }, pipeline, now)
  return project(journey, viewer(['developer']), {
    ...{ hashKey: 'k'.repeat(32), traceUrl: null, complete: true },
  })
}

/** Everything that may be read of the answer: the sentence, what to do, what stands behind it, what to write. */
async function read(view: ReturnType<typeof look>, locale: Locale) {
  const { verdict } = view
  if (!verdict) throw new Error('No verdict')
  const opens = { toHref: (fact: string) => `?fact=${fact}`, onOpen: () => {} }
  const { prelude } = await prerender(
    <NextIntlClientProvider
      locale={locale}
      timeZone="Europe/Lisbon"
      messages={{ en, ru }[locale]}
      onError={(error) => {
        throw error
      }}
    >
      <QueryClientProvider client={new QueryClient()}>
        <VerdictAnswer view={view} company={company} {...opens} />
        <VerdictDetails verdict={verdict} view={view} company={company} {...opens} />
      </QueryClientProvider>
    </NextIntlClientProvider>,
  )
  const html = await new Response(prelude).text()
  const page = html
    .replace(/<(script|template)[\s\S]*?<\/\1>|<!--.*?-->/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
  const reply = await writeReply({ verdict, placedBy: view.placedBy, company }, locale)
  return { page, reply }
}

const SOURCE_DOWN = report('orders:oficina', T, {
  ...{ state: 'missing', reason: 'timeout', asOf: null, systems: ['oficina', 'expedicao'] },
})

const COPY_OF_UNKNOWN_AGE = report('orders:financas', T, { asOf: null, systems: ['pagamentos'] })

type Told = readonly [
  what: string,
  view: ReturnType<typeof look>,
  said: string,
  names: readonly string[],
]

/** What happened, what is said of it, and whose names must stand in the answer. */
const HISTORIES: readonly Told[] = [
  [
    'the shop answered with an error, and nobody has the order',
    look(
      [
        span('loja', 'POST /encomendas', T, {
          ...{ service: 'loja-web-api', spanKind: 'server', failed: true },
        }),
      ],
      { after: 10 * MINUTE },
    ),
    'FP-01 not-saved',
    ['loja'],
  ],
  [
    'payments never heard of it',
    look(ordered, { after: HOUR }),
    'FP-03 not-taken',
    ['loja', 'pagamentos'],
  ],
  [
    'nobody knows whether payments heard of it',
    look(ordered, { after: HOUR, reports: [COPY_OF_UNKNOWN_AGE] }),
    'on track FP-03 not-seen',
    ['loja'],
  ],
  ['the customer has not paid yet', look(unpaid, { after: HOUR }), 'on track customer', []],
  ['nor for days', look(unpaid, { after: 3 * DAY }), 'FP-09 customer', ['encomendado']],
  [
    'paid, and the message is not taken',
    look([...paid, sent, waiting(plus(T, HOUR), 0)], { after: HOUR }),
    'FP-04 waiting',
    ['pagamentos', 'oficina'],
  ],
  [
    'paid, and the message was set aside',
    look([...paid, deadLetter('oficina.encomendas', plus(T, MINUTE))], { after: 2 * HOUR }),
    'FP-05 dead-lettered',
    ['pagamentos', 'oficina'],
  ],
  [
    'paid, and the workshop never heard of it',
    look([...paid, ...of('oficina', [['encomendado', plus(T, -HOUR)]])], { after: 2 * HOUR }),
    'FP-08 mismatch',
    ['pagamentos', 'oficina', 'pago'],
  ],
  [
    'paid, and nobody knows whether the workshop heard of it',
    look(paid, { after: 4 * DAY, reports: [SOURCE_DOWN] }),
    'FP-14 source-missing',
    ['oficina', 'pago'],
  ],
  ['waiting for a welder', look(known, { after: HOUR }), 'on track operator', ['pago']],
  ['waiting for one too long', look(known, { after: 3 * DAY }), 'FP-09 operator', ['pago']],
  [
    'on the bench',
    look(welded([['em soldadura', plus(T, HOUR)]]), { after: 2 * HOUR }),
    'on track operator-in-work',
    ['em soldadura'],
  ],
  [
    'on the bench too long',
    look(welded([['em soldadura', plus(T, HOUR)]]), { after: 5 * DAY }),
    'FP-09 operator-in-work',
    ['em soldadura'],
  ],
  [
    'ready without having been welded',
    look(welded([['pronto', plus(T, HOUR)]]), { after: 2 * HOUR }),
    'FP-11 transition',
    ['oficina', 'pago', 'pronto'],
  ],
  [
    'in a status that nobody described',
    look(welded([['pintado', plus(T, HOUR)]]), { after: 2 * HOUR }),
    'unknown-status',
    ['oficina'],
  ],
  [
    'delivered',
    look(
      [
        ...welded([
          ['em soldadura', plus(T, HOUR)],
          ['pronto', plus(T, DAY)],
        ]),
        ...of('expedicao', [['entregue', plus(T, 2 * DAY)]]),
      ],
      { after: 3 * DAY },
    ),
    'on track ended',
    ['entregue'],
  ],
]

/** Names of the default company that this one does not have, and words for what it does not do. */
function foreignWords(locale: Locale): readonly string[] {
  const names = (view: typeof company) =>
    [view, ...view.systems, ...view.statuses, ...view.channels].flatMap((one) => {
      const label: Label = 'label' in one ? one.label : one.name
      return [label[locale]]
    })
  const own = names(company)
  return names(other).filter((name) => !own.some((one) => one.includes(name)))
}
const asWord = (name: string) =>
  new RegExp(`(?<!\\p{L})${name.replaceAll(/[()]/g, '\\$&')}(?!\\p{L})`, 'u')

const STRANGE =
  /\bCRM\b|\bMES\b|\bshop\b|production|\bsales\b|\bpric|производств|продаж|магазин|\bцен[аыу]/iu

describe.each(HISTORIES)('a frame of the workshop: %s', (_, view, said, names) => {
  it('is judged right', () => {
    const { verdict } = view
    if (!verdict) throw new Error('No verdict')
    const told = verdict.kind === 'unknown-status' ? [verdict.kind] : [verdict.id, verdict.case]
    const track = verdict.kind === 'on-track' ? ['on track'] : []
    expect([...track, ...told.filter(Boolean)].join(' ')).toBe(said)
  })

  it.each(LOCALES)('is told of in the words of its company, in %s', async (locale) => {
    const { page, reply } = await read(view, locale)
    for (const id of names) {
      const one = [...company.systems, ...company.statuses].find((it) => it.id === id)
      expect(page).toContain(one?.label[locale] ?? '')
    }
    for (const name of foreignWords(locale)) expect(`${page} ${reply}`).not.toMatch(asWord(name))
    expect(`${page} ${reply}`).not.toMatch(STRANGE)
    for (const { label } of company.systems) expect(reply).not.toContain(label[locale])
    expect(page).not.toContain('—')
  })
})

it('knows what would be a foreign word', () => {
  expect(foreignWords('ru')).toEqual(
    expect.arrayContaining(['CRM', 'MES (производство)', 'Магазин']),
  )
  expect(foreignWords('en')).toEqual(expect.arrayContaining(['Price calculated', 'Alexandrite']))
  expect('Ask sales for the price').toMatch(STRANGE)
  expect('in MES (производство).').toMatch(asWord('MES (производство)'))
})

// Long because all that the page of an order draws is looked at together.
import { NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Refusal } from '@/components/shell/refusal'
import { LOCALES, type Locale } from '@/lib/format/locale'
import type { Milestone, Stage } from '@/lib/journey/journey'
import type { JourneyView } from '@/lib/journey/journey-view'
import en from '@/messages/en.json'
import ru from '@/messages/ru.json'
import { Checklist } from './checklist'
import { TracesTable } from './evidence/traces-table'
import { exampleCompany } from './fixtures/example-company'
import { exampleView } from './fixtures/example-view'
import { JourneyHeadline } from './headline/journey-headline'
import { HistoryTable } from './history/history-table'
import { HandoffTable } from './levels/handoff-table'
import { StageBar } from './levels/stage-bar'
import { StageDetails } from './levels/stage-details'
import { BlindSpots } from './sources/blind-spots'
import { SourceFreshness } from './sources/source-freshness'
import { TimelineTab } from './timeline/timeline-tab'

const draw = (what: ReactNode, locale: Locale = 'en', onError?: () => never) =>
  renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      timeZone="Europe/Moscow"
      messages={{ en, ru }[locale]}
      {...(onError && { onError })}
    >
      {what}
    </NextIntlClientProvider>,
  )
const nowhere = { read: () => null, toHref: () => '#', write: () => {} }
const toText = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const opens = { toHref: (fact: string) => `?fact=${fact}`, onOpen: () => {} }
const complain = () => {
  throw new Error('A text is missing')
}
const headline = (view: JourneyView, locale?: Locale) =>
  toText(draw(<JourneyHeadline view={view} company={exampleCompany} />, locale))

describe('the journey', () => {
  it('says that an order came twice, and which the other one is', () => {
    const duplicate = {
      ...{ orderId: 'ORD-000099', status: 'PLACED', createdAt: exampleView.now },
      certainty: 'confirmed' as const,
    }
    const view = { ...exampleView, duplicates: [duplicate] }
    const html = draw(<JourneyHeadline view={view} company={exampleCompany} />)
    expect(toText(html)).toContain('The same partner order seems to have come in twice.')
    expect(html).toContain('href="/orders/ORD-000099"')
    expect(headline(exampleView)).not.toContain('The same partner order')
    expect(headline(view, 'ru')).toContain('пришёл дважды')
  })

  it.each(LOCALES)('has every text in %s', (locale) => {
    const { sources, blindSpots, now } = exampleView
    const html = draw(
      <>
        <JourneyHeadline view={exampleView} company={exampleCompany} />
        <StageBar view={exampleView} company={exampleCompany} toHref={() => '#'} />
        <TimelineTab view={exampleView} company={exampleCompany} address={nowhere} />
        {exampleView.stages.map((stage) => (
          <StageDetails
            key={stage.entered}
            stage={stage}
            view={exampleView}
            company={exampleCompany}
            onClose={() => {}}
            {...opens}
          />
        ))}
        <Checklist view={exampleView} company={exampleCompany} {...opens} />
        <HandoffTable view={exampleView} company={exampleCompany} {...opens} />
        <HistoryTable view={exampleView} company={exampleCompany} {...opens} />
        <TracesTable view={exampleView} />
        <BlindSpots
          complete
          spots={blindSpots}
          sources={sources}
          now={now}
          company={exampleCompany}
        />
        <SourceFreshness sources={sources} now={now} company={exampleCompany} />
      </>,
      locale,
      complain,
    )
    expect(html).not.toMatch(/<style|<script|undefined|NaN/)
  })

  it('says where, since when and whose turn', () => {
    expect(headline(exampleView, 'ru')).toMatch(
      /В производстве.*5 нояб\. 2026, 16:53.*за оператором/,
    )
  })

  it('never says “within plan” where no limit judged', () => {
    const stages = exampleView.stages.map((stage) => ({
      ...stage,
      limit: null,
      level: 'ok' as const,
    }))
    const current = exampleView.current && { ...exampleView.current, level: 'ok' as const }
    const text = headline({ ...exampleView, stages, current })
    expect(text).toContain(en.levelNone)
    expect(text).not.toContain(en.level.ok)
  })

  it('marks a time that is not exact', () => {
    const current = exampleView.current && { ...exampleView.current, approximate: 'copy' as const }
    expect(headline({ ...exampleView, current })).toContain(en.approximate.copy)
  })

  it('does not call an order lost of which no status is known', () => {
    const text = headline({ ...exampleView, current: null, stages: [] })
    expect(text).toContain('does not mean that the order is lost')
  })

  it('does not say that every source answered while traces are still read', () => {
    const text = headline({ ...exampleView, complete: false, blindSpots: [] })
    expect(text).toContain(en.headline.tracesComing)
    expect(text).not.toContain(en.headline.allSeen)
  })

  it('shows text from traces as text', () => {
    const facts = exampleView.facts.map((fact) =>
      fact.kind === 'span' ? { ...fact, name: '<img src=x onerror=alert(1)>' } : fact,
    )
    const html = draw(
      <TimelineTab view={{ ...exampleView, facts }} company={exampleCompany} address={nowhere} />,
    )
    expect(html).not.toContain('<img')
  })

  it('never leads out by anything but http', () => {
    const html = draw(
      <TracesTable view={{ ...exampleView, traceUrl: 'javascript:alert({traceId})' }} />,
    )
    expect(html).not.toContain('href')
  })

  it('shows the id for what the company does not name', () => {
    const current = exampleView.current && { ...exampleView.current, status: 'ODD', known: false }
    expect(headline({ ...exampleView, current })).toMatch(/ODD.*not described in the settings/)
  })
})

describe('Refusal', () => {
  it('names the missing right', () => {
    expect(
      draw(<Refusal company={exampleCompany} code="forbidden" capability="journey.json" />),
    ).toContain('journey.json')
  })

  it('names the sources that could not be asked', () => {
    const text = toText(
      draw(
        <Refusal company={exampleCompany} code="not-found" silent={['jaeger', 'orders:front']} />,
      ),
    )
    expect(text).toContain('Traces (Jaeger), Order database: Web shop, Sales')
  })
})

describe('the history', () => {
  const history = (view: JourneyView) =>
    toText(draw(<HistoryTable view={view} company={exampleCompany} {...opens} />))

  it('says “not yet” only of what a system waits for', () => {
    expect(history(exampleView)).not.toContain(en.fact.notYet)
    const [first] = exampleView.handoffs
    const waiting = first ? [{ ...first, state: 'open' as const, arrived: null }] : []
    expect(history({ ...exampleView, handoffs: waiting })).toContain(en.fact.notYet)
  })

  it('leaves out columns that no entry keeps', () => {
    expect(history(exampleView)).not.toContain(en.history.received)
  })
})

describe('the checklist', () => {
  const milestone = (rest: Partial<Milestone>): JourneyView => ({
    ...exampleView,
    checklist: [{ ...first, ...rest }],
  })
  const [first] = exampleView.checklist as readonly [Milestone]
  const checklist = (view: JourneyView) =>
    draw(<Checklist view={view} company={exampleCompany} {...opens} />)

  it('leads to the evidence of a point, and says why one has none', () => {
    expect(checklist(milestone({ evidence: ['row:1'] }))).toContain('href="?fact=row:1"')
    const unseen = milestone({
      state: 'not-seen',
      at: null,
      because: 'source-missing',
      source: 'orders:plant',
    })
    expect(toText(checklist(unseen))).toContain('Not seen: Order database: Plant does not answer')
    expect(checklist(unseen)).not.toContain('href')
  })

  it('does not invent a moment that nobody wrote down', () => {
    expect(toText(checklist(milestone({ at: null })))).toContain('no time recorded')
  })
})

describe('levels', () => {
  it('says of a stay how much is left, by which clock, and when it breaches', () => {
    const stage = exampleView.stages.at(-1) as Stage
    const text = toText(
      draw(
        <StageDetails
          stage={stage}
          view={exampleView}
          company={exampleCompany}
          onClose={() => {}}
          {...opens}
        />,
      ),
    )
    expect(text).toMatch(/later than planned, .+ until the limit, /)
    expect(text).toContain('counted around the clock')
  })

  it('says what is due next, and what that rests on', () => {
    const bar = (view: JourneyView) =>
      toText(draw(<StageBar view={view} company={exampleCompany} toHref={() => '#'} />))
    expect(bar(exampleView)).toMatch(/next planned .+ latest /)
    expect(bar(exampleView)).toContain('They are no forecast from other orders.')
    expect(bar({ ...exampleView, expected: [] })).not.toContain('latest')
  })
})

describe('what holds an order up', () => {
  it('is said in the headline', () => {
    const open = exampleView.handoffs.map((one) => ({ ...one, state: 'open' as const }))
    expect(headline({ ...exampleView, handoffs: open })).toContain('does not have it yet')
  })

  it('is not an arrival that nobody could have recorded', () => {
    const open = exampleView.handoffs.map((one) => ({ ...one, state: 'open' as const }))
    const spot = { code: 'only-traces', source: 'jaeger', system: null, values: {} } as const
    const text = headline({ ...exampleView, handoffs: open, blindSpots: [spot] })
    expect(text).not.toContain('does not have it yet')
  })
})

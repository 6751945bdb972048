import { createTranslator, useLocale, useTimeZone } from 'next-intl'
import { use } from 'react'
import type { CompanyView } from '@/lib/contract/company'
import { toLocale } from '@/lib/format/locale'
import type { Verdict } from '@/lib/journey/finding'
import type { JourneyView } from '@/lib/journey/journey-view'
import { nameFact } from '../describe-fact'
import type { OpensFact } from '../opens-fact'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'
import { CustomerReply } from './customer-reply'
import { cardTexts } from './load-texts'

type Props = OpensFact & {
  readonly verdict: Verdict
  readonly view: JourneyView
  readonly company: CompanyView
}

/** What stands behind an answer: what it means, how sure it is and why, where engineers look, what to write. */
export function VerdictDetails({ verdict, view, company, ...opens }: Props) {
  const locale = toLocale(useLocale())
  const timeZone = useTimeZone() ?? 'UTC'
  const messages = use(cardTexts(locale))
  const t = createTranslator({ locale, timeZone, messages, namespace: 'card' })
  const id = verdict.kind === 'finding' ? verdict.id : null
  const sure = verdict.kind === 'on-track' ? 'on-track' : verdict.certainty
  return (
    <div className="grid max-w-prose gap-3 text-sm">
      {id && <Part title={t('meansTitle')}>{t(`means.${id}`)}</Part>}
      <Part title={t('sureTitle')}>{t(`sure.${sure}`)}</Part>
      {id && sure !== 'confirmed' && <Part title={t('surerTitle')}>{t(`surer.${id}`)}</Part>}
      {id && view.mayRead.devops && (
        <Part title={t('devopsTitle')}>
          {t(`devops.${id}`)}
          <Facts verdict={verdict} view={view} company={company} {...opens} />
        </Part>
      )}
      {view.mayRead.customerText && (
        <CustomerReply verdict={verdict} placedBy={view.placedBy} company={company} t={t} />
      )}
    </div>
  )
}

type PartProps = { readonly title: string; readonly children: React.ReactNode }

const Part = ({ title, children }: PartProps) => (
  <section>
    <h3 className="font-medium text-muted">{title}</h3>
    <div className="mt-0.5">{children}</div>
  </section>
)

/** The facts it rests on, each leading to its place on the page. */
function Facts({ verdict, view, company, toHref, onOpen }: Props) {
  const names = useNames(company)
  const times = useTimes()
  const facts = verdict.evidence.flatMap((id) => view.facts.find((fact) => fact.id === id) ?? [])
  return (
    <ul className="mt-1 grid gap-1">
      {facts.map((fact) => (
        <li key={fact.id}>
          <a
            href={toHref(fact.id)}
            onClick={(event) => onOpen(event, fact.id)}
            className="inline-flex min-h-6 items-center gap-2 text-accent underline decoration-1 underline-offset-3"
          >
            <span>{nameFact(fact, names)}</span>
          </a>{' '}
          <span className="text-muted">{times.instant(fact.at, 'second')}</span>
        </li>
      ))}
    </ul>
  )
}

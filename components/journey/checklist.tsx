import { CircleCheck, CircleDashed, CircleMinus, EyeOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { CompanyView } from '@/lib/contract/company'
import type { Milestone } from '@/lib/journey/journey'
import type { JourneyView } from '@/lib/journey/journey-view'
import { Instant } from './instant'
import type { OpensFact } from './opens-fact'
import { useNames } from './use-names'

type Props = OpensFact & { readonly view: JourneyView; readonly company: CompanyView }

const LOOKS = {
  done: { Icon: CircleCheck, tone: 'level-ok' },
  'not-yet': { Icon: CircleDashed, tone: 'level-none' },
  'not-seen': { Icon: EyeOff, tone: 'level-warn' },
  'not-on-path': { Icon: CircleMinus, tone: 'level-none' },
} as const

/** What has been confirmed of this order, each point with its evidence or the reason why it cannot be ticked. */
export function Checklist({ view, company, toHref, onOpen }: Props) {
  const t = useTranslations('checklist')
  const names = useNames(company)
  if (view.checklist.length === 0) return null
  return (
    <section aria-labelledby="checklist-title" className="card overflow-hidden">
      <h2 id="checklist-title" className="eyebrow px-3 pt-2">
        {t('title')}
      </h2>
      <ul className="grid grid-cols-2 sm:grid-cols-3 print:grid-cols-6 lg:grid-cols-[repeat(auto-fit,minmax(9rem,1fr))]">
        {view.checklist.map((one) => {
          const [fact] = one.evidence
          const point = (
            <Point
              point={one}
              name={names.milestone(one.id)}
              company={company}
              complete={view.complete}
            />
          )
          return (
            <li key={one.id} className={LOOKS[one.state].tone}>
              {fact === undefined ? (
                <div className="h-full px-3 py-2">{point}</div>
              ) : (
                <a
                  href={toHref(fact)}
                  onClick={(event) => onOpen(event, fact)}
                  className="block h-full px-3 py-2 hover:bg-sunken"
                >
                  {point}
                </a>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

type PointProps = {
  readonly point: Milestone
  readonly name: string
  readonly company: CompanyView
  /** False while traces are still read, which may tell the moment. */
  readonly complete: boolean
}

function Point({ point, name, company, complete }: PointProps) {
  const t = useTranslations('checklist')
  const reasons = useTranslations('approximate')
  const names = useNames(company)
  const { state, at, approximate, because, source, system } = point
  const { Icon } = LOOKS[state]
  const told = {
    source: source ? names.source(source) : system ? names.system(system) : '—',
    system: system ? names.system(system) : '—',
  }
  return (
    <span className="flex gap-2 text-sm leading-tight">
      <Icon aria-hidden="true" className="mt-px size-4 shrink-0 text-(--level)" />
      <span className="min-w-0">
        <span className={state === 'done' ? 'font-medium' : 'text-muted'}>{name}</span>
        <span className="block pt-0.5 text-xs text-muted">
          {at === null ? (
            <>
              {t(state)}
              {state === 'done' && complete && <>, {t('noTime')}</>}
            </>
          ) : (
            <>
              <span className="sr-only">{t(state)}: </span>
              {approximate && (
                <abbr title={reasons(approximate)}>
                  ≈ <span className="sr-only">{reasons(approximate)} </span>
                </abbr>
              )}
              <Instant at={at} precision="minute" />
            </>
          )}
          {because && <>: {t(`because.${because}`, told)}</>}
        </span>
      </span>
    </span>
  )
}

import { ArrowRightLeft, OctagonAlert, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { CompanyView } from '@/lib/contract/company'
import type { Current } from '@/lib/journey/journey'
import type { JourneyView } from '@/lib/journey/journey-view'
import type { Level } from '@/lib/journey/types'
import { GoingOnText } from '../going-on'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'

type Props = { readonly view: JourneyView; readonly company: CompanyView }

/** What holds a late order up: hand-offs that have not arrived, messages set aside, steps that failed. */
export function StandingStill({ view, company }: Props) {
  const t = useTranslations('headline')
  const names = useNames(company)
  const times = useTimes()
  if (view.current?.terminal) return null
  // Known from traces alone, no system has a record that could have arrived.
  const recorded = view.blindSpots.every(({ code }) => code !== 'only-traces')
  const open = view.handoffs.filter(
    ({ state, level }) => recorded && state === 'open' && level !== 'ok',
  )
  const aside = view.facts.filter(({ kind }) => kind === 'dead-letter').length
  const failed = view.current ? findFailed(view, view.current) : []
  const last = failed.at(-1)
  if (open.length + aside + failed.length === 0) return null
  return (
    <ul className="mt-4 grid max-w-prose gap-2 text-sm">
      {open.map(({ from, to, status, level, wait }) => (
        <Line key={`${from} ${to} ${status}`} level={level}>
          <ArrowRightLeft aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <span>
            <GoingOnText
              told={view.now}
              tell={(now) =>
                t('handoffOpen', {
                  from: names.system(from),
                  to: names.system(to),
                  wait: times.duration(wait + now - view.now),
                })
              }
            />
          </span>
        </Line>
      ))}
      {aside > 0 && (
        <Line level="breach">
          <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {t('setAside', { count: aside })}
        </Line>
      )}
      {last && (
        <Line level="warn">
          <OctagonAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {t('failed', { count: failed.length, system: names.system(last.system) })}
        </Line>
      )}
    </ul>
  )
}

/** An order on time has got over whatever failed. */
const findFailed = ({ facts }: JourneyView, { level, since }: Current) =>
  level === 'ok'
    ? []
    : facts.filter(
        (fact) => fact.kind === 'span' && fact.failed && !fact.shared && fact.at >= since,
      )

const Line = ({ level, children }: { readonly level: Level; readonly children: ReactNode }) => (
  <li
    className={`level-${level} flex gap-2 rounded-md bg-(--level-ground) px-3 py-2 font-medium text-(--level)`}
  >
    {children}
  </li>
)

import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { CompanyView } from '@/lib/contract/company'
import type { JourneyView } from '@/lib/journey/journey-view'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'
import { RecordTable } from './record-table'

type Props = { readonly view: JourneyView; readonly company: CompanyView }

/** Records that say different things: which is to be believed and why, and all of them side by side. */
export function Disagreements({ view, company }: Props) {
  const { disagreements } = view
  const t = useTranslations('disagreements')
  const names = useNames(company)
  const times = useTimes()
  if (disagreements.length === 0) return null
  return (
    <section id="disagreements" aria-labelledby="disagreements-title" className="card">
      <h2 id="disagreements-title" className="px-3 pt-2.5 text-sm font-semibold">
        {t('title')}
      </h2>
      <ul className="divide-y divide-line">
        {disagreements.map((one) => (
          <li
            key={`${one.code}${one.owner}${one.other}${one.since}`}
            className="flex gap-2 px-3 py-2 text-sm"
          >
            <TriangleAlert
              aria-hidden="true"
              className={`mt-0.5 size-4 shrink-0 ${one.fresh ? 'text-warn' : 'text-muted'}`}
            />
            <span>
              {t(one.code, {
                owner: names.system(one.owner),
                ownerStatus: names.status(one.ownerStatus),
                other: names.system(one.other),
                otherStatus: names.status(one.otherStatus),
                since: times.instant(one.since, 'minute'),
              })}
              <span className="block text-muted">
                {one.fresh && one.believe !== null
                  ? t(`believe.${one.why}`, { system: names.system(one.believe) })
                  : t('notFresh')}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <RecordTable view={view} company={company} />
    </section>
  )
}

import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { CompanyView } from '@/lib/contract/company'
import type { Disagreement } from '@/lib/journey/journey'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'

type Props = { readonly disagreements: readonly Disagreement[]; readonly company: CompanyView }

/** Two records that say different things, and which of them owns the status. */
export function Disagreements({ disagreements, company }: Props) {
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
              {!one.fresh && <span className="block text-muted">{t('notFresh')}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { CompanyView } from '@/lib/contract/company'
import type { JourneyView } from '@/lib/journey/journey-view'
import { toClockHops } from '@/lib/journey/to-clock-hops'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'

type Props = { readonly view: JourneyView; readonly company: CompanyView }

/** How far the clocks of two systems are apart, where one calls the other. */
export function ClockHops({ view, company }: Props) {
  const t = useTranslations('timeline.clock')
  const names = useNames(company)
  const times = useTimes()
  const hops = useMemo(
    () =>
      toClockHops(view.facts.filter((fact) => fact.kind === 'span')).filter((hop) => hop.moved > 0),
    [view],
  )
  if (hops.length === 0) return null
  return (
    <section aria-label={t('hops')} className="border-t border-line px-3 py-2 text-xs">
      <p className="text-muted">{t('note')}</p>
      <ul className="mt-1 flex flex-wrap gap-x-5 gap-y-1">
        {hops.map(({ from, to, delta, least, most, calls, moved }) => (
          <li key={`${from} ${to}`}>
            {names.system(from)} → {names.system(to)}{' '}
            <b className="font-semibold">
              {least === most ? times.shift(delta) : `${times.shift(least)} … ${times.shift(most)}`}
            </b>{' '}
            <span className="text-muted">{t('calls', { moved, calls })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

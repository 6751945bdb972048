'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import type { CompanyView } from '@/lib/contract/company'
import type { SourceReport } from '@/lib/journey/journey'
import type { JourneyView } from '@/lib/journey/journey-view'
import { useNames } from './use-names'
import { useTimes } from './use-times'

type Props = { readonly view: JourneyView; readonly company: CompanyView }

/** On paper only: when it was printed, and what each source had answered by then. */
export function PrintFooter({ view, company }: Props) {
  const t = useTranslations()
  const names = useNames(company)
  const times = useTimes()
  const printed = useRef<HTMLSpanElement>(null)
  const { timeZone, instant } = times

  // biome-ignore lint/correctness/useExhaustiveDependencies: the words follow from the zone alone
  useEffect(() => {
    const write = () => {
      if (!printed.current) return
      const now = Date.now()
      printed.current.textContent = t('print.printed', { at: `${instant(now)} ${times.zone(now)}` })
    }
    window.addEventListener('beforeprint', write)
    return () => window.removeEventListener('beforeprint', write)
  }, [timeZone])

  const tell = ({ source, state, asOf }: SourceReport) =>
    [
      names.source(source),
      t(`sources.state.${state}`),
      ...(asOf === null ? [] : [t('sources.asOf', { at: times.instant(asOf) })]),
    ].join(', ')
  return (
    <p className="hidden text-xs text-muted print:block">
      <span ref={printed} />{' '}
      {t('print.asOf', { at: `${instant(view.now)} ${times.zone(view.now)}` })}.{' '}
      {t('print.sources')}: {view.sources.map(tell).join('; ')}.
    </p>
  )
}

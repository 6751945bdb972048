'use client'

import { useTranslations } from 'next-intl'
import { EmptyState } from '@/components/ui/empty-state'
import type { CompanyView } from '@/lib/contract/company'
import type { JourneyView } from '@/lib/journey/journey-view'
import { FactDetails } from './fact-details'

type Props = {
  readonly id: string
  readonly view: JourneyView
  readonly company: CompanyView
  readonly onClose: () => void
}

/** The pinned fact beside a table: there its neighbours on the timeline are of no use. */
export function PinnedFact({ id, view, company, onClose }: Props) {
  const t = useTranslations('fact')
  const fact = view.facts.find((one) => one.id === id)
  if (!fact) return view.complete ? <EmptyState title={t('gone')} /> : null
  return (
    <FactDetails
      fact={fact}
      beside={[fact]}
      company={company}
      sources={view.sources}
      traceUrl={view.traceUrl}
      onPick={() => {}}
      onClose={onClose}
    />
  )
}

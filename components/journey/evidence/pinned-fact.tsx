'use client'

import { useTranslations } from 'next-intl'
import { EmptyState } from '@/components/ui/empty-state'
import type { CompanyView } from '@/lib/contract/company'
import type { FactView, JourneyView } from '@/lib/journey/journey-view'
import { FactDetails } from './fact-details'

type Props = {
  readonly id: string
  readonly view: JourneyView
  readonly company: CompanyView
  /** The others that share its mark, where it stands on the timeline. */
  readonly beside?: readonly FactView[]
  readonly onPick?: (factId: string) => void
  readonly onClose: () => void
}

/** All about the fact that the address pins, or that it is there no more. */
export function PinnedFact({ id, view, company, beside, onPick, onClose }: Props) {
  const t = useTranslations('fact')
  const fact = view.facts.find((one) => one.id === id)
  if (!fact) return view.complete ? <EmptyState title={t('gone')} /> : null
  return (
    <FactDetails
      fact={fact}
      beside={beside ?? [fact]}
      company={company}
      sources={view.sources}
      traceUrl={view.traceUrl}
      onPick={onPick ?? (() => {})}
      onClose={onClose}
    />
  )
}

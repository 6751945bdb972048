'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { EmptyState } from '@/components/ui/empty-state'
import type { CompanyView } from '@/lib/contract/company'
import type { JourneyView } from '@/lib/journey/journey-view'
import { FactDetails } from './fact-details'
import { FactTable } from './fact-table'
import { Timeline } from './timeline'

type Props = {
  readonly view: JourneyView
  readonly company: CompanyView
  readonly pinned: string | null
  readonly onPin: (factId: string | null) => void
}

/** The timeline, what is pinned on it, and the same facts as a table. */
export function TimelineTab({ view, company, pinned, onPin }: Props) {
  const t = useTranslations('timeline')
  const words = useTranslations('fact')
  const [beside, setBeside] = useState<readonly string[]>([])
  const [table, setTable] = useState(false)
  const fact = view.facts.find(({ id }) => id === pinned)
  return (
    <>
      <Timeline
        view={view}
        company={company}
        pinned={pinned}
        onPin={(mark) => {
          setBeside(mark?.ids ?? [])
          onPin(mark?.lead ?? null)
        }}
      />
      {fact && (
        <FactDetails
          fact={fact}
          beside={view.facts.filter(({ id }) => beside.includes(id))}
          company={company}
          traceUrl={view.traceUrl}
          onPick={onPin}
          onClose={() => onPin(null)}
        />
      )}
      {pinned && !fact && view.complete && <EmptyState title={words('gone')} />}
      <details onToggle={(event) => setTable(event.currentTarget.open)}>
        <summary className="w-fit py-1 text-sm text-accent">{t('asTable')}</summary>
        {table && (
          <div className="mt-2">
            <FactTable view={view} company={company} />
          </div>
        )}
      </details>
    </>
  )
}

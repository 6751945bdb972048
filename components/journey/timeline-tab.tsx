'use client'

import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { EmptyState } from '@/components/ui/empty-state'
import type { CompanyView } from '@/lib/contract/company'
import type { JourneyView } from '@/lib/journey/journey-view'
import { drawTimeline, findMark } from './draw-timeline'
import { FactDetails } from './fact-details'
import { FactTable } from './fact-table'
import { NONE, Timeline, type Unfolded } from './timeline'

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
  const [unfolded, setUnfolded] = useState<Unfolded>(NONE)
  const drawing = useMemo(() => drawTimeline(view, unfolded), [view, unfolded])
  const [table, setTable] = useState(false)
  const fact = view.facts.find(({ id }) => id === pinned)
  return (
    <>
      <Timeline
        view={view}
        company={company}
        drawing={drawing}
        unfolded={unfolded}
        onUnfold={setUnfolded}
        pinned={pinned}
        onPin={onPin}
      />
      {fact && (
        <FactDetails
          fact={fact}
          beside={findMark(drawing, fact.id)?.items.map((item) => item.fact) ?? []}
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

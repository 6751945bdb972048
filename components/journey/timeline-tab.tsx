'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { memo, useMemo, useState } from 'react'
import { EmptyState } from '@/components/ui/empty-state'
import type { CompanyView } from '@/lib/contract/company'
import type { JourneyView } from '@/lib/journey/journey-view'
import { findMark } from './draw-timeline'
import { Timeline } from './timeline'
import type { Address } from './use-address'
import { useTimelineLook } from './use-timeline-look'

type Props = {
  readonly view: JourneyView
  readonly company: CompanyView
  readonly address: Address
}

const FactDetails = dynamic(() => import('./fact-details').then((it) => it.FactDetails))

// Few open it, and it brings a library: it comes when somebody does.
const FactTable = memo(dynamic(() => import('./fact-table').then((it) => it.FactTable)))

/** The timeline, what is pinned on it, and the same facts as a table. */
export function TimelineTab({ view, company, address }: Props) {
  const t = useTranslations('timeline')
  const words = useTranslations('fact')
  const pinned = address.read('fact')
  const pin = (fact: string | null) => address.write({ fact })
  const look = useTimelineLook(view, address, pinned)
  const [table, setTable] = useState(false)
  const fact = useMemo(() => view.facts.find(({ id }) => id === pinned), [view, pinned])
  return (
    <>
      <Timeline view={view} company={company} look={look} pinned={pinned} onPin={pin} />
      {fact && (
        <FactDetails
          fact={fact}
          beside={findMark(look.drawing, fact.id)?.items.flatMap(({ facts }) => facts) ?? []}
          company={company}
          sources={view.sources}
          traceUrl={view.traceUrl}
          onPick={pin}
          onClose={() => pin(null)}
        />
      )}
      {pinned && !fact && view.complete && <EmptyState title={words('gone')} />}
      <details onToggle={(event) => setTable(event.currentTarget.open)}>
        <summary className="w-fit py-1 text-sm text-accent">{t('asTable')}</summary>
        {table && (
          <div className="mt-2">
            <FactTable
              view={view}
              company={company}
              clock={look.clock}
              pinned={pinned}
              onPin={pin}
            />
          </div>
        )}
      </details>
    </>
  )
}

'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { memo, useState } from 'react'
import type { CompanyView } from '@/lib/contract/company'
import type { JourneyView } from '@/lib/journey/journey-view'
import type { Address } from '../use-address'
import { findMark } from './draw-timeline'
import { Timeline } from './timeline'
import { useTimelineLook } from './use-timeline-look'

type Props = {
  readonly view: JourneyView
  readonly company: CompanyView
  readonly address: Address
}

const PinnedFact = dynamic(() => import('../evidence/pinned-fact').then((it) => it.PinnedFact), {
  loading: () => null,
})

// Few open it, and it brings a library: it comes when somebody does.
const FactTable = memo(
  dynamic(() => import('../evidence/fact-table').then((it) => it.FactTable), {
    loading: () => null,
  }),
)

/** The timeline, what is pinned on it, and the same facts as a table. */
export function TimelineTab({ view, company, address }: Props) {
  const t = useTranslations('timeline')
  const pinned = address.read('fact')
  const pin = (fact: string | null) => address.write({ fact })
  const look = useTimelineLook(view, address, pinned)
  const [table, setTable] = useState(false)
  return (
    <>
      <Timeline view={view} company={company} look={look} pinned={pinned} onPin={pin} />
      {pinned && (
        <PinnedFact
          id={pinned}
          view={view}
          company={company}
          beside={findMark(look.drawing, pinned)?.items.flatMap(({ facts }) => facts) ?? []}
          onPick={pin}
          onClose={() => pin(null)}
        />
      )}
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

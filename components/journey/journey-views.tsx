'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { Tabs } from '@/components/ui/tabs'
import type { CompanyView } from '@/lib/contract/company'
import { TABS, type Tab } from '@/lib/contract/tabs'
import type { JourneyView } from '@/lib/journey/journey-view'
import type { OpensFact } from './opens-fact'
import { TimelineTab } from './timeline/timeline-tab'
import type { Address } from './use-address'

// Opened now and then: what they weigh is not part of the first load.
const HistoryTable = dynamic(
  () => import('./history/history-table').then((it) => it.HistoryTable),
  {
    loading: () => null,
  },
)
const TracesTable = dynamic(() => import('./evidence/traces-table').then((it) => it.TracesTable), {
  loading: () => null,
})
const CompareTab = dynamic(() => import('./compare/compare-tab').then((it) => it.CompareTab), {
  loading: () => null,
})
const PinnedFact = dynamic(() => import('./evidence/pinned-fact').then((it) => it.PinnedFact), {
  loading: () => null,
})

type Props = {
  readonly view: JourneyView
  readonly company: CompanyView
  readonly address: Address
  readonly opensFact: OpensFact
}

/** The timeline, the history, the traces and the comparison of one order, one at a time; paper has room for none. */
export function JourneyViews({ view, company, address, opensFact }: Props) {
  const t = useTranslations('tabs')
  const tab = TABS.find((one) => one === address.read('tab')) ?? 'timeline'
  const pinned = address.read('fact')
  return (
    <div className="contents print:hidden">
      <Tabs<Tab>
        label={t('label')}
        current={tab}
        tabs={[
          { id: 'timeline', label: t('timeline') },
          { id: 'history', label: t('history') },
          {
            id: 'traces',
            label: t('traces'),
            ...(view.traces.length > 0 && { count: view.traces.length }),
          },
          { id: 'compare', label: t('compare') },
        ]}
        toHref={(one) => address.toHref(toSearch(one))}
        onChoose={(one) => address.write(toSearch(one))}
      />
      {tab === 'timeline' && <TimelineTab view={view} company={company} address={address} />}
      {tab !== 'timeline' && pinned && (
        <PinnedFact
          id={pinned}
          view={view}
          company={company}
          onClose={() => address.write({ fact: null })}
        />
      )}
      {tab === 'history' && <HistoryTable view={view} company={company} {...opensFact} />}
      {tab === 'traces' && <TracesTable view={view} />}
      {tab === 'compare' && (
        // No history of ended orders is kept: there is none to hand in.
        <CompareTab view={view} company={company} address={address} history={null} />
      )}
    </div>
  )
}

const toSearch = (tab: Tab) => ({ tab: tab === 'timeline' ? null : tab })

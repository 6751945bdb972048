'use client'

import { useQuery } from '@tanstack/react-query'
import { usePathname, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { CopyButton } from '@/components/ui/copy-button'
import { Tabs } from '@/components/ui/tabs'
import { journeyQuery } from '@/lib/client/journey-query'
import type { CompanyView } from '@/lib/contract/company'
import { TABS, type Tab } from '@/lib/contract/tabs'
import type { Stage } from '@/lib/journey/journey'
import type { JourneyView } from '@/lib/journey/journey-view'
import { BlindSpots } from './blind-spots'
import { Disagreements } from './disagreements'
import { HistoryTable } from './history-table'
import { JourneyHeadline } from './journey-headline'
import { RawJson } from './raw-json'
import { RefreshJourney } from './refresh-journey'
import { SourceFreshness } from './source-freshness'
import { StageBar } from './stage-bar'
import { TimelineTab } from './timeline-tab'
import { TracesTable } from './traces-table'

type Props = {
  /** As the server read it. It may come twice: from the databases at once, then with the traces. */
  readonly view: JourneyView
  readonly company: CompanyView
}

/** Everything of one order. What is chosen is in the address, and choosing asks the server nothing. */
export function JourneyScreen({ view: first, company }: Props) {
  const t = useTranslations('headline')
  const tabs = useTranslations('tabs')
  const address = useAddress()
  const { data, isFetching, isError, refetch } = useQuery({
    ...journeyQuery(first.orderId),
    enabled: false,
  })
  const view = data && data.now > first.now ? data : first
  const tab = TABS.find((one) => one === address.read('tab')) ?? 'timeline'
  const pinned = address.read('fact')
  const atStage = ({ evidence }: Stage) => ({ tab: null, fact: evidence[0] ?? null })

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <JourneyHeadline
        view={view}
        company={company}
        actions={
          <>
            <RefreshJourney
              asOf={view.now}
              busy={isFetching}
              failed={isError}
              onRefresh={() => void refetch()}
            />
            <CopyButton bare text={view.orderId}>
              {t('copyId')}
            </CopyButton>
            <RawJson orderId={view.orderId} />
          </>
        }
      />
      <StageBar
        view={view}
        company={company}
        toHref={(stage) => address.toHref(atStage(stage))}
        onChoose={(stage) => address.write(atStage(stage))}
      />
      <Tabs<Tab>
        label={tabs('label')}
        current={tab}
        tabs={[
          { id: 'timeline', label: tabs('timeline') },
          { id: 'history', label: tabs('history') },
          {
            id: 'traces',
            label: tabs('traces'),
            ...(view.traces.length > 0 && { count: view.traces.length }),
          },
        ]}
        toHref={(one) => address.toHref(toSearch(one))}
        onChoose={(one) => address.write(toSearch(one))}
      />
      {tab === 'timeline' && (
        <TimelineTab
          view={view}
          company={company}
          pinned={pinned}
          onPin={(fact) => address.write({ fact })}
        />
      )}
      {tab === 'history' && <HistoryTable view={view} company={company} />}
      {tab === 'traces' && <TracesTable view={view} />}

      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid gap-4">
          <Disagreements disagreements={view.disagreements} company={company} />
          <BlindSpots
            spots={view.blindSpots}
            sources={view.sources}
            now={view.now}
            company={company}
            complete={view.complete}
          />
        </div>
        <SourceFreshness sources={view.sources} now={view.now} company={company} />
      </div>
    </div>
  )
}

const toSearch = (tab: Tab) => ({ tab: tab === 'timeline' ? null : tab })

type Search = Readonly<Record<string, string | null>>

/** Reads and changes the query of the address without a request: Next follows `history`. */
function useAddress() {
  const path = usePathname()
  const search = useSearchParams()
  const toHref = (changes: Search) => {
    const next = new URLSearchParams(search)
    for (const [name, value] of Object.entries(changes))
      if (value === null) next.delete(name)
      else next.set(name, value)
    const query = next.toString()
    return query ? `${path}?${query}` : path
  }
  return {
    read: (name: string) => search.get(name),
    toHref,
    write: (changes: Search) => window.history.replaceState(null, '', toHref(changes)),
  }
}

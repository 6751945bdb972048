'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { CopyButton } from '@/components/ui/copy-button'
import type { CompanyView } from '@/lib/contract/company'
import type { Stage } from '@/lib/journey/journey'
import type { JourneyView } from '@/lib/journey/journey-view'
import { Checklist } from './checklist'
import { RawJson } from './evidence/raw-json'
import { ClockProvider } from './going-on'
import { JourneyHeadline } from './headline/journey-headline'
import { MessagePlace } from './headline/message-place'
import { JourneyViews } from './journey-views'
import { HandoffTable } from './levels/handoff-table'
import { StageBar } from './levels/stage-bar'
import { toStageKey } from './levels/to-stage-key'
import { LivingNotice } from './living/living-notice'
import { RefreshJourney } from './living/refresh-journey'
import { useLivingJourney } from './living/use-living-journey'
import { withAges } from './living/with-ages'
import { isForBrowser, type OpensFact } from './opens-fact'
import { PrintFooter } from './print-footer'
import { showOpened } from './show-opened'
import { BlindSpots } from './sources/blind-spots'
import { Disagreements } from './sources/disagreements'
import { SourceFreshness } from './sources/source-freshness'
import { useAddress } from './use-address'
import { VerdictAnswer } from './verdict/verdict-answer'

// Opened now and then: what they weigh is not part of the first load. Each waits by itself, with `loading`: without
// one the whole page would wait in its place, and lose where it was scrolled to.
const StageDetails = dynamic(() => import('./levels/stage-details').then((it) => it.StageDetails), {
  loading: () => null,
})

type Props = {
  /** As the server read it. It may come twice: from the databases at once, then with the traces. */
  readonly view: JourneyView
  /** Of a whole journey: by it the page follows what changes. */
  readonly version: string | null
  readonly company: CompanyView
}

/** Everything of one order. What is chosen is in the address, and choosing asks the server nothing. */
export function JourneyScreen({ view: first, version, company }: Props) {
  const t = useTranslations('headline')
  const address = useAddress()
  const { view, ages, state, news, refreshing, failed, refresh } = useLivingJourney({
    view: first,
    version,
  })
  const atStage = (stage: Stage) => ({
    tab: null,
    stage: toStageKey(stage, view),
    fact: stage.evidence[0] ?? null,
  })
  const stage = view.stages.find((one) => toStageKey(one, view) === address.read('stage'))
  const opensFact: OpensFact = {
    toHref: (fact) => address.toHref({ fact }),
    onOpen(event, fact) {
      if (isForBrowser(event)) return
      event.preventDefault()
      address.write({ fact })
      showOpened('fact-details')
    },
  }

  return (
    <ClockProvider now={ages?.now ?? view.now}>
      <div
        className="grid grid-cols-[minmax(0,1fr)] gap-4"
        data-journey={view.complete ? 'complete' : 'early'}
      >
        <JourneyHeadline
          view={view}
          company={company}
          answer={<VerdictAnswer view={view} company={company} {...opensFact} />}
          actions={
            <>
              <RefreshJourney
                asOf={ages?.now ?? view.now}
                state={state}
                busy={refreshing}
                failed={failed}
                onRefresh={refresh}
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
          onChoose={(stage) => {
            address.write(atStage(stage))
            showOpened('stage-details')
          }}
        />
        {stage && (
          <StageDetails
            stage={stage}
            view={view}
            company={company}
            onClose={() => address.write({ stage: null })}
            {...opensFact}
          />
        )}
        <MessagePlace view={view} company={company} {...opensFact} />
        <Checklist view={view} company={company} {...opensFact} />
        <JourneyViews view={view} company={company} address={address} opensFact={opensFact} />
        <HandoffTable view={view} company={company} {...opensFact} />

        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
            <Disagreements view={view} company={company} />
            <BlindSpots
              spots={view.blindSpots}
              sources={view.sources}
              now={view.now}
              company={company}
              complete={view.complete}
            />
          </div>
          <div className="print:hidden">
            <SourceFreshness
              sources={withAges(view.sources, ages)}
              now={ages?.now ?? view.now}
              company={company}
            />
          </div>
        </div>
        <PrintFooter view={view} company={company} />
        <LivingNotice state={state} news={news} />
      </div>
    </ClockProvider>
  )
}

import { Suspense } from 'react'
import { definePage } from '@/app/define-page'
import { JourneyScreen } from '@/components/journey/journey-screen'
import { JourneySkeleton } from '@/components/journey/journey-skeleton'
import type { CompanyView } from '@/lib/contract/company'
import type { JourneyView } from '@/lib/journey/journey-view'
import { context } from '@/lib/services/context'
import { loadCompany } from '@/lib/services/load-company'
import { openJourney } from '@/lib/services/open-journey'
import { orderInput } from '@/lib/services/order-input'

export const dynamic = 'force-dynamic'

// The databases first, the traces when they come:  permit ── databases ── [early] ─ ─ traces ─ ─ [complete]
export default definePage({
  action: 'journey.view',
  input: orderInput,
  render: async ({ viewer, request, input }) => {
    const opened = await openJourney(context(viewer, request), 'journey.view', input.orderId)
    const company = loadCompany()
    const early = await opened.early()
    const complete = <Complete view={opened.complete()} company={company} />
    // Without a row there is nothing to show before the traces have said something.
    const meanwhile = early.current ? (
      <JourneyScreen view={early} company={company} />
    ) : (
      <JourneySkeleton />
    )
    return <Suspense fallback={meanwhile}>{complete}</Suspense>
  },
})

type Props = { readonly view: Promise<JourneyView>; readonly company: CompanyView }

async function Complete({ view, company }: Props) {
  return <JourneyScreen view={await view} company={company} />
}

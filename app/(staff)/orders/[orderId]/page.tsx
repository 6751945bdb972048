import { Suspense } from 'react'
import { definePage } from '@/app/define-page'
import { ArrivingJourney, type WholeJourney } from '@/components/journey/arriving-journey'
import { JourneySkeleton } from '@/components/journey/journey-skeleton'
import { toVersion } from '@/lib/access/to-version'
import type { JourneyView } from '@/lib/journey/journey-view'
import { context } from '@/lib/services/context'
import { loadCompany } from '@/lib/services/load-company'
import { openJourney } from '@/lib/services/open-journey'
import { orderInput } from '@/lib/services/order-input'

export const dynamic = 'force-dynamic'

/** Databases that answer within it show no skeleton first. */
const BLINK_MS = 25

// The status of the page is the permit's; its place is painted while the databases are being read:
//
//     permit ── [place] ─ ─ databases ── [early] ─ ─ traces ─ ─ [whole]
export default definePage({
  action: 'journey.view',
  input: orderInput,
  render: async ({ viewer, request, input: { orderId } }) => {
    const opened = await openJourney(context(viewer, request), 'journey.view', orderId)
    const early = opened.early()
    const whole = opened.complete().then((view) => ({ view, version: toVersion(view) }))
    const arriving = <Arriving orderId={orderId} early={early} whole={whole} />
    if (await isWithin(BLINK_MS, early)) return arriving
    return <Suspense fallback={<JourneySkeleton orderId={orderId} />}>{arriving}</Suspense>
  },
})

type Props = {
  readonly orderId: string
  readonly early: Promise<JourneyView>
  readonly whole: Promise<WholeJourney>
}

async function Arriving({ orderId, early, whole }: Props) {
  const view = await early
  return (
    <ArrivingJourney
      orderId={orderId}
      // Without a row there is nothing to show before the traces have said something.
      early={view.current ? view : null}
      whole={whole}
      company={loadCompany()}
    />
  )
}

function isWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  return Promise.race([
    work.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), ms)),
  ])
}

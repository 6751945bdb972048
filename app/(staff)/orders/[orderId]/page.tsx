import { definePage } from '@/app/define-page'
import { ArrivingJourney } from '@/components/journey/arriving-journey'
import { toVersion } from '@/lib/access/to-version'
import { context } from '@/lib/services/context'
import { loadCompany } from '@/lib/services/load-company'
import { openJourney } from '@/lib/services/open-journey'
import { orderInput } from '@/lib/services/order-input'

export const dynamic = 'force-dynamic'

// The databases first, the traces when they come:  permit ── databases ── [early] ─ ─ traces ─ ─ [whole]
export default definePage({
  action: 'journey.view',
  input: orderInput,
  render: async ({ viewer, request, input }) => {
    const opened = await openJourney(context(viewer, request), 'journey.view', input.orderId)
    const early = await opened.early()
    const whole = opened.complete().then((view) => ({ view, version: toVersion(view) }))
    return (
      <ArrivingJourney
        // Without a row there is nothing to show before the traces have said something.
        early={early.current ? early : null}
        whole={whole}
        company={loadCompany()}
      />
    )
  },
})

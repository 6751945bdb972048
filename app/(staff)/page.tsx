import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { definePage } from '@/app/define-page'
import { CandidateList } from '@/components/lookup/candidate-list'
import { LookupWelcome } from '@/components/lookup/lookup-welcome'
import { NumberedOrders } from '@/components/lookup/numbered-orders'
import { RecentOrders } from '@/components/lookup/recent-orders'
import { UnknownOrder } from '@/components/lookup/unknown-order'
import { lookupQuery } from '@/lib/contract/order'
import { sayStatus } from '@/lib/http/say-status'
import { context } from '@/lib/services/context'
import { listRecentOrders } from '@/lib/services/list-recent-orders'
import { loadCompany } from '@/lib/services/load-company'
import { type LookUp, lookUp } from '@/lib/services/look-up'

export const dynamic = 'force-dynamic'

export default definePage({
  action: 'order.lookup',
  input: lookupQuery,
  render: async ({ viewer, request, input }) => {
    const asked = context(viewer, request)
    const found = input.q ? await lookUp(asked, input.q) : null
    if (found?.kind === 'order') redirect(`/orders/${encodeURIComponent(found.orderId)}` as Route)
    // One answer, one row of the audit: a page that answers a question shows no list beside it.
    return (
      <LookupWelcome example={asked.pipeline.orderId.example}>
        {found ? (
          <Found found={found} />
        ) : (
          // Read here, not in a component of its own: what fails there is no refusal, but a 500.
          <RecentOrders orders={await listRecentOrders(asked)} now={asked.now()} />
        )}
      </LookupWelcome>
    )
  },
})

type FoundProps = { readonly found: Exclude<LookUp, { kind: 'order' }> }

async function Found({ found }: FoundProps) {
  if (found.kind === 'candidates')
    return <CandidateList traceId={found.traceId} orderIds={found.orderIds} />
  if (found.kind === 'numbered') return <NumberedOrders {...found} company={loadCompany()} />
  await sayStatus(found.kind === 'invalid' ? 400 : 404)
  return (
    <UnknownOrder
      query={found.text}
      company={loadCompany()}
      invalid={found.kind === 'invalid'}
      silent={found.silent}
    />
  )
}

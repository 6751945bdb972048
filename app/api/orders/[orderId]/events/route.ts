import { defineRoute } from '@/lib/http/define-route'
import { lastingContext } from '@/lib/services/context'
import { followInput } from '@/lib/services/order-input'
import { watchJourney } from '@/lib/services/watch-journey'

export const dynamic = 'force-dynamic'

export const GET = defineRoute({
  action: 'journey.stream',
  input: followInput,
  stream: async ({ viewer, request, input, lastEventId }) =>
    watchJourney(lastingContext(viewer, request), input.orderId, {
      since: lastEventId ?? input.since ?? null,
      tab: input.tab ?? null,
    }),
})

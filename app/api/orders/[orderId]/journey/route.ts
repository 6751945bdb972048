import { defineRoute } from '@/lib/http/define-route'
import { context } from '@/lib/services/context'
import { openJourney } from '@/lib/services/open-journey'
import { orderInput } from '@/lib/services/order-input'

export const dynamic = 'force-dynamic'

export const GET = defineRoute({
  action: 'journey.json',
  input: orderInput,
  answer: async ({ viewer, request, input }) => {
    const opened = await openJourney(context(viewer, request), 'journey.json', input.orderId)
    return opened.complete()
  },
})

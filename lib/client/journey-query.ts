import { queryOptions } from '@tanstack/react-query'
import { parseJourney } from '@/lib/contract/journey'

/** The journey of one order, fetched again only when somebody asks for it. */
export const journeyQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['orders', orderId, 'journey'],
    queryFn: async ({ signal }) => {
      const response = await fetch(`/api/orders/${encodeURIComponent(orderId)}/journey`, {
        signal,
        // A refresh is no person at work: it prolongs no session.
        headers: { accept: 'application/json', 'x-background': '1' },
      })
      if (!response.ok) throw new Error(`The journey could not be refreshed (${response.status})`)
      return parseJourney(await response.json())
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })

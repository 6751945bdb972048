import { queryOptions } from '@tanstack/react-query'
import { askJourney } from './ask-journey'

/** The journey of one order, fetched again only when somebody asks for it. */
export const journeyQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['orders', orderId, 'journey'],
    queryFn: ({ signal }) => askJourney(orderId, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })

import { queryOptions } from '@tanstack/react-query'
import { askJourney } from './ask-journey'

/** The journey of one order, fetched again only when somebody asks for it. */
export const journeyQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['orders', orderId, 'journey'],
    queryFn: ({ signal }) => askJourney(orderId, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })

/** The journey of another order that somebody chose to see beside theirs. */
export const chosenJourneyQuery = (orderId: string) =>
  queryOptions({
    ...journeyQuery(orderId),
    queryKey: ['orders', orderId, 'chosen'],
    queryFn: ({ signal }) => askJourney(orderId, { signal, chosen: true }),
  })

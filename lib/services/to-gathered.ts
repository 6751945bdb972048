import 'server-only'
import type { Gathered } from '@/lib/journey/journey'
import type { Beside, OrdersAnswer } from '@/lib/sources/answers'

/** All that was said of one order, for the journey to be built from. */
export const toGathered = (
  rows: OrdersAnswer,
  { facts, reports, otherOrders, same, heartbeats }: Beside,
): Omit<Gathered, 'orderId'> => ({
  facts: [...rows.facts, ...facts],
  sources: [...rows.reports, ...reports],
  otherOrders,
  same,
  heartbeats,
})

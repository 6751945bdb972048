import { movesBetween } from '@/demo/company/moments'
import type { Company } from '@/demo/company/plan-orders'
import { SECOND } from '@/demo/company/time'
import type { Emitted } from './emit'
import { orderSpans } from './order-spans'
import { looks, polls } from './traffic'

const ORDERS_AT_ONCE = 60
const LIVE = 60 * SECOND

/** The spans that end after `from` and up to `until`, in portions: an exporter knows no others. */
export function* spansBetween(company: Company, from: number, until: number): Generator<Emitted[]> {
  const { world, orders } = company
  const isThen = ({ end }: Emitted) => end > from && end <= until
  const moving = orders.filter((order) => movesBetween(order, from, until))
  for (let at = 0; at < moving.length; at += ORDERS_AT_ONCE)
    yield moving
      .slice(at, at + ORDERS_AT_ONCE)
      .flatMap((order) => orderSpans(world, order))
      .filter(isThen)
  yield polls(world, moving, from, until)
  yield looks(world, from, until)
  // While somebody watches, something moves: the present is denser than the past.
  if (until - from < LIVE) yield looks(world, from, until, 2 * SECOND)
}

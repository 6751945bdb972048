import type { Failure } from './order'
import type { Company } from './plan-orders'

/** One line for each failure of each order: what really happened, for scoring verdicts by. */
export type Truth = Failure & { readonly orderId: string; readonly scope: 'order' | 'system' }

/** The failures that have begun by `now`; one that ends later is still open. */
export const truthAt = ({ orders }: Company, now: number): readonly Truth[] =>
  orders.flatMap((order) =>
    order.failures
      .filter(({ from }) => from <= now)
      .map((failure) => ({
        orderId: order.id,
        scope: failure.id === 'FP-12' || failure.id === 'FP-15' ? 'system' : 'order',
        ...failure,
        until: failure.until !== null && failure.until <= now ? failure.until : null,
      })),
  )

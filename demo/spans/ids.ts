import type { Act, Order } from '@/demo/company/order'
import { digest } from '@/demo/company/random'

/** Ids of traces and spans follow from what they are of, so a second run writes the same ones. */
export const traceIdOf = (...of: readonly (string | number)[]): string =>
  digest(`trace/${of.join('/')}`, 32)

/** The n-th span of something. */
export const spanIdOf = (...of: readonly (string | number)[]): string =>
  digest(`span/${of.join('/')}`, 16)

/** The context that was current while the order was placed, as W3C writes it. */
export function traceparentOf(order: Order, kind: Act['kind']): string {
  const index = order.acts.findLastIndex((act) => act.kind === kind && act.error === null)
  const first =
    kind === 'partner-order'
      ? order.acts.findIndex((act) => act.kind === kind && act.error === null)
      : index
  return `00-${traceIdOf(order.id, first)}-${spanIdOf(order.id, first, 0)}-01`
}

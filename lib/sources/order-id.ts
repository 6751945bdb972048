import type { Pipeline } from '@/lib/journey/pipeline'
import { toOrderId } from '@/lib/pipeline/order-id'

type OrderIdDef = Pipeline['orderId']

const LONGEST = 128

/** The text as an order id in its canonical case, or null where it does not fit the pattern. */
export const fittingOrderId = (text: string, orderId: OrderIdDef): string | null =>
  text.length <= LONGEST ? toOrderId(text, { orderId }) : null

/** The order ids inside a text, in their canonical case. */
export const orderIdsIn = (text: string, orderId: OrderIdDef): readonly string[] =>
  (text.match(scanner(orderId)) ?? []).flatMap((id) => fittingOrderId(id, orderId) ?? [])

/** The text with every order id in it written as `{id}`. */
export const withoutOrderIds = (text: string, orderId: OrderIdDef): string =>
  text.replace(scanner(orderId), '{id}')

const scanners = new WeakMap<RegExp, RegExp>()

/** The pattern without its anchors, between two characters that belong to no word. */
function scanner({ pattern, canonical }: OrderIdDef): RegExp {
  const known = scanners.get(pattern)
  if (known) return known
  const inner = pattern.source.replace(/^\^/, '').replace(/\$$/, '')
  const flags = canonical === 'as-is' ? 'g' : 'gi'
  const made = new RegExp(`(?<![A-Za-z0-9])(?:${inner})(?![A-Za-z0-9])`, flags)
  scanners.set(pattern, made)
  return made
}

import type { Course } from './to-course'
import type { Records } from './to-records'

/** A partner's order names its partner, or came in by the channel of that name. */
export function findPlacer({ rows }: Records, { channel }: Course): 'customer' | 'partner' {
  const named = [...rows.values()].some(
    ({ attributes }) => 'partner_id' in attributes || 'partner_order_no' in attributes,
  )
  return named || channel === 'partner' ? 'partner' : 'customer'
}

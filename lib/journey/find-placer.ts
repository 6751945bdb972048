import type { Course } from './to-course'
import type { Records } from './to-records'

/** An order that names a partner is the partner's, whatever its channel says of whom it serves. */
export function findPlacer(
  { rows }: Records,
  { channel, pipeline }: Course,
): 'customer' | 'partner' {
  const named = [...rows.values()].some(
    ({ attributes }) => 'partner_id' in attributes || 'partner_order_no' in attributes,
  )
  if (named) return 'partner'
  return pipeline.channels.find(({ id }) => id === channel)?.placedBy ?? 'customer'
}

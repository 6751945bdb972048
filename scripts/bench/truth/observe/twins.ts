import type { Fact } from '@/lib/journey/fact'
import type { Same } from '@/lib/journey/journey'
import { epochMs } from '@/lib/journey/types'
import type { Truth } from '../world/truth'
import type { Sight } from './sight'

/** The other orders that its partner calls by the same number; null where no record has the number. */
export function readTwins(
  { twins }: Truth,
  sight: Sight,
  rows: readonly Fact[],
  now: number,
): Same | null {
  if (!rows.some(({ attributes }) => attributes.partner_order_no)) return null
  const silent = Object.entries(sight.databases).flatMap(([name, { state }]) =>
    state === 'down' ? [`orders:${name}`] : [],
  )
  const isShown = (createdAt: number) =>
    sight.databases.mes?.state !== 'down' && createdAt <= now - (sight.databases.mes?.lagMs ?? 0)
  return {
    by: 'number',
    silent,
    orders: twins
      .filter(({ createdAt }) => isShown(createdAt))
      .map(({ orderId, createdAt, status }) => ({
        orderId,
        facts: [
          {
            ...{ kind: 'row', id: 'row:mes:mes', source: 'orders:mes', system: 'mes', status },
            ...{ channel: 'partner', approximate: false, attributes: {}, takenAt: null },
            ...{ at: epochMs(createdAt), createdAt: epochMs(createdAt) },
            ...{ updatedAt: epochMs(createdAt), pricingStartedAt: null },
          },
        ],
      })),
  }
}

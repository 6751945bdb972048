import 'server-only'
import type { OrderPermit } from '@/lib/access/permit'
import type { Viewer } from '@/lib/access/viewer'
import { type EpochMs, epochMs } from '@/lib/journey/types'
import { reachStore } from './reach-store'
import { type StoreContext, storeContext } from './store-context'

const KEPT = 20

export type RecentOrder = { readonly orderId: string; readonly seenAt: EpochMs }

/** Puts the permitted order on top of its viewer's own list, which keeps the newest twenty. */
export async function rememberOrder(
  { viewer: { issuer, subject }, resource }: OrderPermit,
  { db, now }: StoreContext = storeContext(),
): Promise<void> {
  const orderId = resource.id
  const seenAt = new Date(now())
  await reachStore(async () => {
    await db.recentOrder.upsert({
      where: { issuer_subject_orderId: { issuer, subject, orderId } },
      create: { issuer, subject, orderId, seenAt },
      update: { seenAt },
    })
    const [last] = await db.recentOrder.findMany({
      where: { issuer, subject },
      orderBy: [{ seenAt: 'desc' }, { orderId: 'asc' }],
      skip: KEPT - 1,
      take: 1,
    })
    if (last)
      await db.recentOrder.deleteMany({
        where: {
          issuer,
          subject,
          OR: [
            { seenAt: { lt: last.seenAt } },
            { seenAt: last.seenAt, orderId: { gt: last.orderId } },
          ],
        },
      })
  })
}

/** A person's own orders, the last one first; at most 20. */
export async function findRecentOrders(
  { issuer, subject }: Pick<Viewer, 'issuer' | 'subject'>,
  limit: number,
  { db }: Pick<StoreContext, 'db'> = storeContext(),
): Promise<readonly RecentOrder[]> {
  const rows = await reachStore(() =>
    db.recentOrder.findMany({
      where: { issuer, subject },
      orderBy: [{ seenAt: 'desc' }, { orderId: 'asc' }],
      take: Math.min(limit, KEPT),
    }),
  )
  return rows.map(({ orderId, seenAt }) => ({ orderId, seenAt: epochMs(seenAt.getTime()) }))
}

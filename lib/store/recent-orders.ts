import 'server-only'
import type { ListPermit, OrderPermit } from '@/lib/access/permit'
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
  const seenAt = new Date(now())
  // One statement, because it is on the way of every look-up. The deletion does not see what is put beside it.
  await reachStore(
    () => db.$executeRaw`
      with put as (
        insert into store.recent_order (issuer, subject, order_id, seen_at)
        values (${issuer}, ${subject}, ${resource.id}, ${seenAt})
        on conflict (issuer, subject, order_id) do update set seen_at = excluded.seen_at
      ), kept as (
        select order_id from store.recent_order
        where issuer = ${issuer} and subject = ${subject} and order_id <> ${resource.id}
        order by seen_at desc, order_id limit ${KEPT - 1}
      )
      delete from store.recent_order
      where issuer = ${issuer} and subject = ${subject} and order_id <> ${resource.id}
        and order_id not in (select order_id from kept)`,
  )
}

/** The own orders of the permitted viewer, the last one first; at most 20. */
export async function findRecentOrders(
  { viewer: { issuer, subject } }: ListPermit,
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

import 'server-only'
import { findRecentOrders, type RecentOrder } from '@/lib/store/recent-orders'
import type { Context } from './context'

const SHOWN = 10

/** The orders this viewer opened last, the newest first: their own list, and nobody else's. Throws what the gate throws. */
export async function listRecentOrders({
  viewer,
  request,
  permit,
}: Pick<Context, 'viewer' | 'request' | 'permit'>): Promise<readonly RecentOrder[]> {
  const list = { type: 'list', id: 'recent' } as const
  return findRecentOrders(await permit(viewer, request, 'preferences.own', list), SHOWN)
}

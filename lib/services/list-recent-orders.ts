import 'server-only'
import { findRecentOrders, type RecentOrder } from '@/lib/store/recent-orders'
import type { Context } from './context'

const SHOWN = 10

/** The orders this viewer opened last, the newest first: their own list, and nobody else's. */
export const listRecentOrders = ({ viewer }: Context): Promise<readonly RecentOrder[]> =>
  findRecentOrders(viewer, SHOWN)

import 'server-only'
import { reachStore } from './reach-store'
import { type StoreContext, storeContext } from './store-context'

const KEPT_MS = 3_600_000
const MOST = 1_000

/**
 * Deletes what is left of sessions that ended more than an hour ago: at most 1,000 at once, the rest next time.
 * Answers how many. One gone idle is kept until it expires: signing out still needs its token.
 */
export async function deleteEndedSessions(
  { db, now }: StoreContext = storeContext(),
): Promise<number> {
  const before = { lt: new Date(now() - KEPT_MS) }
  const { count } = await reachStore(() =>
    db.authSession.deleteMany({
      where: { OR: [{ expiresAt: before }, { revokedAt: before }] },
      limit: MOST,
    }),
  )
  return count
}

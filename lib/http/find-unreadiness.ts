import 'server-only'
import { db } from '@/lib/db'
import { audit } from '@/lib/store/audit/record'
import { held } from './held'

/** What keeps this process from answering people: `draining`, `audit` or `store`; null where nothing does. */
export async function findUnreadiness(): Promise<'draining' | 'audit' | 'store' | null> {
  if (held().draining) return 'draining'
  if (!audit().ready()) return 'audit'
  const answered = await db().$queryRaw`select 1`.then(
    () => true,
    () => false, // Whatever the reason, the store does not answer.
  )
  return answered ? null : 'store'
}

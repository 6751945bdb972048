import 'server-only'
import { isAppError } from '@/lib/errors'
import { requireEntry } from './require-entry'
import { requireViewer } from './require-viewer'

/** Whether somebody is signed in, and may come in. Throws only while the store is silent. */
export async function findEntrant(): Promise<'nobody' | 'without-role' | 'welcome'> {
  try {
    requireEntry(await requireViewer())
    return 'welcome'
  } catch (error) {
    if (isAppError(error) && error.code === 'unauthenticated') return 'nobody'
    if (isAppError(error) && error.code === 'forbidden') return 'without-role'
    throw error
  }
}

import 'server-only'
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import type { Viewer } from '@/lib/access/viewer'
import { isAppError } from '@/lib/errors'
import { toRequestInfo } from '@/lib/http/request-info'
import { touchSession } from '@/lib/store/sessions'
import { readViewer } from './read-viewer'
import { findSessionId } from './session-cookie'

/**
 * Who asks; throws `unauthenticated` unless a session stands. A person's own doing keeps it alive, a
 * refetch does not. A person without a role is a viewer, too: `requireEntry` is for everything else.
 * A layout and its page ask in one request: the session is read and marked once.
 */
export const requireViewer = cache(async (): Promise<Viewer> => {
  const sessionId = await findSessionId((await cookies()).getAll())
  const viewer = await readViewer(sessionId)
  if (!toRequestInfo(await headers()).background)
    await touchSession(viewer.sessionId).catch(unlessSilent)
  return viewer
})

/** The session was honoured from memory: there is nothing to mark it in. */
function unlessSilent(error: unknown): void {
  if (!isAppError(error) || error.code !== 'unavailable') throw error
}

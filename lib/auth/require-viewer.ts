import 'server-only'
import { cookies, headers } from 'next/headers'
import type { Viewer } from '@/lib/access/viewer'
import { readEnv } from '@/lib/env'
import { isAppError, UnauthenticatedError } from '@/lib/errors'
import { toRequestInfo } from '@/lib/http/request-info'
import { loadPipeline } from '@/lib/pipeline/load-pipeline'
import { findStandingSession, touchSession } from '@/lib/store/sessions'
import { isStrong } from './is-strong'
import { findSessionId } from './session-cookie'

/**
 * Who asks; throws `unauthenticated` unless a session stands. A person's own doing keeps it alive, a
 * refetch does not. A person without a role is a viewer, too: `requireEntry` is for everything else.
 */
export async function requireViewer(): Promise<Viewer> {
  const sessionId = await findSessionId((await cookies()).getAll())
  const session = sessionId ? await findStandingSession(sessionId) : null
  if (!session) throw new UnauthenticatedError('Sign in first')
  if (loadPipeline(readEnv().pipelineFile).requireMfa && !isStrong(session.amr))
    throw new UnauthenticatedError('Sign in with a second factor')

  if (!toRequestInfo(await headers()).background) await touchSession(session.id).catch(unlessSilent)
  const { id, issuer, subject, name, roles, scope } = session
  return { issuer, subject, name, roles, scope, sessionId: id }
}

/** The session was honoured from memory: there is nothing to mark it in. */
function unlessSilent(error: unknown): void {
  if (!isAppError(error) || error.code !== 'unavailable') throw error
}

import 'server-only'
import type { Viewer } from '@/lib/access/viewer'
import { UnauthenticatedError } from '@/lib/errors'
import { lacksFactor } from './lacks-factor'
import { standingSession } from './standing-session'

/** Who is behind a session now; throws `unauthenticated` unless it stands. Looking does not keep it alive. */
export async function readViewer(sessionId: string | null): Promise<Viewer> {
  const session = sessionId ? await standingSession(sessionId) : null
  if (!session) throw new UnauthenticatedError('Sign in first')
  if (lacksFactor(session)) throw new UnauthenticatedError('Sign in with a second factor')

  const { id, issuer, subject, name, roles, scope } = session
  return { issuer, subject, name, roles, scope, sessionId: id }
}

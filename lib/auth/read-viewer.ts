import 'server-only'
import type { Viewer } from '@/lib/access/viewer'
import { UnauthenticatedError } from '@/lib/errors'
import { findStandingSession } from '@/lib/store/sessions'
import { lacksFactor } from './lacks-factor'

/** Who is behind a session now; throws `unauthenticated` unless it stands. Looking does not keep it alive. */
export async function readViewer(sessionId: string | null): Promise<Viewer> {
  const session = sessionId ? await findStandingSession(sessionId) : null
  if (!session) throw new UnauthenticatedError('Sign in first')
  if (lacksFactor(session)) throw new UnauthenticatedError('Sign in with a second factor')

  const { id, issuer, subject, name, roles, scope } = session
  return { issuer, subject, name, roles, scope, sessionId: id }
}

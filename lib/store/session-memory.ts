import 'server-only'
import type { EpochMs } from '@/lib/journey/types'
import type { StandingSession } from './sessions'

const HONOURED_MS = 60_000
const MOST = 5_000

type Remembered = { readonly session: StandingSession; readonly readAt: EpochMs }

// On globalThis, so that a session ended by a route is forgotten by the pages too.
const held = globalThis as { sessionMemory?: Map<string, Remembered> }

const memory = () => {
  held.sessionMemory ??= new Map()
  return held.sessionMemory
}

/** Keeps a session as the store just showed it. */
export function rememberSession(session: StandingSession, readAt: EpochMs): void {
  memory().delete(session.id)
  memory().set(session.id, { session, readAt })
  if (memory().size <= MOST) return
  const [oldest] = memory().keys()
  if (oldest) memory().delete(oldest)
}

export const forgetSession = (id: string): boolean => memory().delete(id)

/** A session seen within the last minute, for as long as the store is silent; null after that. */
export function recallSession(id: string, now: EpochMs): StandingSession | null {
  const remembered = memory().get(id)
  if (!remembered || now - remembered.readAt > HONOURED_MS) return null
  return remembered.session.expiresAt > now ? remembered.session : null
}

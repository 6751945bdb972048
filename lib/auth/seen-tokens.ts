import 'server-only'

const KEPT_MS = 10 * 60_000
const MOST = 10_000

/** Remembers token ids for longer than a token is taken. On one process: ending an ended session is harmless. */
export function createSeenTokens(now: () => number) {
  const seen = new Map<string, number>()

  /** False for an id that was here before. */
  return function isNew(jti: string): boolean {
    for (const [known, at] of seen) {
      if (now() - at < KEPT_MS && seen.size < MOST) break // in order of arrival
      seen.delete(known)
    }
    if (seen.has(jti)) return false
    seen.set(jti, now())
    return true
  }
}

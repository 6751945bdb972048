import 'server-only'
import crypto from 'node:crypto'
import type { EpochMs } from '@/lib/journey/types'
import type { AuditEntry } from './audit-row'

const WINDOW_MS = 60_000
const IN_FULL = 10
const MOST_KEYS = 10_000

type Window = { readonly first: AuditEntry; count: number; untold: number }

/** Which entries need a row of their own. Holds at most 10,000 keys of each kind. */
export type Thinning = {
  /** False where a summary will count this refusal. */
  needsRow(refusal: AuditEntry): boolean
  /** True for what the same session saw less than a minute ago: a poll. */
  isPoll(access: AuditEntry): boolean
  /** The row of this access is durable: from now on the same again is a poll. */
  seen(access: AuditEntry): void
  /** One entry per key whose minute is over and that was refused more than ten times; all keys with `atOnce`. */
  summaries(now: EpochMs, atOnce?: boolean): readonly AuditEntry[]
}

/**
 * Thins out repetition, so that a flood can neither fill the disk nor hide anything in it.
 *
 *   refusals of one key   1 2 … 10 | 11 … 5,000 |  minute over
 *   rows                  1 2 … 10 |            |  one summary: 4,990
 */
export function createThinning(): Thinning {
  const windows = new Map<string, Window>()
  const lastSeen = new Map<string, EpochMs>()
  let due: AuditEntry[] = []

  return {
    needsRow(refusal) {
      const key = windowFor(refusal)
      const window = windows.get(key)
      if (!window || refusal.ts - window.first.ts >= WINDOW_MS) {
        close(key, refusal.ts)
        windows.set(key, { first: refusal, count: 1, untold: 0 })
        return true
      }
      window.count++
      if (window.count <= IN_FULL) return true
      window.untold++
      return false
    },
    isPoll(access) {
      const key = pollKey(access)
      const last = key === null ? undefined : lastSeen.get(key)
      if (key === null || last === undefined || access.ts - last >= WINDOW_MS) return false
      lastSeen.set(key, access.ts)
      return true
    },
    seen(access) {
      const key = pollKey(access)
      if (key === null) return
      lastSeen.delete(key) // To the end: the map forgets the oldest first.
      lastSeen.set(key, access.ts)
      const [oldest] = lastSeen.keys()
      if (lastSeen.size > MOST_KEYS && oldest !== undefined) lastSeen.delete(oldest)
    },
    summaries(now, atOnce = false) {
      for (const [key, { first }] of windows)
        if (atOnce || now - first.ts >= WINDOW_MS) close(key, now)
      const taken = due
      due = []
      return taken
    },
  }

  /** Its own key; one for everybody where a flood has used up the keys. */
  function windowFor(refusal: AuditEntry): string {
    const key = refusalKey(refusal)
    return windows.has(key) || windows.size < MOST_KEYS ? key : 'everybody'
  }

  function close(key: string, now: EpochMs) {
    const window = windows.get(key)
    windows.delete(key)
    if (!window?.untold) return
    due.push({
      ...window.first,
      ts: now,
      id: crypto.randomUUID(),
      firstId: window.first.id,
      phase: 'summary',
      resourceId: null,
      idCount: window.untold,
    })
  }
}

/** Without the object: somebody who tries a thousand order ids is one key, not a thousand. */
const refusalKey = ({ actorIss, actorSub, ip, action, reason }: AuditEntry): string =>
  JSON.stringify([actorIss, actorSub, ip, action, reason])

const pollKey = ({ sessionHash, action, resourceType, resourceId }: AuditEntry): string | null =>
  sessionHash && JSON.stringify([sessionHash, action, resourceType, resourceId])

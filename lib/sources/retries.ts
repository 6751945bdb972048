import type { EpochMs } from '@/lib/journey/types'

const CALLS = 100
const SHARE = 0.1
const PAUSE_FROM_MS = 50
const PAUSE_SPREAD_MS = 150
/** A source may ask for silence, but not for ever. */
const LONGEST_REST_MS = 30_000
/** For one that says it is too much and not for how long. */
const SHORTEST_REST_MS = 1_000

/** What one source may be asked twice, and when it wants to be left alone. Once per source and process. */
export type Retries = {
  /** Counts a first call. */
  begin(): void
  /** Whether a call may be made once more: at most every tenth of the last 100, and always one. Takes it. */
  take(): boolean
  /** How long to wait before it, in milliseconds. */
  pauseMs(): number
  /** The source said 429, with this `Retry-After`. */
  rest(retryAfter: string | null): void
  isResting(): boolean
}

/** `random` gives numbers from 0 to 1, as `Math.random`. */
export function createRetries(now: () => EpochMs, random: () => number = Math.random): Retries {
  let calls: { retried: boolean }[] = []
  let restsUntil = Number.NEGATIVE_INFINITY

  return {
    begin() {
      calls = [...calls, { retried: false }].slice(-CALLS)
    },
    take() {
      const retried = calls.filter((call) => call.retried).length
      const last = calls.findLast((call) => !call.retried)
      if (!last || retried >= Math.max(1, Math.floor(calls.length * SHARE))) return false
      last.retried = true
      return true
    },
    pauseMs: () => PAUSE_FROM_MS + random() * PAUSE_SPREAD_MS,
    rest(retryAfter) {
      const asked = toMs(retryAfter, now())
      const ms = Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, asked))
      restsUntil = Math.max(restsUntil, now() + ms)
    },
    isResting: () => now() < restsUntil,
  }
}

/** Seconds, or an HTTP date; what is neither asks for nothing. */
function toMs(retryAfter: string | null, now: EpochMs): number {
  if (retryAfter === null) return 0
  if (/^\s*[0-9]{1,9}\s*$/.test(retryAfter)) return Number(retryAfter) * 1_000
  const until = Date.parse(retryAfter)
  return Number.isNaN(until) ? 0 : until - now
}

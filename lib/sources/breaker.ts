import type { EpochMs } from '@/lib/journey/types'

export type BreakerLimits = {
  /** Failures in a row that open it. */
  readonly inARow: number
  /** Of this many calls within `withinMs`, half failed: open. */
  readonly sample: number
  readonly withinMs: number
  readonly openMs: number
}

export const BREAKER_LIMITS: BreakerLimits = {
  inARow: 5,
  sample: 20,
  withinMs: 10_000,
  openMs: 10_000,
}

export type BreakerState = 'closed' | 'open' | 'probing'

/** Which turn of the breaker a call went out in. */
export type Pass = number

export type Breaker = {
  /** A pass for one call, or null; after `openMs` exactly one is given, as a probe. */
  tryPass(): Pass | null
  /** Whether a call would be refused now. Asks without becoming the probe. */
  refuses(): boolean
  /** `succeeded: null`: the call says nothing of the source's health. */
  record(pass: Pass, succeeded: boolean | null): void
  state(): BreakerState
}

/**
 * Stops asking a source that keeps failing.
 *
 *   closed ──5 in a row, or half of 20 in 10 s──▶ open ──10 s──▶ probing ──failed──▶ open
 *      ▲                                                            │
 *      └────────────────────────succeeded───────────────────────────┘
 */
export function createBreaker(
  now: () => EpochMs,
  { inARow, sample, withinMs, openMs }: BreakerLimits = BREAKER_LIMITS,
): Breaker {
  let calls: { readonly at: number; readonly succeeded: boolean }[] = []
  let failures = 0
  let openedAt: number | null = null
  let probing = false
  let turn: Pass = 0

  const open = () => {
    turn += 1
    openedAt = now()
    calls = []
    failures = 0
  }

  const refuses = () => openedAt !== null && (probing || now() - openedAt < openMs)

  return {
    refuses,
    tryPass() {
      if (refuses()) return null
      probing = openedAt !== null
      if (probing) turn += 1
      return turn
    },
    record(pass, succeeded) {
      // Calls that were already out when it opened say nothing new.
      if (pass !== turn) return
      if (openedAt !== null) {
        probing = false
        if (succeeded === true) openedAt = null
        if (succeeded === false) open()
        return
      }
      if (succeeded === null) return

      const at = now()
      failures = succeeded ? 0 : failures + 1
      calls = [...calls, { at, succeeded }].slice(-sample).filter((call) => at - call.at < withinMs)
      const failed = calls.filter((call) => !call.succeeded).length
      if (failures >= inARow || (calls.length >= sample && failed * 2 >= sample)) open()
    },
    state() {
      if (openedAt === null) return 'closed'
      return probing ? 'probing' : 'open'
    },
  }
}

import { isSourceError, SourceError, type SourceFault } from '@/lib/errors'
import type { EpochMs } from '@/lib/journey/types'
import { type BreakerLimits, createBreaker, type Pass } from './breaker'
import type { Guard } from './guard'
import { createSlots } from './slots'

export type GuardConfig = {
  /** As in `SourceReport.source`. */
  readonly source: string
  readonly now: () => EpochMs
  readonly inFlight?: number
  readonly waiting?: number
  /** How long a call may wait for its turn. */
  readonly waitMs?: number
  /** How long an answer is shared after it came. */
  readonly shareMs?: number
  readonly breaker?: BreakerLimits
  /** Told when calls begin to be refused, with the last failure, and when they go out again. */
  readonly onTurn?: (state: 'open' | 'closed', fault: SourceFault | null) => void
}

type Flight = {
  readonly answer: Promise<unknown>
  /** null: still in the air. */
  landedAt: EpochMs | null
}

/** What says that the source is ill; the rest is our own refusal, or one answer that is too big. */
const ILLNESS: readonly SourceFault[] = ['timeout', 'unreachable', 'rejected', 'malformed']

const judge = (cause: unknown): [false | null, SourceFault | null] => {
  const fault = isSourceError(cause) ? cause.fault : null
  return [fault && ILLNESS.includes(fault) ? false : null, fault]
}

/** The bulkhead, the flights and the breaker of one source. Hang it on `globalThis`: once per process. */
export function createGuard(config: GuardConfig): Guard {
  const { source, now, inFlight = 8, waiting = 256, waitMs = 2_000, shareMs = 5_000 } = config
  const slots = createSlots({ source, inFlight, waiting, waitMs })
  const breaker = createBreaker(now, config.breaker)
  const flights = new Map<string, Flight>()
  let silentSince: EpochMs | null = null

  async function call<T>(work: () => Promise<T>): Promise<T> {
    if (breaker.refuses()) throw new SourceError(source, 'open')
    return slots.use(async () => {
      const pass = breaker.tryPass()
      if (pass === null) throw new SourceError(source, 'open')
      try {
        const answer = await work()
        record(pass, true)
        return answer
      } catch (cause) {
        record(pass, ...judge(cause))
        throw cause
      }
    })
  }

  function record(pass: Pass, succeeded: boolean | null, fault: SourceFault | null = null): void {
    if (succeeded === true) silentSince = null
    if (succeeded === false) silentSince ??= now()
    const before = breaker.state()
    breaker.record(pass, succeeded)
    const after = breaker.state()
    if (after === before || after === 'probing') return
    if (before === 'closed' || after === 'closed') config.onTurn?.(after, fault)
  }

  return {
    run<T>(key: string, work: () => Promise<T>): Promise<T> {
      dropOld()
      const known = flights.get(key)
      // One key is always asked for with one type: that is what a key means.
      if (known) return known.answer as Promise<T>

      const answer = call(work)
      const flight: Flight = { answer, landedAt: null }
      flights.set(key, flight)
      answer.then(
        () => {
          flight.landedAt = now()
          setTimeout(dropOld, shareMs + 1).unref()
        },
        () => flights.delete(key),
      )
      return answer
    },
    state: breaker.state,
    silentSince: () => silentSince,
  }

  function dropOld(): void {
    for (const [key, { landedAt }] of flights)
      if (landedAt !== null && now() - landedAt >= shareMs) flights.delete(key)
  }
}

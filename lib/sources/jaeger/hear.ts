import { isSourceError, SourceError } from '@/lib/errors'
import type { Heartbeat } from '@/lib/journey/heartbeat'
import type { EpochMs } from '@/lib/journey/types'
import type { Listening } from '../answers'
import type { Guard } from '../guard'
import { createSlots } from '../slots'

/** How long what was heard is good for everybody. */
const KEPT_MS = 60_000
/** A trace store that did not answer is not asked again by each who comes. */
const SILENT_MS = 10_000
/** A page waits no longer; what comes later serves the next. */
export const HEAR_TIMEOUT_MS = 1_000
/** Calls of this kind that are out at once: pages come first. */
const AT_ONCE = 2

type Rules = {
  readonly guard: Guard
  readonly now: () => EpochMs
  /** One small search. Throws `SourceError`. */
  readonly search: (asked: Listening, signal: AbortSignal) => Promise<readonly Heartbeat[]>
  readonly timeoutMs?: number
}

type Heard = { readonly at: EpochMs; readonly keptMs: number; readonly beats: readonly Heartbeat[] }

/**
 * Remembers what the services were heard doing: one question a minute for each service and kind of work, however
 * many pages ask. What is not answered in time is silence, and no failure of the trace store.
 *
 *   pages     a   b c      d              e
 *   asked     ■──┐         ·              ■──     d: known for a minute
 *   answered     └ a b c
 */
export function createHearing({ guard, now, search, timeoutMs = HEAR_TIMEOUT_MS }: Rules) {
  const known = new Map<string, Heard>()
  const asking = new Map<string, Promise<void>>()
  const slots = createSlots({ source: 'jaeger', inFlight: AT_ONCE, waiting: 64, waitMs: timeoutMs })

  async function ask(asked: Listening): Promise<readonly Heartbeat[]> {
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      return await search(asked, signal)
    } catch (cause) {
      // Our own impatience says nothing of the source.
      if (signal.aborted && isSourceError(cause)) throw new SourceError('jaeger', 'busy', cause)
      throw cause
    }
  }

  async function hearOne(asked: Listening): Promise<void> {
    const key = toKey(asked)
    try {
      // Our own turn first: whoever waits here keeps no page from the trace store.
      const beats = await slots.use(() => guard.run(key, () => ask(asked)))
      known.set(key, { at: now(), keptMs: KEPT_MS, beats })
    } catch (error) {
      if (!isSourceError(error)) throw error
      known.set(key, { at: now(), keptMs: SILENT_MS, beats: [] })
    } finally {
      asking.delete(key)
    }
  }

  function once(asked: Listening): Promise<void> {
    const key = toKey(asked)
    const before = known.get(key)
    if (before && now() - before.at < before.keptMs) return Promise.resolve()
    const flight = asking.get(key) ?? hearOne(asked)
    asking.set(key, flight)
    return flight
  }

  return async function hear(asked: readonly Listening[]): Promise<readonly Heartbeat[]> {
    if (asked.length === 0) return []
    await within(timeoutMs, Promise.all(asked.map(once)))
    return asked.flatMap((one) => known.get(toKey(one))?.beats ?? [])
  }
}

const toKey = ({ service, work }: Listening) => `hear:${service}:${work}`

/** Until the work is done, or the time is over. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const patience = new Promise<void>((done) => {
    timer = setTimeout(done, ms)
  })
  await Promise.race([work, patience])
  clearTimeout(timer)
}

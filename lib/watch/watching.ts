import 'server-only'
import { readEnv } from '@/lib/env'
import { epochMs } from '@/lib/journey/types'
import { logError } from '@/lib/log-error'
import type { Ending } from './follow'
import { createHub, type Hub } from './hub'
import type { Clock, Rhythm } from './rhythm'
import { createSeats, type Seats } from './seats'

type Watching = {
  readonly hub: Hub
  readonly seats: Seats
  /** How to end the stream of one tab of a browser: its next one takes its place. */
  readonly tabs: Map<string, (why: Ending) => void>
  readonly clock: Clock
  readonly rhythm: Rhythm
}

const LIMITS = { perPerson: 5, perProcess: 1_000 }

const clock: Clock = {
  now: () => epochMs(Date.now()),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  chance: Math.random,
}

// On globalThis, because a production build holds several copies of a module.
const held = globalThis as { orderJourneyWatching?: Watching }

/** Everything that is being watched in this process. */
export function watching(): Watching {
  held.orderJourneyWatching ??= begin(readEnv().watch)
  return held.orderJourneyWatching
}

const begin = (rhythm: Rhythm): Watching => ({
  hub: createHub({ clock, rhythm, onError: logError }),
  seats: createSeats(LIMITS),
  tabs: new Map(),
  clock,
  rhythm,
})

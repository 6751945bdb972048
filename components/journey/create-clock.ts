/** A moment that goes on, and whoever wants to know. */
export type Clock = {
  /** Stands still between two beats. */
  readonly now: () => number
  /** The server has told a newer moment. */
  readonly set: (now: number) => void
  readonly subscribe: (run: () => void) => () => void
}

const BEAT_MS = 1_000

/** One timer for all who listen, and none while nobody does. It counts by a stopwatch and never by a date. */
export function createClock(start: number, stopwatch = () => performance.now()): Clock {
  const listeners = new Set<() => void>()
  let told = { now: start, at: stopwatch() }
  let now = start
  let timer: ReturnType<typeof setInterval> | undefined

  function beat() {
    now = told.now + stopwatch() - told.at
    for (const run of listeners) run()
  }
  return {
    now: () => now,
    set(next) {
      if (next === told.now) return
      told = { now: next, at: stopwatch() }
      beat()
    },
    subscribe(run) {
      listeners.add(run)
      timer ??= setInterval(beat, BEAT_MS)
      return () => {
        listeners.delete(run)
        if (listeners.size > 0) return
        clearInterval(timer)
        timer = undefined
      }
    },
  }
}

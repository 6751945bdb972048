/** Waits until others have had their turn, where the last wait was some milliseconds ago; else not at all. */
export type Breath = () => Promise<void>

/** For work that would hold the event loop for long: it calls this between its steps. */
export function createBreath(everyMs = 5): Breath {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < everyMs) return
    await new Promise((resolve) => setImmediate(resolve))
    last = performance.now()
  }
}

/** How many pieces of work are done before the time is looked at. */
const AT_ONCE = 100

/** The list with `work` done on each, others having their turn in between. */
export async function inTurns<T, R>(items: readonly T[], work: (item: T) => R): Promise<R[]> {
  const breathe = createBreath()
  const done: R[] = []
  for (const [index, item] of items.entries()) {
    if (index % AT_ONCE === 0) await breathe()
    done.push(work(item))
  }
  return done
}

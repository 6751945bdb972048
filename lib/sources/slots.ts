import { SourceError } from '@/lib/errors'

export type Slots = {
  /** Runs `work` when a slot is free. Refuses with `busy` when the queue is full or the wait too long. */
  use<T>(work: () => Promise<T>): Promise<T>
}

type Limits = {
  readonly source: string
  readonly inFlight: number
  readonly waiting: number
  readonly waitMs: number
}

/** At most `inFlight` pieces of work at once, and a bounded queue of those that wait, first come first served. */
export function createSlots({ source, inFlight, waiting, waitMs }: Limits): Slots {
  const queue: (() => void)[] = []
  let running = 0

  async function enter(): Promise<void> {
    if (running < inFlight) {
      running += 1
      return
    }
    if (queue.length >= waiting) throw new SourceError(source, 'busy')
    await new Promise<void>((enterNow, refuse) => {
      const start = () => {
        clearTimeout(patience)
        enterNow()
      }
      const patience = setTimeout(() => {
        queue.splice(queue.indexOf(start), 1)
        refuse(new SourceError(source, 'busy'))
      }, waitMs)
      queue.push(start)
    })
  }

  // A slot is handed to the next in the queue without being free in between.
  function leave(): void {
    const next = queue.shift()
    if (next) next()
    else running -= 1
  }

  return {
    async use(work) {
      await enter()
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}

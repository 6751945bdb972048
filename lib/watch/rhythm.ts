import type { EpochMs } from '@/lib/journey/types'

/** How often what is done for an open order; all in milliseconds. */
export type Rhythm = {
  readonly rowsMs: number
  readonly tracesMs: number
  /** The longest a right that was taken away is still honoured. */
  readonly checkMs: number
}

/** Where time comes from, and what happens later. */
export type Clock = {
  readonly now: () => EpochMs
  /** Runs once after so many milliseconds, unless it is called off by what is returned. */
  readonly after: (ms: number, run: () => void) => () => void
  /** From 0 to 1, so that what began together does not go on together. */
  readonly chance: () => number
}

/** Guards share an answer that long after it came: whoever asks earlier gets the same one again. */
const LANDED_MS = 50

/** When to ask again: counted from the answer, and up to a tenth later, so that many orders do not beat together. */
export const toNextReading = (everyMs: number, { chance }: Pick<Clock, 'chance'>): number =>
  everyMs + LANDED_MS + Math.floor((chance() * everyMs) / 10)

/** When to look at rights again: up to a fifth earlier, never later, and with time left for the look itself. */
export const toNextCheck = (checkMs: number, { chance }: Pick<Clock, 'chance'>): number =>
  Math.floor(checkMs * (0.9 - chance() / 5))

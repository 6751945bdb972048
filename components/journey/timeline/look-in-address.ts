import type { Unfolded } from './axis/fold-axis'
import type { TimeWindow } from './axis/zoom-axis'
import type { ClockChoice } from './sort-lanes'

/** What of the timeline an address says. Everything else is as everybody sees it. */
export type Chosen = {
  readonly window: TimeWindow | null
  readonly unfolded: Unfolded
  readonly lanes: ReadonlySet<string>
  readonly clock: ClockChoice
}

type Read = (name: string) => string | null
type Written = Readonly<Record<string, string | null>>

/** As many gaps and lanes as a person opens; an address is not trusted. */
const MANY = 40

/** Reads an address; what makes no sense in it is left out. */
export function readLook(read: Read): Chosen {
  const from = toInstant(read('from'))
  const until = toInstant(read('to'))
  const unfold = read('unfold')
  return {
    window: from !== null && until !== null && from < until ? { from, until } : null,
    unfolded:
      unfold === 'all' ? 'all' : new Set(toParts(unfold).map(Number).filter(Number.isSafeInteger)),
    lanes: new Set(toParts(read('lanes'))),
    clock: read('clock') === 'adjusted' ? 'adjusted' : 'recorded',
  }
}

/** The window in milliseconds since 1970, exact enough that a link shows the same pixels. */
export const writeWindow = (window: TimeWindow | null): Written => ({
  from: window ? toText(window.from) : null,
  to: window ? toText(window.until) : null,
})

/** Gaps by `toGapKey`. */
export const writeUnfolded = (unfolded: Unfolded): Written => ({
  unfold: unfolded === 'all' ? 'all' : [...unfolded].join(',') || null,
})

/** Systems by their ids. */
export const writeLanes = (lanes: ReadonlySet<string>): Written => ({
  lanes: [...lanes].join(',') || null,
})

/** Recorded times are what everybody sees. */
export const writeClock = (clock: ClockChoice): Written => ({
  clock: clock === 'adjusted' ? clock : null,
})

const toText = (at: number) => String(Math.round(at * 1_000) / 1_000)

const toParts = (text: string | null) => (text ? text.split(',').slice(0, MANY) : [])

/** Milliseconds since 1970, or a moment as ISO 8601. */
function toInstant(text: string | null): number | null {
  if (!text) return null
  const at = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text)
  return Number.isFinite(at) ? at : null
}

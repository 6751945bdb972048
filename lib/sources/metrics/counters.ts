import type { CounterFact } from '@/lib/journey/fact'
import { type EpochMs, epochMs, type SystemId } from '@/lib/journey/types'
import type { Ask } from './ask'
import { DEAD_LETTERED, type FoundNames, UNROUTABLE } from './names'
import { is, isNot, select } from './promql'

/** The moments that are looked at, the newest first. */
const MOST_MOMENTS = 8
const MINUTE_MS = 60_000
/** What a minute did is in the metrics one scrape later. */
const AFTER_MS = 60_000
/** From half a minute before to the end of that scrape. */
const WINDOW_MS = 150_000

/** The minutes these moments lie in, the newest first, each once. */
export function minutesOf(moments: readonly EpochMs[], now: EpochMs): readonly EpochMs[] {
  const minutes = [...moments, now]
    .filter((at) => at > 0 && at <= now)
    .map((at) => Math.floor(at / MINUTE_MS) * MINUTE_MS)
  return [...new Set(minutes)]
    .sort((a, b) => b - a)
    .slice(0, MOST_MOMENTS)
    .map(epochMs)
}

/** Whether a minute can still change. */
export const isOver = (minute: EpochMs, now: EpochMs): boolean =>
  now >= minute + MINUTE_MS + AFTER_MS + MINUTE_MS

/** The broker's counters that rose around one minute. One question, whatever there is to count. */
export async function readCounters(
  ask: Ask,
  found: FoundNames,
  system: SystemId,
  minute: EpochMs,
  now: EpochMs,
): Promise<readonly CounterFact[]> {
  const until = epochMs(Math.min(now, minute + MINUTE_MS + AFTER_MS))
  const query = toQuery(found.counters)
  if (query === null) return []
  const series = await ask.now(query, until)
  return series.flatMap(({ labels, points: [point] }) => {
    const counter = COUNTERS.find((one) => one === labels.counter)
    const by = point?.value ?? 0
    // A rise is reckoned from two samples, and need not be whole.
    if (!counter || by < 0.5) return []
    return [
      {
        kind: 'counter',
        id: `prometheus:${counter}:${minute}`,
        source: 'prometheus',
        system,
        counter,
        queue: null,
        at: until,
        since: epochMs(until - WINDOW_MS),
        by: Math.round(by),
        attributes: {},
      },
    ]
  })
}

const COUNTERS: readonly CounterFact['counter'][] = ['unroutable', 'dead-lettered', 'discarded']

function toQuery(there: readonly string[]): string | null {
  const known = (names: readonly string[]) => names.filter((name) => there.includes(name))
  const dead = known(DEAD_LETTERED)
  const discarded = is('dead_letter_strategy', 'disabled')
  const kept = isNot('dead_letter_strategy', 'disabled')
  const parts = [
    risesOf(
      'unroutable',
      known(UNROUTABLE).map((name) => select(name)),
    ),
    risesOf(
      'dead-lettered',
      dead.map((name) => select(name, kept)),
    ),
    risesOf(
      'discarded',
      dead.map((name) => select(name, discarded)),
    ),
  ].filter((one) => one !== null)
  return parts.length > 0 ? parts.join(' or ') : null
}

/** Of several counters of one kind any may be absent, which would make a plain sum of them absent. */
function risesOf(counter: CounterFact['counter'], selectors: readonly string[]): string | null {
  if (selectors.length === 0) return null
  const each = selectors.map(
    (one, index) => `label_replace(increase(${one}[${WINDOW_MS / 1_000}s]),"of","${index}","","")`,
  )
  return `label_replace(sum(${each.join(' or ')}),"counter","${counter}","","")`
}

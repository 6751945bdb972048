import type { Heartbeat } from './heartbeat'
import { processOf } from './process-of'
import type { Records } from './to-records'
import { type EpochMs, epochMs, type SystemId } from './types'

/** When another process of the same service was first heard. */
export type Restart = { readonly at: EpochMs; readonly evidence: readonly string[] }

type View = { readonly records: Records; readonly heartbeats: readonly Heartbeat[] }

type Sign = { readonly process: string; readonly at: EpochMs; readonly id: string | null }

/**
 * Whether the process that began a run, known by its spans, was started again since: another one of its service is heard, by spans of
 * this order or by those of others, and it is not heard any more itself. Where nothing names the process, or both
 * go on side by side, nobody can say.
 *
 *     instance 1   ├── run ─ ─ ─ ─ ─ ─ ─
 *     instance 2              ♥ ├── other work ──┤        ♥ the restart
 */
export function findRestart(
  system: SystemId,
  run: readonly string[],
  { records, heartbeats }: View,
): Restart | null {
  const spans = records.spans.get(system) ?? []
  const began = spans.find(({ id }) => run.includes(id))
  const own = began && processOf(began.attributes)
  if (!began || !own) return null
  const signs: readonly Sign[] = [
    ...spans
      .filter(({ service }) => service === began.service)
      .map(({ id, at, attributes }) => ({ id, at, process: processOf(attributes) })),
    ...heartbeats
      .filter(({ service }) => service === began.service)
      .map(({ at, process }) => ({ id: null, at, process })),
  ].flatMap(({ process, ...sign }) => (process === null ? [] : [{ ...sign, process }]))
  const others = signs.filter(({ process, at }) => process !== own && at > began.at)
  const first = epochMs(Math.min(...others.map(({ at }) => at)))
  const isStillHeard = signs.some(({ process, at }) => process === own && at >= first)
  if (others.length === 0 || isStillHeard) return null
  return { at: first, evidence: others.flatMap(({ id }) => id ?? []) }
}

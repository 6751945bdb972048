import { processOf } from '../process-of'
import type { Case } from '../to-case'
import { type EpochMs, epochMs, type SystemId } from '../types'
import type { Run } from './pricing-runs'

/** When another process of the same service was first heard. */
export type Restart = { readonly at: EpochMs; readonly evidence: readonly string[] }

type Sign = { readonly process: string; readonly at: EpochMs; readonly id: string | null }

/**
 * Whether the process that began a run was started again since: another one of its service is heard, by spans of
 * this order or by those of others, and it is not heard any more itself. Where nothing names the process, or both
 * go on side by side, nobody can say.
 *
 *     instance 1   ├── run ─ ─ ─ ─ ─ ─ ─
 *     instance 2              ♥ ├── other work ──┤        ♥ the restart
 */
export function findRestart(order: Case, run: Run, system: SystemId): Restart | null {
  const spans = order.view.records.spans.get(system) ?? []
  const began = spans.find(({ id }) => run.evidence.includes(id))
  const own = began && processOf(began.attributes)
  if (!began || !own) return null
  const signs: readonly Sign[] = [
    ...spans
      .filter(({ service }) => service === began.service)
      .map(({ id, at, attributes }) => ({ id, at, process: processOf(attributes) })),
    ...order.view.heartbeats
      .filter(({ service }) => service === began.service)
      .map(({ at, process }) => ({ id: null, at, process })),
  ].flatMap(({ process, ...sign }) => (process === null ? [] : [{ ...sign, process }]))
  const others = signs.filter(({ process, at }) => process !== own && at > began.at)
  const first = epochMs(Math.min(...others.map(({ at }) => at)))
  const isStillHeard = signs.some(({ process, at }) => process === own && at >= first)
  if (others.length === 0 || isStillHeard) return null
  return { at: first, evidence: others.flatMap(({ id }) => id ?? []) }
}

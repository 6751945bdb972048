import type { Lane, SourceReport } from '@/lib/journey/journey'
import type { FactView } from '@/lib/journey/journey-view'

/** A stretch of a lane of which nothing is known: it is hatched, never left blank. */
export type Unseen = {
  readonly from: number
  readonly until: number
  readonly because: 'missing' | 'stale' | 'not-traced' | 'no-spans'
}

type Shown = { readonly from: number; readonly until: number }

/**
 * What of a lane could not be seen.
 *
 *     nothing seen at all       ╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱│now
 *     database silent           ◆────◆╱╱╱╱╱╱╱╱╱╱╱│
 *     data two hours old        ◆────◆──────╱╱╱╱╱│
 */
export function findUnseen(
  { drawnFrom, coverage }: Lane,
  facts: readonly FactView[],
  reports: readonly SourceReport[],
  { from, until }: Shown,
): readonly Unseen[] {
  const silent = reports.some(({ state }) => state === 'missing')
  if (drawnFrom.length === 0) {
    const because = silent ? 'missing' : coverage === 'traced' ? 'no-spans' : 'not-traced'
    return [{ from, until, because }]
  }

  const database = reports.find(({ source }) => source !== 'jaeger')
  if (database?.state === 'missing') {
    const last = Math.max(from, ...facts.map(({ at }) => at))
    return [{ from: last, until, because: 'missing' }]
  }
  if (database?.state === 'stale' && database.asOf !== null && database.asOf < until)
    return [{ from: Math.max(from, database.asOf), until, because: 'stale' }]
  return []
}

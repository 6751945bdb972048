import type { JourneyView } from '@/lib/journey/journey-view'
import type { WaitsFor } from '@/lib/journey/pipeline'

/** For whom or what an order waits; `unknown` where no source says it. */
export type TurnKind = WaitsFor | 'unknown'

export type Turn = { readonly kind: TurnKind; readonly from: number; readonly until: number }

/**
 * Whose turn it was from the first status to now, or to the end: without gap or overlap, so that the turns
 * add up to the order's age.
 *
 *     stages   │ draft    │ placed  │ priced    │ made …
 *     turns    │ customer │ system  │ seller    │ operator   │now
 */
export function findTurns({ stages, current, now }: JourneyView): readonly Turn[] {
  const turns: Turn[] = []
  for (const [index, { entered, left, waitsFor }] of stages.entries()) {
    if (current?.terminal && index === current.stage) break
    const until = left ?? now
    const last = turns.at(-1)
    const from = last ? last.until : entered
    if (last && entered > from) add(turns, { kind: 'unknown', from, until: entered })
    const begin = Math.max(from, entered)
    if (until > begin) add(turns, { kind: waitsFor ?? 'unknown', from: begin, until })
  }
  return turns
}

/** How long each of them had it, the longest first; milliseconds. */
export function sumTurns(
  turns: readonly Turn[],
): readonly { readonly kind: TurnKind; readonly ms: number }[] {
  const sums = new Map<TurnKind, number>()
  for (const { kind, from, until } of turns) sums.set(kind, (sums.get(kind) ?? 0) + until - from)
  return [...sums].map(([kind, ms]) => ({ kind, ms })).sort((a, b) => b.ms - a.ms)
}

function add(turns: Turn[], turn: Turn) {
  const last = turns.at(-1)
  if (last?.kind === turn.kind) turns[turns.length - 1] = { ...last, until: turn.until }
  else turns.push(turn)
}

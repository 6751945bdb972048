import 'server-only'
import type { Fact } from '@/lib/journey/fact'
import type { EpochMs } from '@/lib/journey/types'

const DAY = 86_400_000
const MOST = 6

/** When something of the order was handed on within the last day, newest first: around then counters are of interest. */
export function toMoments(facts: readonly Fact[], now: EpochMs): readonly EpochMs[] {
  const moments = facts.flatMap((fact) => {
    if (fact.kind === 'change') return [fact.sentAt ?? fact.at]
    // Without a history the row is all that tells when it was.
    return fact.kind === 'row' ? [fact.at, ...(fact.takenAt ? [fact.takenAt] : [])] : []
  })
  return [...new Set(moments)]
    .filter((at) => at <= now && now - at < DAY)
    .sort((a, b) => b - a)
    .slice(0, MOST)
}

import type { JourneyView } from '@/lib/journey/journey-view'

/** How many facts are there that were not. A queue that was read once more is no news. */
export function countNews(before: JourneyView, after: JourneyView): number {
  if (before === after) return 0
  const known = new Set(before.facts.map(({ id }) => id))
  return after.facts.filter(({ id, kind }) => kind !== 'queue' && !known.has(id)).length
}

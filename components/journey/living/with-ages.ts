import type { SourceReport } from '@/lib/journey/journey'
import type { Ages } from '@/lib/journey/journey-view'

/** The sources as they are now, where only their ages have changed since. */
export function withAges(
  sources: readonly SourceReport[],
  ages: Ages | null,
): readonly SourceReport[] {
  if (!ages) return sources
  const aged = new Map(ages.sources.map((one) => [one.source, one]))
  return sources.map((report) => ({ ...report, ...aged.get(report.source) }))
}

import type { SourceReport } from './journey'
import type { Course } from './to-course'
import type { EpochMs, SystemId } from './types'

/** How far a system's order database can be trusted. */
export type Freshness = {
  /** `orders:<database>`; null for a system without a database. */
  readonly source: string | null
  /** Its rows are those of now: it answered, not with old data. */
  readonly current: boolean
  /** What it lacks is really missing: it answered in full, up to a known moment that is now. */
  readonly fresh: boolean
  /** What should have been there before this and is not, is missing; null: nothing can be said. */
  readonly asOf: EpochMs | null
  readonly report: SourceReport | null
}

export type FreshnessOf = (system: SystemId) => Freshness

/** Looks up, for each system, the report of the database its rows are in. */
export function toFreshness(sources: readonly SourceReport[], course: Course): FreshnessOf {
  const reports = new Map(sources.map((report) => [report.source, report]))

  return (system) => {
    const database = course.system(system)?.database
    const source = database === undefined ? null : `orders:${database}`
    const report = (source === null ? null : reports.get(source)) ?? null
    const current = report?.state === 'ok' || report?.state === 'partial'
    const answered = report?.state === 'ok' || report?.state === 'stale'
    return {
      source,
      current,
      fresh: report?.state === 'ok' && report.asOf !== null,
      asOf: answered ? report.asOf : null,
      report,
    }
  }
}

import type { FileFact } from './fact'
import type { Handoff, Milestone, MilestoneReason, Stage } from './journey'
import type { MilestoneDef } from './pipeline'
import type { Course } from './to-course'
import type { FreshnessOf } from './to-freshness'
import type { Records } from './to-records'
import type { SystemId } from './types'

export type ChecklistView = {
  readonly stages: readonly Stage[]
  readonly handoffs: readonly Handoff[]
  /** What the storage says of the order's file; null: it was not asked. */
  readonly file: FileFact | null
  readonly records: Records
  readonly course: Course
  readonly freshnessOf: FreshnessOf
}

/** What a record does not show has not happened only where that record can be trusted to be of now. */
export function judgeAbsence(
  def: MilestoneDef,
  system: SystemId | null,
  { records, freshnessOf }: ChecklistView,
): Milestone {
  const row = system === null ? undefined : records.rows.get(system)
  const said = { system, evidence: row ? [row.id] : [] }
  if (system !== null) {
    const { fresh, source, report } = freshnessOf(system)
    const reason = report ? SILENT[report.state] : 'source-missing'
    if (!fresh) return toMissed(def, reason, { ...said, source })
  }
  if (records.now.length > 0) return toMissed(def, null, said)
  return toMissed(def, records.spans.size > 0 ? 'only-traces' : 'no-record', said)
}

const SILENT = {
  ok: 'age-unknown',
  missing: 'source-missing',
  'not-configured': 'source-missing',
  stale: 'source-stale',
  partial: 'source-partial',
} as const

const STATES: Partial<Record<MilestoneReason, Milestone['state']>> = {
  'handoff-open': 'not-yet',
  'file-absent': 'not-yet',
  'file-differs': 'not-yet',
  'no-file': 'not-on-path',
  ended: 'not-on-path',
  channel: 'not-on-path',
}

/** A point that is not done: not yet, unless the reason says more. */
export const toMissed = (
  { id }: MilestoneDef,
  because: MilestoneReason | null,
  about: Partial<Pick<Milestone, 'source' | 'system' | 'evidence'>> = {},
): Milestone => ({
  id,
  state: because === null ? 'not-yet' : (STATES[because] ?? 'not-seen'),
  at: null,
  approximate: null,
  because,
  source: null,
  system: null,
  evidence: [],
  ...about,
})

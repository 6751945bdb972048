import { endOf } from './find-current'
import type { Milestone } from './journey'
import { type ChecklistView, judgeAbsence, toMissed } from './judge-absence'
import type { MilestoneDef } from './pipeline'
import type { Status } from './types'

/** The columns, and the call of a storage, by which a file is known to be stored. */
const KEY = 'file_key'
const STORES = /(^|[. ])(PutObject|CompleteMultipartUpload)$/

/**
 * Whether the order's file is known to be stored: by the status that says so, the record that names it, or the
 * call that stored it. The storage itself is not asked.
 */
export function findUpload(
  def: MilestoneDef,
  status: Status | null,
  view: ChecklistView,
): Milestone {
  const { stages, records, course, freshnessOf } = view
  const channel = course.pipeline.channels.find(({ id }) => id === course.channel)
  const stay = stages.findLast((stage) => stage.status === status)
  const row = [...records.rows.values()].find(({ attributes }) => KEY in attributes)
  const stored = [...records.spans.values()]
    .flat()
    .findLast(({ name, failed }) => !failed && STORES.test(name))

  const evidence = [stay?.evidence, row?.id, stored?.id].flat().filter((id) => id !== undefined)
  if (stay || row || stored) {
    return {
      ...toMissed(def, null),
      state: 'done',
      at: stay?.entered ?? (stored ? endOf(stored) : null),
      approximate: stay ? stay.approximate : stored ? 'from-spans' : null,
      system: stay?.system ?? row?.system ?? stored?.system ?? null,
      evidence: [...new Set(evidence)],
    }
  }

  const absence = judgeAbsence(def, channel?.entry ?? null, view)
  if (absence.state !== 'not-yet') return absence
  const { source, report } = freshnessOf(channel?.entry ?? '')
  if (channel?.fileKey !== undefined) return toMissed(def, 'not-asked')
  if (report?.notKept?.includes(`orders.${KEY}`)) {
    return toMissed(def, 'not-kept', { source, system: absence.system })
  }
  const current = stages.at(-1)
  const past = current && (status === null || course.lower(status, current.status))
  if (past && channel?.orderWithoutFile === 'allowed') return toMissed(def, 'no-file')
  return current && course.terminal(current.status) ? toMissed(def, 'ended') : absence
}

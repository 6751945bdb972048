import { endOf } from './find-current'
import type { Milestone } from './journey'
import { type ChecklistView, judgeAbsence, toMissed } from './judge-absence'
import { judgeFile } from './judge-file'
import type { MilestoneDef } from './pipeline'
import type { Status } from './types'

/** The columns, and the call of a storage, by which a file is known to be stored. */
const KEY = 'file_key'
const STORES = /(^|[. ])(PutObject|CompleteMultipartUpload)$/

/**
 * Whether the order's file is known to be stored: by the storage itself, and where that gave no clear answer by
 * the status that says so, the record that names it, or the call that stored it.
 */
export function findUpload(
  def: MilestoneDef,
  status: Status | null,
  view: ChecklistView,
): Milestone {
  const { stages, records, course, freshnessOf, file } = view
  const channel = course.pipeline.channels.find(({ id }) => id === course.channel)
  const stay = stages.findLast((stage) => stage.status === status)
  const row = [...records.rows.values()].find(({ attributes }) => KEY in attributes)
  const stored = [...records.spans.values()]
    .flat()
    .findLast(({ name, failed }) => !failed && STORES.test(name))

  const word = file ? judgeFile(file, row) : 'unclear'
  if (file && (word === 'differs' || (word === 'absent' && isNeeded(view)))) {
    const evidence = [...(row ? [row.id] : []), file.id]
    return toMissed(def, `file-${word}`, { system: file.system, evidence })
  }

  const kept = word === 'same' ? file : null
  const evidence = [stay?.evidence, row?.id, stored?.id, kept?.id]
    .flat()
    .filter((id) => id !== undefined)
  if (stay || row || stored || kept) {
    return {
      ...toMissed(def, null),
      state: 'done',
      at: stay?.entered ?? (stored ? endOf(stored) : (kept?.modifiedAt ?? null)),
      approximate: stay ? stay.approximate : stored ? 'from-spans' : null,
      system: stay?.system ?? row?.system ?? stored?.system ?? kept?.system ?? null,
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

/** Once production is over its file may go: that it is no longer there proves nothing. */
function isNeeded({ stages, course }: ChecklistView): boolean {
  const { fileNeededUntil } = course.pipeline
  const current = stages.at(-1)
  if (fileNeededUntil === undefined || current === undefined) return true
  if (course.terminal(current.status)) return false
  return course.lower(current.status, fileNeededUntil)
}

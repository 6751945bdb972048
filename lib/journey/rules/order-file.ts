import type { FileFact } from '../fact'
import type { Case } from '../to-case'
import type { Attributes, EpochMs, SystemId } from '../types'

const LATER_MS = 120_000

/** What is wrong with the file of an order that still needs it; null: nothing that could be seen. */
export type FileTrouble = {
  readonly what: 'lost' | 'damaged' | 'replaced'
  readonly certainty: 'confirmed' | 'likely'
  readonly evidence: readonly string[]
}

/**
 * Looks at what the storage says of the file. One written anew with another size is another file, not a damaged one.
 *
 *     uploaded ●── 2m ──┊                       until then the storage may be behind
 *     modified               ● other size       replaced
 */
export function findFileTrouble(order: Case): FileTrouble | null {
  const file = order.view.readings.files.at(-1)
  const uploadedAt = findUploaded(order)
  if (!file || uploadedAt === null || !isNeeded(order)) return null
  const row = [...order.view.records.rows.values()].find(({ attributes }) => attributes.file_key)
  if (!row && order.channel?.fileKey === undefined) return null
  const trouble = judge(file, row?.attributes ?? {}, uploadedAt)
  return trouble && { ...trouble, evidence: [file.id, ...(row ? [row.id] : [])] }
}

function judge(file: FileFact, expected: Attributes, uploadedAt: EpochMs) {
  if (file.state === 'absent') {
    const counts = file.proven && file.askedAt >= uploadedAt + LATER_MS
    return counts ? ({ what: 'lost', certainty: 'confirmed' } as const) : null
  }
  if (file.state !== 'there' || file.size === null) return null
  const same = isSame(file.attributes.file_etag?.value, expected.file_etag?.value)
  const sized = isSame(String(file.size), expected.file_size?.value)
  if (file.size > 0 && (same ?? sized) !== false) return null
  if (file.size === 0 || !isLater(file, uploadedAt))
    return { what: 'damaged', certainty: 'confirmed' } as const
  // Two checksums that differ are two files; two sizes may be one file described wrongly.
  return { what: 'replaced', certainty: same === false ? 'confirmed' : 'likely' } as const
}

/** Who needs the file to the last; null: nobody is known who might. */
export function neededBy({ course, current }: Case): SystemId | null {
  const until = course.pipeline.fileNeededUntil
  return (until === undefined ? null : course.owner(until)) ?? current?.system ?? null
}

/** null where one of the two is not known. */
const isSame = (found: string | undefined, expected: string | undefined): boolean | null =>
  found === undefined || expected === undefined
    ? null
    : found.replaceAll('"', '') === expected.replaceAll('"', '')

/** Once it is made, a file may be thrown away. */
function isNeeded({ course, stage }: Case): boolean {
  if (!stage || course.terminal(stage.status)) return false
  const until = course.pipeline.fileNeededUntil
  return until === undefined || course.lower(stage.status, until)
}

const isLater = ({ modifiedAt }: FileFact, uploadedAt: EpochMs) =>
  modifiedAt !== null && modifiedAt > uploadedAt + LATER_MS

/** When it should have been stored: the first stay at the status that says so, or beyond it. */
function findUploaded({ course, stages }: Case): EpochMs | null {
  const reached = course.pipeline.milestones.find(({ proof }) => proof === 'file')?.reached
  const status = course.channel === null ? undefined : reached?.[course.channel]
  if (status === undefined) return null
  const first = stages.find((stay) => !course.lower(stay.status, status) && stay.known)
  return first?.entered ?? null
}

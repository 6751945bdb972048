import { findUpload } from './find-upload'
import type { Handoff, Milestone, Stage } from './journey'
import { type ChecklistView, judgeAbsence, toMissed } from './judge-absence'
import type { MilestoneDef } from './pipeline'
import type { Course } from './to-course'
import type { Status, SystemId } from './types'

/**
 * The points of the pipeline's checklist, each with what it rests on or why it cannot be ticked.
 *
 *     stages     SUBMITTED ── PRICED ── APPROVED ─ ─ now           mes silent
 *     checklist  ✓ saved      ✓ priced                              ? in production   ? sent
 *                               └ where it must be told: only once the hand-off has arrived
 */
export const toChecklist = (view: ChecklistView): readonly Milestone[] =>
  view.course.pipeline.milestones.map((def) => toMilestone(def, view))

function toMilestone(def: MilestoneDef, view: ChecklistView): Milestone {
  const { records, course } = view
  const { status, lost } = findStatus(def, course)
  if (def.proof === 'file') return findUpload(def, status, view)
  if (status === null) return toMissed(def, lost)

  const owner = course.owner(status)
  if (records.now.length === 0) return judgeAbsence(def, owner, view)
  const at = findStay(status, view)
  return at === null ? judgeRest(def, owner, view) : toDone(def, status, at, view)
}

/** The status of this order's channel; of a channel that nobody described, what all channels agree on. */
function findStatus({ reached = {} }: MilestoneDef, course: Course) {
  const known = course.pipeline.channels.some(({ id }) => id === course.channel)
  const all = [...new Set(Object.values(reached))]
  const status = known ? reached[course.channel ?? ''] : all.length === 1 ? all[0] : undefined
  return { status: status ?? null, lost: known ? 'channel' : 'unknown-channel' } as const
}

/** The stay by which it was reached for good: the first one at or past the status since any before it. */
function findStay(status: Status, { stages, course }: ChecklistView): Stage | null {
  const below = stages.findLastIndex((stage) => course.lower(stage.status, status))
  const since = stages.slice(below + 1)
  return (
    since.find((stage) => stage.status === status || course.lower(status, stage.status)) ?? null
  )
}

function toDone(def: MilestoneDef, status: Status, stay: Stage, view: ChecklistView): Milestone {
  const untold = def.told ? findUntold(status, stay, view.handoffs) : undefined
  const evidence = untold ? [...stay.evidence, ...untold.evidence] : stay.evidence
  const said = { evidence: [...new Set(evidence)], system: untold?.to ?? stay.system }
  if (untold?.state === 'open') return toMissed(def, 'handoff-open', said)
  if (untold) return toMissed(def, 'handoff-unseen', { ...said, source: untold.because })
  return {
    id: def.id,
    state: 'done',
    at: stay.entered,
    approximate: stay.approximate ?? (isExact(status, stay, view.course) ? null : 'history-gap'),
    because: null,
    source: null,
    ...said,
  }
}

/** A later status shows that it was passed, not when; where it is left out rightly, nothing is missing. */
const isExact = (status: Status, stay: Stage, { pipeline, channel }: Course) =>
  stay.status === status ||
  pipeline.channels.some(({ id, maySkip }) => id === channel && maySkip.includes(status))

const findUntold = (status: Status, stay: Stage, handoffs: readonly Handoff[]) =>
  handoffs.find(
    (one) =>
      one.status === status &&
      one.started >= stay.entered &&
      (one.state === 'open' || one.state === 'unseen'),
  )

function judgeRest(def: MilestoneDef, owner: SystemId | null, view: ChecklistView): Milestone {
  const { stages, course } = view
  const current = stages.at(-1)
  if (current && course.terminal(current.status)) return toMissed(def, 'ended')
  if (current && !current.known) return toMissed(def, 'unknown-status', { system: current.system })
  return judgeAbsence(def, owner, view)
}

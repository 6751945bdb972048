import type { ChangeFact } from '../fact'
import type { Case } from '../to-case'
import type { Status, SystemId } from '../types'
import { findFileTrouble } from './order-file'
import { found, type Said } from './rule'

/** What the records, or a record and the file, say against each other. Several may hold at once. */
export function fp11(order: Case): readonly Said[] {
  return [toFile(order), toCopyAhead(order), toTransition(order)]
}

function toFile(order: Case): Said {
  const trouble = findFileTrouble(order)
  if (!trouble) return null
  const { pricing } = order.course.pipeline
  return found('FP-11', {
    case: trouble.what === 'replaced' ? 'replaced' : 'file',
    certainty: trouble.certainty,
    level: 'warn',
    // Whose price it is.
    values: pricing ? { system: pricing.system } : {},
    evidence: trouble.evidence,
  })
}

/** A copy shows what its owner, who can be asked, never showed. */
function toCopyAhead({ disagreements, view }: Case): Said {
  const ahead = disagreements.find(({ code, fresh, owner, otherStatus }) => {
    const history = view.records.histories.get(owner)
    const complete = view.freshnessOf(owner).report?.keepsHistory !== false
    return (
      code === 'ahead' &&
      fresh &&
      complete &&
      history !== undefined &&
      !history.some(({ status }) => status === otherStatus)
    )
  })
  if (!ahead) return null
  return found('FP-11', {
    case: 'copy-ahead',
    certainty: 'confirmed',
    values: {
      from: ahead.owner,
      to: ahead.other,
      status: ahead.ownerStatus,
      other: ahead.otherStatus,
      since: ahead.since,
    },
    evidence: ahead.evidence,
  })
}

type Step = { readonly from: ChangeFact; readonly to: ChangeFact }

/** The last step that no way of the channel has, and that the record has not got over since. */
function toTransition(order: Case): Said {
  for (const record of order.view.records.now) {
    const step = findOddStep(order, record.system)
    if (!step) continue
    return found('FP-11', {
      case: 'transition',
      certainty: record.gap || record.contradicted ? 'likely' : 'confirmed',
      level: 'warn',
      values: {
        system: record.system,
        status: step.from.status,
        other: step.to.status,
        since: step.to.at,
      },
      evidence: [step.from.id, step.to.id],
    })
  }
  return null
}

function findOddStep(order: Case, system: SystemId): Step | null {
  const history = order.view.records.histories.get(system) ?? []
  let odd: Step | null = null
  for (const [at, to] of history.entries()) {
    const from = history[at - 1]
    if (!from || from.status === to.status) continue
    if (!isAllowed(order, system, { from, to })) odd = { from, to }
    else if (odd && isBeyond(order, odd, to.status)) odd = null
  }
  return odd
}

const isBeyond = ({ course }: Case, odd: Step, status: Status) =>
  course.lower(odd.from.status, status) && course.lower(odd.to.status, status)

/** The next of the way, one that may be skipped to, a further step, or a copy of what another record did before. */
function isAllowed(order: Case, system: SystemId, step: Step): boolean {
  const { course, channel, view } = order
  const [from, to] = [step.from.status, step.to.status]
  // What has no rank is never compared, and what the pipeline does not know is not judged.
  if (!channel || course.rank(from) === undefined || course.rank(to) === undefined) return true
  const { extraTransitions } = course.pipeline
  if (extraTransitions.some((one) => (one.from === '*' || one.from === from) && one.to === to))
    return true
  const [start, end] = [channel.path.indexOf(from), channel.path.indexOf(to)]
  if (start === -1 || end === -1) return true
  const others = [...view.records.histories].filter(([other]) => other !== system)
  const same = others.some(([, history]) =>
    history.some(
      (one, at) => one.at < step.to.at && one.status === to && history[at - 1]?.status === from,
    ),
  )
  if (same || !canCompare(order, system, to)) return true
  if (end < start) return false
  return channel.path
    .slice(start + 1, end)
    .every((skipped) => channel.maySkip.includes(skipped) || course.owner(skipped) !== system)
}

/** Whether a step is a copy of another record's is known only where that record can be read. */
function canCompare({ course, isFresh }: Case, system: SystemId, to: Status): boolean {
  const owner = course.owner(to)
  return owner === null || owner === system || isFresh(owner)
}

import type { Case, Passing } from '../to-case'
import { explained, found, type Rule, type Said, sureness, waysOf } from './rule'

/** Placed, and never taken by the system that should; or taken and not sent on. */
export const fp03: Rule = (order) => {
  const passing = order.passings.find(
    ({ cargo, located }) => (cargo === 'intake' || cargo === 'order') && located.place !== 'saved',
  )
  if (!passing) return null
  if (passing.cargo === 'intake') return judgeIntake(order, passing)
  if (passing.located.place !== 'not-sent' || !passing.overdue) return null
  return tell(order, passing, 'not-sent-on')
}

function judgeIntake(order: Case, passing: Passing): Said {
  const { located, overdue, mismatch } = passing
  const { place, attempts } = located
  // Two records that can be trusted prove it, wherever a call between them went.
  if (place === 'unknown' && mismatch) return tell(order, passing, 'not-taken', 'confirmed')
  if (place === 'unknown') return overdue || !isEarly(passing) ? toUnseen(order, passing) : null
  if (!overdue) return null
  if (place === 'handled-not-saved') return tell(order, passing, 'taking-failed')
  if (place !== 'in-queue' && place !== 'not-sent') return null
  return tell(order, passing, attempts.at(-1)?.failed ? 'taking-failed' : 'not-taken')
}

const isEarly = ({ located }: Passing) =>
  located.blindSpots.every(({ code }) => code === 'too-early')

function toUnseen(order: Case, { handoff }: Passing): Said {
  if (order.late) return null
  const { from, to, started, evidence } = handoff
  return explained('FP-03', 'not-seen', null, { from, to, since: started }, evidence)
}

const tell = (
  order: Case,
  passing: Passing,
  name: 'not-taken' | 'taking-failed' | 'not-sent-on',
  certainty = sureness(passing.located),
): Said =>
  found('FP-03', {
    case: name,
    certainty,
    values: waysOf(order, passing),
    evidence: [...passing.handoff.evidence, ...passing.located.evidence],
  })

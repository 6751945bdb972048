import type { Case, Passing } from '../to-case'
import { judgeClosing } from './closing'
import { found, type Rule, type Said, toMismatch, waysOf } from './rule'

/** A later change that another system has not heard of, or no longer shows; or an end that nobody wrote down. */
export const fp10: Rule = (order) => {
  const back = order.passings.find(({ located }) => located.case === 'set-back')
  if (back) return toSetBack(order, back)
  const passing = order.passings.find(({ cargo, mismatch }) => mismatch && cargo === 'news')
  if (!passing) return judgeClosing(order)
  const name = passing.evidence.hop.backward ? 'released' : 'not-replicated'
  return toMismatch('FP-10', name, order, passing)
}

/** The records prove it at once. That an older message did it is proven by its number alone. */
function toSetBack(order: Case, passing: Passing): Said {
  const { handoff, located, cargo } = passing
  if (located.certainty !== 'confirmed') return null
  const repeated = order.view.records.histories.get(handoff.to) ?? []
  const last = repeated.at(-1)
  const number = last?.attributes.message_id?.value
  const again =
    number !== undefined &&
    repeated.some((one) => one !== last && one.attributes.message_id?.value === number)
  return found('FP-10', {
    case: cargo === 'approval' ? 'set-back-approval' : 'set-back',
    certainty: 'confirmed',
    values: waysOf(order, passing),
    because: again
      ? {
          place: 'handled-not-saved',
          case: 'set-back',
          system: handoff.to,
          certainty: 'confirmed',
        }
      : null,
    evidence: [...handoff.evidence, ...located.evidence],
  })
}

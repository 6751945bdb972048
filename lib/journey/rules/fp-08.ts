import { type Rule, toMismatch } from './rule'

/** What would let the receiver begin, and has not come. One that it fell back behind is FP-10. */
export const fp08: Rule = (order) => {
  const passing = order.passings.find(
    ({ cargo, mismatch, located }) =>
      mismatch && cargo === 'approval' && located.case !== 'set-back',
  )
  return passing ? toMismatch('FP-08', 'mismatch', order, passing) : null
}

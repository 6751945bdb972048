import { type Rule, toMismatch } from './rule'

/** A price that one system has, and the one whose turn it is has not. */
export const fp07: Rule = (order) => {
  const passing = order.passings.find(({ cargo, mismatch }) => mismatch && cargo === 'price')
  return passing ? toMismatch('FP-07', 'mismatch', order, passing) : null
}

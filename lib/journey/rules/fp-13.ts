import { found, type Rule, toMismatch } from './rule'

/** An order that came in elsewhere, is priced, and was never registered; or that came in more than once. */
export const fp13: Rule = (order) => {
  const passing = order.passings.find(({ cargo, mismatch }) => mismatch && cargo === 'registration')
  if (passing) return toMismatch('FP-13', 'missing', order, passing)
  const { duplicates, stage, failedRequest: failed } = order
  const [first] = duplicates
  if (!first) return null
  return found('FP-13', {
    case: 'duplicates',
    certainty: first.certainty,
    values: { count: duplicates.length + 1 },
    evidence: [
      ...(stage?.evidence ?? []),
      ...(first.certainty === 'likely' && failed ? [failed.id] : []),
    ],
  })
}

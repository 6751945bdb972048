import type { Finding, FindingValues } from '../finding'
import type { QueueState } from '../located'
import type { Case, Passing } from '../to-case'
import { explained, found, type Rule, type Said, sureness, waysOf } from './rule'

const HALTED = new Set<QueueState>(['dead', 'stuck', 'growing'])

/** A message that waits in a queue: at once where nobody works it off, else once it has waited too long. */
export const fp04: Rule = (order) => {
  const passing = order.passings.find(
    ({ located, handoff }) => located.place === 'in-queue' && handoff.transport === 'amqp',
  )
  if (!passing) return null
  const { late, overdue } = passing
  const halted = HALTED.has(stateOf(passing))
  if (halted ? late : overdue || (order.late && late)) return toWaiting(order, passing)
  if (!ofOrder(passing) || stateOf(passing) !== 'busy') return null
  const { located, handoff } = passing
  const evidence = [...handoff.evidence, ...located.evidence]
  return explained('FP-04', 'busy', sureness(located), toValues(order, passing), evidence)
}

function toWaiting(order: Case, passing: Passing): Said {
  const { located, handoff, overdue } = passing
  const state = stateOf(passing)
  return found('FP-04', {
    case: ofOrder(passing) ? 'waiting' : 'news-waiting',
    certainty: sureness(located),
    level: overdue || HALTED.has(state) ? 'breach' : 'warn',
    values: toValues(order, passing),
    also: ALSO[state] ?? null,
    evidence: [...handoff.evidence, ...located.evidence],
  })
}

const ALSO: Partial<Record<QueueState, Finding['also']>> = { dead: 'no-consumer', stuck: 'stuck' }

/** In a queue that nobody works off. */
export const isHalted = (passing: Passing): boolean =>
  passing.located.place === 'in-queue' && HALTED.has(stateOf(passing))

const stateOf = ({ located }: Passing): QueueState => located.queue?.state ?? 'unknown'

/** The order itself waits, and not only the news of it. */
const ofOrder = ({ cargo }: Passing) => cargo === 'order' || cargo === 'approval'

function toValues(order: Case, passing: Passing): FindingValues {
  const { queue } = passing.located
  return {
    ...waysOf(order, passing),
    ...(queue?.ready ? { count: queue.ready } : {}),
    ...(queue?.headAt ? { oldest: queue.headAt } : {}),
  }
}

import type { FindingCase } from '../finding'
import { toLevel } from '../judge-limit'
import { type Case, oldestAsOf } from '../to-case'
import { epochMs } from '../types'
import { found, type Rule } from './rule'

/** Late, and nothing but a person is waited for: both sides of the last hand-off say the same. */
export const fp09: Rule = (order) => {
  const { stage, current, passing } = order
  if (!stage || !current || current.terminal || !order.late) return null
  const whose = whoseWait(order)
  if (!whose || !isSettled(order, whose)) return null

  const ends = passing ? [passing.handoff.from, passing.handoff.to] : []
  const asOf = oldestAsOf(order, [...ends, current.system])
  if (asOf === null) return null
  const level = toLevel(stage.limit, epochMs(Math.min(order.now, asOf)))
  if (level === 'ok') return null
  return found('FP-09', {
    case: whose,
    certainty: 'confirmed',
    level,
    values: {
      status: stage.status,
      since: stage.entered,
      sources: order.view.sources.filter(({ state }) => state === 'ok').map(({ source }) => source),
    },
    evidence: [...stage.evidence, ...(passing?.located.evidence ?? [])],
  })
}

/** Nothing is on its way. Of an order that nobody was handed yet, only the customer is waited for. */
function isSettled({ passing }: Case, whose: FindingCase['FP-09']): boolean {
  if (!passing) return whose === 'customer'
  return passing.located.place === 'saved' && passing.located.certainty === 'confirmed'
}

/** Whom a stay waits for; an operator who has it in work, or one who is yet to take it. */
export function whoseWait(order: Case): FindingCase['FP-09'] | null {
  const { stage, waitsFor, course } = order
  if (!stage) return null
  if (waitsFor === 'customer' || waitsFor === 'seller' || waitsFor === 'carrier') return waitsFor
  if (waitsFor !== 'operator') return null
  const next = order.next(stage.status)
  const taken = next === null || course.owner(next) === course.owner(stage.status)
  return taken ? 'operator-in-work' : 'operator'
}

import type { Attempt } from '../located'
import type { Case, Passing } from '../to-case'
import { found, type Rule, sureness, waysOf } from './rule'

const MINUTE_MS = 60_000
/** Thirty minutes is when a broker takes a message away from a consumer that has not acknowledged it. */
const TIMEOUT = { lasts: [29 * MINUTE_MS, 31 * MINUTE_MS], apart: [29 * MINUTE_MS, 32 * MINUTE_MS] }

/** A message that was set aside, or that is given back again and again. */
export const fp05: Rule = (order) => {
  const aside = order.passings.find(({ located }) => located.place === 'set-aside')
  if (aside) {
    const { located, handoff, cargo } = aside
    const news = cargo !== 'intake' && cargo !== 'order' && cargo !== 'approval'
    return found('FP-05', {
      case: news ? 'news-set-aside' : toCase(located.case),
      certainty: sureness(located),
      values: waysOf(order, aside),
      evidence: [...handoff.evidence, ...located.evidence],
    })
  }
  const loop = order.passings.find(isLoop)
  if (!loop) return null
  return found('FP-05', {
    case: 'loop',
    certainty: 'likely',
    values: {
      ...waysOf(order, loop),
      count: loop.located.attempts.length,
      ...(isPricing(order, loop) && { system: loop.handoff.to }),
    },
    evidence: loop.located.attempts.flatMap(({ evidence }) => evidence),
  })
}

/** What its receiver does with it is the calculation of a price. */
const isPricing = ({ course: { pipeline } }: Case, { handoff }: Passing) =>
  pipeline.pricing?.system === handoff.to && pipeline.pricing.within === handoff.status

const toCase = (how: Passing['located']['case']) =>
  how === 'discarded' || how === 'unroutable' ? how : 'dead-lettered'

/** Two tries that the time-out of a consumer ended; over as soon as one saved its result. */
export function isLoop({ located, cargo }: Passing): boolean {
  if (cargo !== 'order' || located.attempts.some(({ wrote, failed }) => wrote && !failed))
    return false
  const timedOut = located.attempts.filter(lasts)
  const apart = located.attempts.some((one, at) => {
    const before = located.attempts[at - 1]
    return before !== undefined && within(one.began - before.began, TIMEOUT.apart)
  })
  return timedOut.length >= 2 || apart
}

const lasts = ({ began, ended }: Attempt) => ended !== null && within(ended - began, TIMEOUT.lasts)

const within = (ms: number, [least = 0, most = 0]: readonly number[]) => ms >= least && ms <= most

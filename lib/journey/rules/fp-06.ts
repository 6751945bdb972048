// Long because its table has a row for each way in which a calculation can go.
import type { FindingCase } from '../finding'
import { limitInForce } from '../judge-limit'
import type { LimitedOperationDef } from '../pipeline'
import type { Case, Passing } from '../to-case'
import { type EpochMs, epochMs } from '../types'
import { isLoop } from './fp-05'
import { type Run, toRuns } from './pricing-runs'
import { explained, found, type Rule, type Said, sureness } from './rule'

const QUIET_MS = 5 * 60_000

/** The calculation of a price: under way, slow, hung or failed. */
export const fp06: Rule = (order) => {
  const { pricing } = order.course.pipeline
  if (!pricing || !isUnpriced(order, pricing)) return null
  const passing = order.passings.find(({ handoff }) => handoff.to === pricing.system) ?? null
  // It has not come so far.
  if (!passing && order.passings.some(({ located }) => located.place !== 'saved')) return null
  const newest = toRuns(order, passing, pricing).at(-1) ?? null
  if (passing && (isLoop(passing) || !isThere(passing, newest))) return null
  if (!passing && !newest && !order.record(pricing.system)) return null
  return judge({ order, passing, newest, pricing })
}

function isUnpriced(
  { course, current, record }: Case,
  { system, within }: LimitedOperationDef,
): boolean {
  if (current?.status !== within) return false
  return !course.lower(within, record(system)?.status ?? within)
}

const isThere = ({ located }: Passing, newest: Run | null) =>
  located.place === 'saved' ||
  located.place === 'being-handled' ||
  located.place === 'handled-not-saved' ||
  (located.place === 'unknown' && newest !== null)

type Asked = {
  readonly order: Case
  readonly passing: Passing | null
  readonly newest: Run | null
  readonly pricing: LimitedOperationDef
}

function judge(asked: Asked): Said {
  const { newest, pricing, order } = asked
  if (newest?.ended === null) {
    const restart = order.restartOf(pricing.system, newest.evidence)
    const mark = markOf(asked) ?? newest.began
    if (restart && mark < restart.at) return judgeCutOff(asked, restart)
    // Begun again, of which only the record tells so far.
    const run = restart ? { ...newest, began: mark } : newest
    const limit = limitInForce(pricing.limits, order.now)
    return judgeOpen({ ...asked, newest: run }, run, order.now - run.began, limit)
  }
  return (newest && judgeEnded(asked, newest)) ?? judgeUnbegun(asked)
}

/** Its process is not there any more: cut off once nobody has tried again, and until then as if not begun. */
function judgeCutOff(
  asked: Asked,
  { at, evidence }: NonNullable<ReturnType<Case['restartOf']>>,
): Said {
  const quiet = asked.order.now >= at + QUIET_MS
  if (!quiet || !isOver(asked, at)) return judgeUnbegun(asked)
  return tell(asked, 'interrupted', { certainty: 'likely', evidence })
}

function judgeEnded(asked: Asked, { ended, failed, calculation }: Run): Said {
  if (ended === null) return null
  if (failed && isOver(asked, ended))
    return tell(asked, 'failed', { certainty: isFresh(asked, ended) ? 'confirmed' : 'likely' })
  if (!failed && calculation && isFresh(asked, epochMs(ended + QUIET_MS)))
    return tell(asked, 'ended-unsaved', { certainty: 'confirmed' })
  return null
}

function judgeOpen(
  asked: Asked,
  newest: Run,
  run: number,
  limit: ReturnType<typeof limitInForce>,
): Said {
  const { order, passing } = asked
  // That it has not ended is known of a message in hand, or where its end would be heard of.
  const marked = newest.marked && order.isHeard(asked.pricing.system)
  const certainty = marked || hasInHand(passing) ? 'confirmed' : 'likely'
  const values = { since: newest.began, system: asked.pricing.system }
  if (!limit || run < limit.warn.ms) {
    if (!order.late) return explained('FP-06', 'normal', certainty, values, newest.evidence)
    return tell(asked, 'late-start', { certainty, level: 'warn' })
  }
  if (run < limit.critical.ms) return tell(asked, 'longer', { certainty, level: 'warn' })
  return tell(asked, hasInHand(passing) ? 'hung' : 'slow-or-hung', { certainty: 'likely' })
}

/** It is there, and no try of it is open. */
function judgeUnbegun(asked: Asked): Said {
  const { order, pricing, newest } = asked
  if (!order.late) return explainTaken(asked)
  if (!isMissing(asked)) return null
  const row = order.view.records.rows.get(pricing.system)
  // Taken, done with, and not calculated.
  const idle = newest === null || !(newest.failed || newest.calculation)
  const unmarked = row?.pricingStartedAt === null && idle
  const level = order.stage?.level ?? 'warn'
  // A span could still speak of a beginning that the record did not mark.
  const certainty = order.isHeard(pricing.system) ? 'confirmed' : 'likely'
  if (unmarked && order.isFresh(pricing.system))
    return tell(asked, 'not-begun', { certainty, level })
  return tell(asked, 'no-price-yet', { certainty: 'likely', level })
}

/** That there is no price is told by a record of now that has the order, or by a message that is still in hand. */
function isMissing({ order, passing, pricing }: Asked): boolean {
  if (passing?.located.place === 'being-handled') return true
  if (!order.isFresh(pricing.system)) return false
  // Whoever failed at every try does not have it.
  const tried = passing?.located.attempts.some(({ ended, failed }) => ended === null || !failed)
  return order.record(pricing.system) !== null || tried === true
}

function explainTaken({ order, passing, pricing }: Asked): Said {
  if (passing?.located.place === 'unknown') return null
  const sure = passing ? sureness(passing.located) : 'likely'
  const evidence = [...(passing?.located.evidence ?? []), ...(order.stage?.evidence ?? [])]
  const came = cameAt(order, passing)
  const values = { system: pricing.system, ...(came === undefined ? {} : { since: came }) }
  return explained('FP-06', 'taken', sure, values, evidence)
}

const cameAt = ({ stage }: Case, passing: Passing | null) =>
  passing?.handoff.arrived ?? passing?.located.since ?? stage?.entered

/** Nothing is tried again: the queue is empty; or the record, which marks each start, has no newer one. */
function isOver({ passing, order, pricing }: Asked, ended: EpochMs): boolean {
  if (passing?.handoff.transport === 'amqp' && passing.evidence.isPassedBy()) return true
  const mark = markOf({ order, pricing })
  const ready = passing?.located.queue?.ready ?? 0
  const quiet = isFresh({ order, pricing }, epochMs(ended + QUIET_MS))
  return mark !== null && mark <= ended && ready === 0 && quiet
}

/** The newest start by the record; null: it does not say. */
const markOf = ({ order, pricing }: Pick<Asked, 'order' | 'pricing'>) =>
  order.view.records.rows.get(pricing.system)?.pricingStartedAt ?? null

const hasInHand = (passing: Passing | null) => (passing?.located.queue?.unacked ?? 0) >= 1

/** The record without a price is of that moment, or later. */
const isFresh = ({ order, pricing }: Pick<Asked, 'order' | 'pricing'>, at: EpochMs) =>
  (order.asOf(pricing.system) ?? 0) >= at

type Told = {
  readonly certainty: 'confirmed' | 'likely'
  readonly level?: 'warn' | 'breach' | 'ok'
  /** Beside that of its run and of its message. */
  readonly evidence?: readonly string[]
}

function tell(
  { order, passing, newest, pricing }: Asked,
  name: FindingCase['FP-06'],
  { evidence = [], ...told }: Told,
): Said {
  const unbegun = name === 'not-begun' || name === 'no-price-yet'
  const since = unbegun ? cameAt(order, passing) : newest?.began
  const waited = newest && order.stage ? newest.began - order.stage.entered : undefined
  return found('FP-06', {
    case: name,
    ...told,
    values: {
      system: pricing.system,
      ...(since === undefined ? {} : { since }),
      ...(waited === undefined ? {} : { waited }),
    },
    evidence: [...(newest?.evidence ?? []), ...(passing?.located.evidence ?? []), ...evidence],
  })
}

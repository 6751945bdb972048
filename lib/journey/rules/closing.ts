import type { SpanFact } from '../fact'
import type { OperationDef } from '../pipeline'
import type { Case } from '../to-case'
import { type EpochMs, epochMs } from '../types'
import { found, type Said } from './rule'

/**
 * An order that nobody closed: the carrier's message came and nothing followed, or none came at all.
 *
 *     sender   SHIPPED ───────────── late ─────────── now     no call, and others' calls come: never closed
 *     closing            ├ call ┤─ critical ─▶                not closed since: it failed to
 */
export function judgeClosing(order: Case): Said {
  const { current, course } = order
  const { closing } = course.pipeline
  if (!closing || current?.status !== closing.within || !order.isFresh(closing.system)) return null
  const calls = findCalls(order, closing)
  return calls.length > 0 ? judgeCalled(order, calls) : judgeUncalled(order, closing)
}

const findCalls = ({ view }: Case, { system, spans }: OperationDef) =>
  (view.records.spans.get(system) ?? []).filter(
    ({ spanKind, name }) => spanKind === 'server' && spans.test(name),
  )

/** A call that was refused is sent again, or not: the order is not closed either way. */
function judgeCalled(order: Case, calls: readonly SpanFact[]): Said {
  const call = calls.findLast(({ failed }) => !failed) ?? calls.at(-1)
  if (!call || !order.current) return null
  const limit = order.limitOf(order.current.system, call.system, endOf(call))
  const asOf = order.asOf(call.system)
  if (!limit || asOf === null || asOf < limit.criticalAt) return null
  return found('FP-10', {
    case: 'closing-failed',
    certainty: call.failed ? 'likely' : 'confirmed',
    values: { status: order.current.status, system: call.system, since: endOf(call) },
    evidence: [call.id, ...(order.record(call.system)?.evidence ?? [])],
  })
}

function judgeUncalled(order: Case, closing: OperationDef): Said {
  const { stage, current, late } = order
  if (!stage?.limit || !current || !late) return null
  const { entered, limit, status, level, evidence } = stage
  if (!order.isUncalled(closing, current.system, entered, limit.warnAt)) return null
  return found('FP-10', {
    case: 'never-closed',
    certainty: 'likely',
    level,
    values: { status, system: closing.system, since: entered },
    evidence: [...evidence, ...(order.record(closing.system)?.evidence ?? [])],
  })
}

const endOf = ({ at, duration }: SpanFact): EpochMs => epochMs(at + duration)

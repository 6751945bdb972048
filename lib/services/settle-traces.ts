import 'server-only'
import type { OrderPermit } from '@/lib/access/permit'
import { isSourceError, type SourceFault } from '@/lib/errors'
import type { SourceReport } from '@/lib/journey/journey'
import type { EpochMs, SystemId } from '@/lib/journey/types'
import type { TraceQuestion, TracesAnswer, TracesSource } from '@/lib/sources/answers'

type Asked = {
  /** null: this company has no trace store. */
  readonly traces: TracesSource | null
  readonly systems: readonly SystemId[]
  readonly now: () => EpochMs
}

/** Asks the trace store, and turns its silence into a report, so that one outage cannot blank the page. */
export async function settleTraces(
  { traces, systems, now }: Asked,
  permit: OrderPermit,
  question: TraceQuestion,
): Promise<TracesAnswer> {
  const askedAt = now()
  const silence = (state: SourceReport['state'], reason: SourceFault | null): TracesAnswer => ({
    facts: [],
    otherOrders: {},
    report: {
      source: 'jaeger',
      state,
      reason,
      asOf: null,
      askedAt,
      tookMs: now() - askedAt,
      systems,
    },
  })
  if (!traces) return silence('not-configured', null)
  try {
    return await traces.read(permit, question)
  } catch (error) {
    if (!isSourceError(error)) throw error
    return silence('missing', error.fault)
  }
}

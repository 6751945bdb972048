import 'server-only'
import type { Fact } from '@/lib/journey/fact'
import type { EpochMs } from '@/lib/journey/types'
import type { OrdersAnswer, TraceQuestion } from '@/lib/sources/answers'

/** What the rows tell about where to look in the trace store. */
export const toTraceQuestion = ({ facts, traceIds }: OrdersAnswer): TraceQuestion => ({
  traceIds,
  moments: facts
    .filter((fact) => fact.kind === 'row' || fact.kind === 'change')
    .map(({ at }) => at),
  createdAt: facts.reduce<EpochMs | null>(earliest, null),
})

function earliest(soFar: EpochMs | null, fact: Fact): EpochMs | null {
  const moment = fact.kind === 'row' ? fact.createdAt : fact.at
  return soFar === null || moment < soFar ? moment : soFar
}

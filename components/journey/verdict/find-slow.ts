import type { SystemsView } from '@/lib/contract/systems'
import type { JourneyView } from '@/lib/journey/journey-view'
import type { SystemId } from '@/lib/journey/types'

type Order = Pick<JourneyView, 'current' | 'handoffs' | 'verdict'>

/**
 * The systems that do badly now and that this order waits for: the one whose list it is to be taken from, and those
 * that its message passes between. A slow system is no finding about an order.
 */
export function findSlow(
  { current, handoffs, verdict }: Order,
  trouble: SystemsView['trouble'],
): readonly SystemId[] {
  if (!current || current.terminal) return []
  const waited = new Set<SystemId>()
  const listed = verdict && verdict.kind !== 'unknown-status' && verdict.case === 'operator'
  const approved = handoffs.findLast(({ status }) => status === current.status)
  if (listed && approved) waited.add(approved.to)
  for (const { state, from, to } of handoffs)
    if (state === 'open' || state === 'unseen') waited.add(from).add(to)
  const slow = trouble.flatMap(({ code, system }) =>
    (code === 'slow' || code === 'failing') && system !== null && waited.has(system)
      ? [system]
      : [],
  )
  return [...new Set(slow)]
}

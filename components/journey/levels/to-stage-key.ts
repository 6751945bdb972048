import type { Stage } from '@/lib/journey/journey'
import type { JourneyView } from '@/lib/journey/journey-view'

/** Names one stay in an address: its status, and which stay in it this is where there are several. */
export function toStageKey(stage: Stage, { stages }: Pick<JourneyView, 'stages'>): string {
  const before = stages.slice(0, stages.indexOf(stage))
  const count = before.filter(({ status }) => status === stage.status).length
  return count === 0 ? stage.status : `${stage.status}~${count + 1}`
}

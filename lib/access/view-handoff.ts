import type { Handoff } from '@/lib/journey/journey'
import type { Located } from '@/lib/journey/located'
import type { Eye } from './visible'

/** A hand-off as one viewer may see it: of what it rests on, and of its queue, only what they may see. */
export const viewHandoff = (handoff: Handoff, seen: ReadonlySet<string>, eye: Eye): Handoff => ({
  ...handoff,
  located: handoff.located && viewLocated(handoff.located, seen, eye),
  evidence: handoff.evidence.filter((id) => seen.has(id)),
})

const viewLocated = (located: Located, seen: ReadonlySet<string>, eye: Eye): Located => ({
  ...located,
  attempts: located.attempts
    .map((attempt) => ({ ...attempt, evidence: attempt.evidence.filter((id) => seen.has(id)) }))
    // One of which no fact may be seen would tell of a span that was withheld.
    .filter(({ evidence }) => evidence.length > 0),
  queue: viewQueue(located.queue, eye),
  evidence: located.evidence.filter((id) => seen.has(id)),
})

/** In full, or how it is without a figure, or not at all. */
function viewQueue(queue: Located['queue'], { policy, viewer }: Eye): Located['queue'] {
  if (!queue || policy.mayInFull(viewer, 'broker.view')) return queue
  if (!policy.mayDo(viewer, 'broker.view')) return null
  return { ...queue, ready: null, unacked: null, consumers: null, headAt: null, after: null }
}

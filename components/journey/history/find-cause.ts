import type { FactView, JourneyView } from '@/lib/journey/journey-view'
import type { SystemId } from '@/lib/journey/types'

/** Who or what made an event happen. */
export type Cause =
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'handed'; readonly from: SystemId }
  | { readonly kind: 'job'; readonly service: string; readonly name: string }

/** Everything that was recorded, and what traces alone tell of a status: no mere readings. In order of time. */
export function findEvents({ facts, stages }: JourneyView): readonly FactView[] {
  const tracedOnly = new Set(
    stages.flatMap(({ approximate, evidence }) => (approximate === 'from-spans' ? evidence : [])),
  )
  return facts.filter((fact) => {
    if (fact.kind === 'span') return tracedOnly.has(fact.id)
    if (fact.kind === 'file') return fact.state === 'there' && fact.modifiedAt !== null
    return fact.kind !== 'queue' && fact.kind !== 'counter'
  })
}

/**
 * Who caused an event: a person where one is recorded, else the system that passed it on, else the job whose
 * span says so. Null: nobody wrote it down, or this viewer may not see who.
 */
export function findCause(fact: FactView, view: JourneyView): Cause | null {
  if (fact.kind === 'span') return { kind: 'job', service: fact.service, name: fact.name }
  const id = fact.attributes.actor_id
  if (id !== undefined) return { kind: 'person', id }
  if (fact.kind !== 'change') return null

  const passed = view.handoffs.find(
    ({ to, state, evidence }) =>
      to === fact.system && state === 'saved' && evidence.includes(fact.id),
  )
  if (passed) return { kind: 'handed', from: passed.from }
  const job = findJob(fact.id, view)
  return job && { kind: 'job', service: job.service, name: job.name }
}

/** The span beside this change that names the status it made. */
function findJob(factId: string, { stages, facts }: JourneyView) {
  const stage = stages.find(({ evidence }) => evidence.includes(factId))
  const job = facts.find(
    (fact) =>
      fact.kind === 'span' && fact.statusTo !== null && stage?.evidence.includes(fact.id) === true,
  )
  return job?.kind === 'span' ? job : null
}

import type { FactView } from '@/lib/journey/journey-view'
import type { Names } from './use-names'

/** Shapes on the timeline; each has a word in the catalogues. */
export type MarkKind =
  | 'change'
  | 'row'
  | 'span'
  | 'sent'
  | 'taken'
  | 'failed'
  | 'shared'
  | 'dead-letter'
  | 'queue'
  | 'counter'
  | 'file'

/** The shape a fact is drawn with. */
export function toMarkKind(fact: FactView): MarkKind {
  if (fact.kind !== 'span') return fact.kind
  if (fact.failed) return 'failed'
  if (fact.shared) return 'shared'
  if (fact.spanKind === 'producer') return 'sent'
  return fact.spanKind === 'consumer' ? 'taken' : 'span'
}

/** What a fact says, in as few words as possible. */
export function nameFact(fact: FactView, names: Names): string {
  if (fact.kind === 'span') return `${fact.service} · ${fact.name}`
  if (fact.kind === 'dead-letter') return `${fact.queue} · ${fact.reason}`
  if (fact.kind === 'queue') return fact.queue
  if (fact.kind === 'counter') return fact.queue ?? names.system(fact.system)
  if (fact.kind === 'file') return names.file(fact.state)
  return names.status(fact.status)
}

/** Who did it, as this viewer may see it; null where it is not recorded, or nobody did it. */
export const findActor = ({ attributes }: FactView): string | null =>
  attributes.actor_id ?? attributes['actor.id'] ?? null

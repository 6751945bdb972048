import type { FactView } from '@/lib/journey/journey-view'
import type { Names } from './use-names'

/** Shapes on the timeline; each has a word in the catalogues. */
export type MarkKind = 'change' | 'row' | 'span' | 'failed' | 'shared' | 'dead-letter'

/** The shape a fact is drawn with. */
export function toMarkKind(fact: FactView): MarkKind {
  if (fact.kind !== 'span') return fact.kind
  if (fact.failed) return 'failed'
  return fact.shared ? 'shared' : 'span'
}

/** What a fact says, in as few words as possible. */
export function nameFact(fact: FactView, names: Names): string {
  if (fact.kind === 'span') return `${fact.service} · ${fact.name}`
  if (fact.kind === 'dead-letter') return `${fact.queue} · ${fact.reason}`
  return names.status(fact.status)
}

import type { Because, Finding, FindingCase, FindingId, FindingValues, OnTrack } from '../finding'
import type { Located } from '../located'
import type { Case, Passing } from '../to-case'

/** What one rule says of an order: found, on track for this reason, or nothing. Never a sentence. */
export type Said = { readonly found: Finding } | { readonly onTrack: OnTrack } | null

export type Rule = (order: Case) => Said

type Rest<Id extends FindingId> = {
  readonly case: FindingCase[Id]
  readonly certainty: Finding['certainty']
  readonly level?: Finding['level']
  readonly values?: FindingValues
  readonly because?: Because | null
  readonly also?: Finding['also']
  readonly evidence: readonly string[]
}

/** A finding; without a level of its own nobody is waited for, and it is a breach. */
export const found = <Id extends FindingId>(id: Id, rest: Rest<Id>): Said => ({
  found: {
    id,
    level: 'breach',
    values: {},
    because: null,
    also: null,
    ...rest,
    evidence: [...new Set(rest.evidence)],
  },
})

/** On track, as this rule explains it. */
export const explained = (
  id: FindingId,
  because: OnTrack['case'],
  certainty: 'confirmed' | 'likely' | null,
  values: FindingValues,
  evidence: readonly string[],
): Said => ({ onTrack: { id, case: because, certainty, values, evidence } })

/** How sure a place is: `cannot-tell` is no certainty of a finding that stands on a place. */
export const sureness = ({ certainty }: Located): 'confirmed' | 'likely' =>
  certainty === 'confirmed' ? 'confirmed' : 'likely'

/** Who has the message, by its place. */
export function becauseOf({ located, handoff }: Passing): Because | null {
  const { place } = located
  if (place === 'saved' || place === 'unknown') return null
  return {
    place,
    case: located.case,
    system: place === 'not-sent' ? handoff.from : handoff.to,
    certainty: sureness(located),
  }
}

/** What the two systems of a hand-off show, for its sentence. */
export const waysOf = (order: Case, { handoff }: Passing): FindingValues => {
  const other = order.record(handoff.to)
  return {
    from: handoff.from,
    to: handoff.to,
    status: order.record(handoff.from)?.status ?? handoff.status,
    ...(other ? { other: other.status } : {}),
    since: handoff.started,
  }
}

/** A mismatch of two records, with the place of the message as its cause. */
export function toMismatch<Id extends FindingId>(
  id: Id,
  name: FindingCase[Id],
  order: Case,
  passing: Passing,
): Said {
  const other = order.record(passing.handoff.to)
  return found(id, {
    case: name,
    certainty: 'confirmed',
    values: waysOf(order, passing),
    because: becauseOf(passing),
    evidence: [
      ...passing.handoff.evidence,
      ...passing.located.evidence,
      ...(other?.evidence ?? []),
    ],
  })
}

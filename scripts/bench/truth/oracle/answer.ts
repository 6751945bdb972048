import type { FindingCase, FindingId } from '@/lib/journey/finding'

/** A finding by its rule and case: `FP-07 mismatch`. */
export type Name = { readonly [Id in FindingId]: `${Id} ${FindingCase[Id]}` }[FindingId]

/** What is to be said first: a finding, that the order is on its way as planned, that nothing can be said. */
export type Headline = Name | 'on track' | 'unknown status' | 'nothing'

/** The best honest answer to why an order is where it is, from what can be seen of it. */
export type Answer = {
  /** The best one, then what is as good. */
  readonly headlines: readonly [Headline, ...Headline[]]
  /** What must be found, at the head or beneath. */
  readonly present: readonly Name[]
  /** What hides the reason, where it is hidden. */
  readonly hidden: 'source-missing' | 'source-stale' | 'not-traced' | 'any' | null
}

/** Something an oracle found. */
export type Said = {
  readonly name: Name
  readonly sure: boolean
  /** It says that records are at odds, and stands behind whatever says why. */
  readonly weak?: boolean
  /** It may as well be said later. */
  readonly early?: boolean
}

export const ruleOf = (name: Headline): string => name.split(' ')[0] ?? name

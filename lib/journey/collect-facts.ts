import type { Fact } from './fact'

/** Where facts of one moment stand: what a record says before what was set aside, that before traces, and those before readings. */
export const SOURCE_RANK: Readonly<Record<Fact['kind'], number>> = {
  change: 0,
  row: 1,
  'dead-letter': 2,
  span: 3,
  file: 4,
  queue: 5,
  counter: 6,
}

/**
 * The facts each once, by time, source rank, sequence and id: the same list whatever order they came in.
 *
 *     came:  span 9 · change 5 · row 5 · change 5 (again)
 *     list:  change 5 · row 5 · span 9
 */
export function collectFacts(facts: readonly Fact[]): readonly Fact[] {
  const byId = new Map<string, Fact>()
  for (const fact of facts) {
    const known = byId.get(fact.id)
    byId.set(fact.id, known && known !== fact ? chooseFact(known, fact) : fact)
  }
  return [...byId.values()].toSorted(compareFacts)
}

/** Orders two facts by time, source rank, sequence and id. */
export function compareFacts(a: Fact, b: Fact): number {
  return (
    a.at - b.at ||
    SOURCE_RANK[a.kind] - SOURCE_RANK[b.kind] ||
    seqOf(a) - seqOf(b) ||
    compareText(a.id, b.id)
  )
}

/** Orders two texts by code unit, the same on every machine. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const seqOf = (fact: Fact) => (fact.kind === 'change' ? fact.seq : 0)

/** Of two readings of one thing: the newer, else the fuller; never the one that merely came first. */
function chooseFact(a: Fact, b: Fact): Fact {
  const order =
    updatedAt(a) - updatedAt(b) || fullness(a) - fullness(b) || compareText(toKey(a), toKey(b))
  return order >= 0 ? a : b
}

const updatedAt = (fact: Fact) => (fact.kind === 'row' ? fact.updatedAt : 0)

/** A span read with its whole trace knows its parent and its order; one read alone may not. */
const fullness = (fact: Fact) =>
  Object.values(fact).filter((value) => value !== null && value !== undefined).length +
  Object.keys(fact.attributes).length +
  (fact.kind === 'span' ? Number(!fact.orphan) + Number(!fact.shared) : 0)

const toKey = (fact: Fact) => JSON.stringify(fact)

import { compareText } from './collect-facts'
import type { Fact } from './fact'
import type { Pipeline } from './pipeline'

/** The channel an order came by: from its oldest row, else from the one channel whose submitting span it has. */
export function findChannel(facts: readonly Fact[], pipeline: Pipeline): string | null {
  const known = new Set(pipeline.channels.map(({ id }) => id))
  const [oldest] = facts
    .filter((fact) => fact.kind === 'row')
    .toSorted(
      (a, b) =>
        Number(known.has(b.channel)) - Number(known.has(a.channel)) ||
        a.createdAt - b.createdAt ||
        compareText(a.id, b.id),
    )
  if (oldest) return oldest.channel

  const entered = pipeline.channels.filter(({ entryService, submit }) =>
    facts.some(
      (fact) =>
        fact.kind === 'span' &&
        !fact.shared &&
        fact.service === entryService &&
        submit.test(fact.name),
    ),
  )
  return entered.length === 1 ? (entered[0]?.id ?? null) : null
}

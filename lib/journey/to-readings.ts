import type { CounterFact, DeadLetterFact, Fact, QueueFact } from './fact'

/** What the broker, the metrics and the company's own recorder said of its queues, by time. */
export type Readings = {
  readonly queues: readonly QueueFact[]
  readonly counters: readonly CounterFact[]
  readonly deadLetters: readonly DeadLetterFact[]
}

/** Sorts collected facts into the readings of queues. */
export function toReadings(facts: readonly Fact[]): Readings {
  const queues: QueueFact[] = []
  const counters: CounterFact[] = []
  const deadLetters: DeadLetterFact[] = []
  for (const fact of facts) {
    if (fact.kind === 'queue') queues.push(fact)
    if (fact.kind === 'counter') counters.push(fact)
    if (fact.kind === 'dead-letter') deadLetters.push(fact)
  }
  return { queues, counters, deadLetters }
}

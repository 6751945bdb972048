import type { CounterFact, DeadLetterFact, Fact, FileFact, QueueFact } from './fact'

/** What the broker, the metrics, the company's own recorder and the file storage said, by time. */
export type Readings = {
  readonly queues: readonly QueueFact[]
  readonly counters: readonly CounterFact[]
  readonly deadLetters: readonly DeadLetterFact[]
  readonly files: readonly FileFact[]
}

/** Sorts collected facts into the readings of what is no record. */
export function toReadings(facts: readonly Fact[]): Readings {
  const queues: QueueFact[] = []
  const counters: CounterFact[] = []
  const deadLetters: DeadLetterFact[] = []
  const files: FileFact[] = []
  for (const fact of facts) {
    if (fact.kind === 'queue') queues.push(fact)
    if (fact.kind === 'counter') counters.push(fact)
    if (fact.kind === 'dead-letter') deadLetters.push(fact)
    if (fact.kind === 'file') files.push(fact)
  }
  return { queues, counters, deadLetters, files }
}

import type { QueueFact } from '@/lib/journey/fact'
import type { Pipeline } from '@/lib/journey/pipeline'

/** The queues of the hand-offs, and what each is for. */
export type QueueUses = ReadonlyMap<string, QueueFact['use']>

/** Every queue that a hand-off names, once; none where the company does not want its broker asked. */
export function findQueues({ handoffs, systems, components }: Pipeline): QueueUses {
  const brokers = systems.filter(({ kind }) => kind === 'broker').map(({ id }) => id)
  if (components.some((one) => one.managementApi === false && brokers.includes(one.system)))
    return new Map()
  return new Map([
    ...handoffs.flatMap(({ dlq = [] }) => dlq.map((name) => [name, 'set-aside'] as const)),
    ...handoffs.flatMap(({ queues = [] }) => queues.map((name) => [name, 'work'] as const)),
  ])
}

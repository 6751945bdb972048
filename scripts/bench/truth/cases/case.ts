import type { SightName } from '../observe/sight'
import type { Name } from '../oracle/answer'
import { live } from '../world/live'
import type { Faults, Plan } from '../world/plan'
import { DAY, HOUR, MINUTE, when } from '../world/time'
import type { Truth } from '../world/truth'

/** One order that was lived through, and when and how it is looked at. */
export type World = {
  readonly name: string
  /** The rule it is for; a healthy one is for the rule that might take it for sick. */
  readonly rule: string
  readonly healthy: boolean
  readonly plan: Plan
  readonly truth: Truth
  readonly moments: readonly number[]
  readonly sights: readonly SightName[]
  /** What is truly the matter: whatever else is found is wrong. */
  readonly truths: readonly Name[]
}

/** A Wednesday morning. */
const BEGINS = when('2026-11-18T09:40+03:00')
const CONTEXTS = ['parent', 'link', 'none'] as const

/** An order on which nobody works yet: everything about it that is by chance comes from its seed. */
export const plan = (seed: number, rest: Partial<Plan> = {}): Plan => ({
  seed,
  channel: 'shop',
  placedAt: BEGINS + ((seed * 7 * MINUTE) % (3 * HOUR)),
  hasFile: true,
  pricingMs: (2 + (seed % 4)) * MINUTE,
  people: {},
  faults: {},
  traffic: { perHour: 5, longestMs: 3 * MINUTE },
  context: CONTEXTS[seed % 3] ?? 'parent',
  ownIds: seed % 2 === 0,
  skew: {},
  until: BEGINS + 2 * DAY,
  ...rest,
})

/** When a system wrote a status, in the order as it would be lived through without any fault. */
export function reached(healthy: Plan, system: string, status: string): number {
  const { changes } = live(healthy)
  const change = changes.findLast((one) => one.system === system && one.status === status)
  if (!change) throw new RangeError(`${system} never enters ${status}`)
  return change.at
}

/** The same plan with something wrong in it. */
export const spoil = (healthy: Plan, faults: Faults): Plan => ({
  ...healthy,
  faults: { ...healthy.faults, ...faults },
})

type Rest = Omit<World, 'truth' | 'moments'> & {
  /** What the moments count from. */
  readonly anchor: number
  readonly minutes: readonly number[]
}

export function toWorld({ anchor, minutes, ...rest }: Rest): World {
  const moments = minutes.map((one) => anchor + one * MINUTE)
  const until = Math.max(...moments) + 10 * MINUTE
  const lived = { ...rest.plan, until }
  return { ...rest, plan: lived, truth: live(lived), moments }
}

/** One line of a table of orders that something befalls; `faults` begin with its placing. */
export type FaultRow = {
  readonly name: string
  readonly rule: string
  readonly plan: Partial<Plan>
  readonly faults: (placedAt: number) => Faults
  readonly truths: readonly Name[]
  readonly minutes: readonly number[]
}

/** Every way of looking, but those that change what is seen of the file alone. */
export const ALL_SIGHTS: readonly SightName[] = [
  'clear',
  's0',
  's1',
  's2',
  's3',
  'shop down',
  'mes down',
  'traces down',
  'broker down',
  'metrics down',
  'files down',
  'shop late',
  'mes late',
  'shop partial',
  'mes ageless',
  'traces partial',
  'no queue',
  'by metrics',
  'first look',
  'second look',
  'unheard',
  'sampled',
  'late spans',
  'no marks',
  'no history',
  's2, no marks',
]

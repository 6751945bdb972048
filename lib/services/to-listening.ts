import 'server-only'
import { buildJourney } from '@/lib/journey/build-journey'
import type { Work } from '@/lib/journey/heartbeat'
import type { Handoff, Journey } from '@/lib/journey/journey'
import { WORK } from '@/lib/journey/locate-handled'
import type { Pipeline } from '@/lib/journey/pipeline'
import type { EpochMs, SystemId } from '@/lib/journey/types'
import type { Listening, OrdersAnswer } from '@/lib/sources/answers'

/** Until then nobody asks whether a calculation was cut off. */
const QUIET_MS = 5 * 60_000

/**
 * Whose silence matters to this order, by its rows alone: both ends of what is late on its way, whoever calculates
 * its price, and whoever the carrier calls; where rows are missing, both ends of every way. None where no missing span
 * may be concluded from.
 */
export function toListening(
  { facts, reports }: OrdersAnswer,
  pipeline: Pipeline,
  now: EpochMs,
): readonly Listening[] {
  if (pipeline.sampling.orderTraffic < 1) return []
  const gathered = { orderId: '', facts, sources: reports, otherOrders: {}, same: null }
  const journey = buildJourney(gathered, pipeline, now)
  // Rows that are not there, or are old, do not tell what is late.
  const isDark = reports.some(({ state }) => state === 'missing' || state === 'stale')
  const wanted = [
    ...(isDark ? pipeline.handoffs : journey.handoffs.filter((one) => isLate(one, now))).flatMap(
      toEnds,
    ),
    ...toOperations(journey, pipeline),
  ]
  const asked = wanted.flatMap(([system, work]) =>
    servicesOf(system, pipeline).map((service) => ({ service, work })),
  )
  return [...new Map(asked.map((one) => [`${one.service} ${one.work}`, one])).values()]
}

type Wanted = readonly [system: SystemId, work: Work]

const isLate = ({ state, limit }: Handoff, now: EpochMs) =>
  (state === 'open' || state === 'unseen') && limit !== null && now >= limit.warnAt

const toEnds = ({
  from,
  to,
  transport,
}: Pick<Handoff, 'from' | 'to' | 'transport'>): readonly Wanted[] => [
  ...(transport === 'amqp' ? ([[from, 'publish']] as const) : []),
  [to, WORK[transport]],
]

function toOperations(
  { current, stages, now }: Journey,
  { pricing, closing }: Pipeline,
): readonly Wanted[] {
  const stage = stages.at(-1)
  if (!current || !stage) return []
  const runs = current.status === pricing?.within && now >= stage.entered + QUIET_MS
  const waits = current.status === closing?.within && stage.level !== 'ok'
  return [
    ...(runs ? ([[pricing.system, 'consume']] as const) : []),
    ...(waits ? ([[closing.system, 'serve']] as const) : []),
  ]
}

const servicesOf = (system: SystemId, { components }: Pipeline) =>
  components
    .filter((one) => one.system === system && one.coverage === 'traced')
    .flatMap(({ services }) => services)

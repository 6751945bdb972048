import type { Flaw } from './flaw'
import { VARIANTS } from './flaw'
import type { FailureId } from './order'
import type { Injected } from './plan-orders'
import { planInjected } from './plan-orders'
import { HOUR, MINUTE } from './time'
import type { Incident, World } from './world'

type Wanted = {
  /** null: an order on its way, with nothing wrong. */
  readonly id: FailureId | null
  readonly channel: 'shop' | 'partner'
  readonly variant?: string | undefined
}

/** How long it must have been wrong by now to be beyond every limit of a hand-off. */
const SHOWS_AFTER = 75 * MINUTE
/** A queue that stands still, and a calculation that will end, show sooner. */
const showsAfter = (id: FailureId | null, variant: string) =>
  variant === 'slow' ? 2 * MINUTE : id === 'FP-04' ? 20 * MINUTE : SHOWS_AFTER
const LONGEST_AGO = 28 * 24
/** How many orders of one moment are tried: there is much choice among those of today, and less further back. */
const TRIES = 40
const TRIES_LONG_AGO = 6
/** Since when a queue has stood still: over a weekend nobody sends what it could keep. */
const STOPPED = [2 * HOUR, 20 * HOUR, 70 * HOUR]

export const variantsOf = (id: FailureId, channel: 'shop' | 'partner'): readonly string[] => {
  if (id === 'FP-04') return ['crm_to_mes', 'mes_to_crm']
  const all: Partial<Record<FailureId, readonly string[]>> = VARIANTS[channel]
  return all[id] ?? []
}

/** An order that began just long enough ago to fail visibly now; null where the company knows no such failure. */
export function findArrival(
  world: World,
  number: number,
  now: number,
  { id, channel, variant }: Wanted,
): Injected | null {
  const variants = id === null ? [''] : variantsOf(id, channel)
  const chosen = variant ?? variants[0]
  if (chosen === undefined || (id !== null && !variants.includes(chosen))) return null
  const flaw: Flaw | null =
    id === null || id === 'FP-04' ? null : { id, variant: chosen, healsAfter: null }
  if (id !== 'FP-04')
    return search(world, number, now, { id, flaw, chosen, incidents: [], channel })
  const queue = chosen === 'crm_to_mes' ? chosen : 'mes_to_crm'
  for (const ago of STOPPED) {
    const incidents: Incident[] = [{ queue, from: now - ago, until: null }]
    const found = search(world, number, now, { id, flaw, chosen, incidents, channel })
    if (found) return found
  }
  return null
}

/** An order of that day that came to its end: some customers leave a cart behind. */
export function findClosed(
  world: World,
  number: number,
  at: number,
  channel: 'shop' | 'partner',
): Injected {
  for (let more = 0; more < TRIES; more++) {
    const arrival = { number: number + more, at, channel, sale: false }
    const injected = { arrival, flaw: null, incidents: [] }
    const [order] = planInjected(world, injected)
    if (order?.changes.at(-1)?.status === 'CLOSED') return injected
  }
  throw new Error(`None of ${TRIES} orders was closed`)
}

type Search = Pick<Wanted, 'id' | 'channel'> & {
  readonly flaw: Flaw | null
  readonly chosen: string
  readonly incidents: readonly Incident[]
}

function search(world: World, number: number, now: number, wanted: Search): Injected | null {
  const { id, channel, flaw, chosen, incidents } = wanted
  for (let hours = 1; hours < LONGEST_AGO; hours += hours < 48 ? 0.5 : 3)
    for (let more = 0; more < (hours < 4 ? TRIES : TRIES_LONG_AGO); more++) {
      const arrival = { number: number + more, at: now - hours * HOUR, channel, sale: false }
      const injected = { arrival, flaw, incidents }
      const [order] = planInjected(world, injected)
      const failure = order?.failures.find((one) => one.id === id)
      const moved = order?.changes.some((one) => one.system === 'mes' && one.at < now)
      if (id === null && moved && order?.failures.length === 0) return injected
      if (!failure || failure.from > now - showsAfter(id, chosen)) continue
      if (failure.until === null || failure.until > now || id === 'FP-12' || id === 'FP-15')
        return injected
    }
  return null
}

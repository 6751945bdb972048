import type { Arrival } from './arrivals'
import { arrivalsOf } from './arrivals'
import type { Flaw } from './flaw'
import { flawOf } from './flaw'
import type { Order } from './order'
import type { Begun } from './plan-order'
import { begin, finish } from './plan-order'
import { nextPoll, POLL } from './shop-part'
import { DAY, dayOf } from './time'
import type { Incident, SlowTime, World } from './world'
import { world } from './world'

/** An order made by hand, in the midst of the others; `incidents` are of this order alone. */
export type Injected = {
  readonly arrival: Arrival
  readonly flaw: Flaw | null
  readonly incidents: readonly Incident[]
}

/** What a company is made from. */
export type Origin = {
  readonly seed: string
  /** Midnight of its first day. */
  readonly origin: number
  readonly incidents: readonly Incident[]
  readonly slow: readonly SlowTime[]
  readonly injected: readonly Injected[]
}

export type Company = { readonly world: World; readonly orders: readonly Order[] }

/** Everything that has begun up to `now`, each order with its whole story: the same for the same arguments. */
export function planOrders(
  plan: { seed: string; now: number; days: number } & Partial<Origin>,
): Company {
  const { seed, now, days, incidents = [], slow = [], injected = [] } = plan
  const origin = plan.origin ?? dayOf(now) - days * DAY
  return createPlanner({ seed, origin, incidents, slow, injected })(now)
}

/** The same, remembering the days it has planned. */
export function createPlanner(from: Origin): (now: number) => Company {
  const shared = world(from.seed, from.origin, from)
  const days: Order[][] = []
  const byHand = from.injected.flatMap((one) => planInjected(shared, one))
  return (now) => {
    for (let day = days.length; from.origin + day * DAY <= now; day++)
      days.push(
        planDay(
          shared,
          day,
          days.reduce((sum, orders) => sum + orders.length, 0),
        ),
      )
    return {
      world: shared,
      orders: [...days.flat(), ...byHand].filter((order) => order.createdAt <= now),
    }
  }
}

export function planInjected(shared: World, { arrival, flaw, incidents }: Injected): Order[] {
  const own = {
    ...shared,
    incidents: [...incidents, ...shared.incidents.filter(({ until }) => until === null)],
  }
  return takeInPolls([begin(own, arrival, flaw)])
}

/** The orders that arrive on one day, in the order of their numbers. */
function planDay(shared: World, day: number, before: number): Order[] {
  const arrivals = arrivalsOf(shared.seed, shared.origin, day, before)
  return takeInPolls(
    arrivals.map((arrival) =>
      begin(shared, arrival, flawOf(shared, arrival.number, arrival.channel)),
    ),
  )
}

/** One poll of CRM takes at most fifty orders; the rest wait for the next. */
const POLL_LIMIT = 50

function takeInPolls(begun: readonly Begun[]): Order[] {
  const inPoll = new Map<number, number>()
  return begun.map((one) => {
    let tick = nextPoll(one.readyAt)
    if (!Number.isFinite(tick)) return finish(one, 0)
    while ((inPoll.get(tick) ?? 0) >= POLL_LIMIT) tick += POLL
    const place = inPoll.get(tick) ?? 0
    inPoll.set(tick, place + 1)
    return finish({ ...one, readyAt: tick }, place)
  })
}

import pg from 'pg'
import { parseJourney } from '@/lib/contract/journey'
import type { JourneyView } from '@/lib/journey/journey-view'
import { ask, cookieOf, flawedOrders, readDemo } from './demo'

type Wanted = {
  readonly status: string
  /** Whose record must say so: the system that owns the status. */
  readonly system?: 'shop' | 'crm' | 'mes'
  readonly channel?: 'shop' | 'partner'
}

export type Found = { readonly orderId: string; readonly since: Date }

/** Orders that were handed out: each test gets one that nobody has opened, and no answer is shared. */
const taken = new Set<string>()

/**
 * A healthy order in this status that nobody gave back, as the company's own database says: the youngest that has
 * been in it for half an hour, so that everybody has heard of it and nothing more comes soon.
 */
export async function findOrder({
  status,
  system = 'mes',
  channel = 'shop',
}: Wanted): Promise<Found> {
  const { mesUrl, shopUrl } = readDemo()
  const client = new pg.Client({ connectionString: system === 'mes' ? mesUrl : shopUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ order_id: string; status_changed_at: Date }>(
      `select order_id, status_changed_at from order_journey.orders
       where system = $1 and status = $2 and channel = $3 and order_id <> all($4)
         and status_changed_at < now() - interval '30 minutes'
         and not exists (select from order_journey.status_changes c
                         where c.order_id = orders.order_id
                         group by c.system, c.status having count(*) > 1)
       order by status_changed_at desc limit 1`,
      [system, status, channel, [...taken, ...flawedOrders()]],
    )
    const [row] = rows
    if (!row) throw new Error(`No order of ${channel} is ${status} in ${system}`)
    taken.add(row.order_id)
    return { orderId: row.order_id, since: row.status_changed_at }
  } finally {
    await client.end()
  }
}

/** The number by which the partner knows an order, as the company's own database has it. */
export async function findPartnerNumber(orderId: string): Promise<string> {
  const client = new pg.Client({ connectionString: readDemo().mesUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ partner_order_no: string }>(
      'select partner_order_no from order_journey.orders where order_id = $1',
      [orderId],
    )
    return rows[0]?.partner_order_no ?? ''
  } finally {
    await client.end()
  }
}

/** An order that is being made: it stays so for days, while the company goes on beside the tests. */
export const findOrderInProduction = (channel: 'shop' | 'partner' = 'shop') =>
  findOrder({ status: 'MANUFACTURING_STARTED', channel })

/** The journey as the API tells it to somebody. */
export async function readJourney(orderId: string, who = 'developer'): Promise<JourneyView> {
  const response = await ask(`/api/orders/${orderId}/journey`, { cookie: await cookieOf(who) })
  return parseJourney(await response.json())
}

/** The sales system reads several orders at once: their journeys share that trace. */
export async function findSharedTrace() {
  for (let i = 0; i < 20; i++) {
    const { orderId } = await findOrderInProduction()
    const { traces } = await readJourney(orderId)
    const shared = traces.find(({ otherOrders }) => otherOrders > 0)
    if (shared) return { orderId, ...shared }
  }
  throw new Error('No trace is shared among twenty orders')
}

import 'server-only'
import type { Resource, Sighting } from '@/lib/access/permit'
import type { Scope, Viewer } from '@/lib/access/viewer'
import { isSourceError } from '@/lib/errors'
import type { OrdersSource, TracesSource } from '@/lib/sources/answers'

type Asked = { readonly orders: OrdersSource; readonly traces: TracesSource | null }

/**
 * Whether a resource exists for a viewer. The order databases decide, because the scope is a WHERE clause
 * there; an order that only traces know exists for a viewer without a scope.
 */
export async function sightResource(
  { orders, traces }: Asked,
  { scope }: Viewer,
  resource: Resource,
): Promise<Sighting> {
  if (resource.type === 'none' || resource.type === 'list')
    return { seen: true, silent: [], answered: true }
  if (resource.type === 'partner-number') return orders.sightNumber(resource.id, scope)
  if (resource.type === 'trace') return sightTrace(orders, traces, scope, resource.id)

  const inRows = await orders.sight(resource.id, scope)
  if (inRows.seen || isScoped(scope) || !traces) return inRows
  return orTraces(inRows, () => traces.sight(resource.id))
}

async function sightTrace(
  orders: OrdersSource,
  traces: TracesSource | null,
  scope: Scope,
  traceId: string,
): Promise<Sighting> {
  const nothing: Sighting = { seen: false, silent: [], answered: true }
  if (!traces) return nothing
  const carried = await carriedOrders(traces, traceId)
  if (!carried) return { seen: false, silent: ['jaeger'], answered: false }
  if (carried.length === 0) return nothing
  // Whoever has no scope may read every order, so also one that no database knows.
  if (!isScoped(scope)) return { seen: true, silent: [], answered: true }
  return orders.sightMany(carried, scope)
}

async function orTraces(inRows: Sighting, sight: () => Promise<boolean>): Promise<Sighting> {
  try {
    return { seen: await sight(), silent: inRows.silent, answered: inRows.answered }
  } catch (error) {
    if (!isSourceError(error)) throw error
    return { ...inRows, silent: [...inRows.silent, error.source] }
  }
}

async function carriedOrders(traces: TracesSource, traceId: string) {
  try {
    return await traces.ordersOn(traceId)
  } catch (error) {
    if (!isSourceError(error)) throw error
    return null
  }
}

const isScoped = ({ partner, channel }: Scope) => partner !== undefined || channel !== undefined

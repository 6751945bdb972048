import 'server-only'
import type { Viewer } from '@/lib/access/viewer'
import type { AskedSource } from '@/lib/contract/order'
import { sources } from '@/lib/sources/wiring'

/**
 * What was asked for an order that nobody knows: each source by name, whether it answered, and since when it has
 * not. Queues, files and metrics know no orders and are not asked for one. The same whether the order is unknown or outside the viewer's scope.
 */
export function listAsked({ scope }: Viewer, silent: readonly string[]): readonly AskedSource[] {
  const { silences, now } = sources()
  const at = now()
  // A trace store knows no scope, so it is not asked for whoever has one.
  const scoped = scope.partner !== undefined || scope.channel !== undefined
  const asked = silences().filter(
    ({ source }) => source === 'jaeger' || source.startsWith('orders:'),
  )
  return asked.map(({ source, since }) => {
    if (scoped && source === 'jaeger') return { source, answer: 'not-asked', since: null, at }
    if (!silent.includes(source)) return { source, answer: 'unknown-there', since: null, at }
    return { source, answer: 'silent', since, at }
  })
}

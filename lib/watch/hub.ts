import type { Scope } from '@/lib/access/viewer'
import type { Clock, Rhythm } from './rhythm'
import { type Readers, type Watch, watchOrder } from './watch-order'

type Options = {
  readonly clock: Clock
  readonly rhythm: Rhythm
  readonly onError: (error: unknown) => void
}

/** The orders that are being watched in this process. */
export type Hub = {
  /** The watch of an order for whoever has this scope; `readers` are used by the first who asks. */
  of(orderId: string, scope: Scope, readers: Readers): Watch
  readonly watched: () => number
}

/** Keeps one watch per order and scope, for as long as somebody is in it. */
export function createHub({ clock, rhythm, onError }: Options): Hub {
  const watches = new Map<string, Watch>()
  return {
    watched: () => watches.size,
    of(orderId, { partner, channel }, readers) {
      const key = JSON.stringify([orderId, partner ?? null, channel ?? null])
      const known = watches.get(key)
      if (known) return known
      const onEmpty = () => watches.delete(key)
      const watch = watchOrder({ readers, clock, rhythm, onError, onEmpty })
      watches.set(key, watch)
      return watch
    },
  }
}

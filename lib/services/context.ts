import 'server-only'
import {
  type AccessRow,
  createGate,
  type OrderPermit,
  type Resource,
  type Sighting,
} from '@/lib/access/permit'
import type { RequestInfo, Viewer } from '@/lib/access/viewer'
import { type Sources, sources } from '@/lib/sources/wiring'
import { recordAccess, recordBeginning } from '@/lib/store/audit/record'
import { sightResource } from './sight-resource'

/** What every service is given: who asks, the sources, the clock, and the gate in front of them. */
export type Context = Sources & {
  readonly viewer: Viewer
  readonly request: RequestInfo
  readonly permit: ReturnType<typeof createGate>
}

/** The context of one request. */
export const context = (viewer: Viewer, request: RequestInfo): Context =>
  toContext(viewer, request, recordAccess)

function toContext(
  viewer: Viewer,
  request: RequestInfo,
  record: (row: AccessRow) => Promise<void>,
): Context {
  const held = sources()
  const sight = (asker: Viewer, resource: Resource) => sightResource(held, asker, resource)
  return {
    ...held,
    viewer,
    request,
    permit: createGate({ policy: held.policy, record, sight }),
  }
}

/** The context of what stays open for a while. */
export type LastingContext = Context & {
  /** Completes the row that the permit began. */
  readonly end: (why: string) => Promise<void>
  /**
   * The permit for an order that is open already, as it would be given now. It needs no row: the one it began
   * with covers it, and the one at its end says what was found. Throws what the gate throws.
   */
  readonly again: (viewer: Viewer, orderId: string, sighting: Sighting) => Promise<OrderPermit>
}

/** The context of one request that is answered for as long as somebody listens. */
export function lastingContext(viewer: Viewer, request: RequestInfo): LastingContext {
  let end = async (_why: string) => {}
  const opened = toContext(viewer, request, async (row) => {
    end = await recordBeginning(row)
  })
  return {
    ...opened,
    end: (why) => end(why),
    again: (asker, orderId, sighting) =>
      createGate({ policy: opened.policy, record: async () => {}, sight: async () => sighting })(
        asker,
        request,
        'journey.stream',
        { type: 'order', id: orderId },
      ),
  }
}

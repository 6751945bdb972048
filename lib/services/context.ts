import 'server-only'
import { createGate } from '@/lib/access/permit'
import type { RequestInfo, Viewer } from '@/lib/access/viewer'
import { type Sources, sources } from '@/lib/sources/wiring'
import { recordAccess } from '@/lib/store/audit/record'
import { sightResource } from './sight-resource'

/** What every service is given: who asks, the sources, the clock, and the gate in front of them. */
export type Context = Sources & {
  readonly viewer: Viewer
  readonly request: RequestInfo
  readonly permit: ReturnType<typeof createGate>
}

/** The context of one request. */
export function context(viewer: Viewer, request: RequestInfo): Context {
  const held = sources()
  return {
    ...held,
    viewer,
    request,
    permit: createGate({
      policy: held.policy,
      record: recordAccess,
      sight: (asker, resource) => sightResource(held, asker, resource),
    }),
  }
}

import { ForbiddenError, NotFoundError, UnavailableError } from '@/lib/errors'
import { type Action, isSound, type Policy, TABLE_POLICY } from './policy'
import type { RequestInfo, Viewer } from './viewer'

/** What an action is done to. `list`: orders, by the list's name; `none`: something of one's own. */
export type Resource =
  | { readonly type: 'order'; readonly id: string }
  | { readonly type: 'trace'; readonly id: string }
  | { readonly type: 'partner-number'; readonly id: string }
  | { readonly type: 'list'; readonly id: string }
  | { readonly type: 'none'; readonly id: null }

declare const granted: unique symbol

/** Proof that the gate said yes and wrote it down. Every read of order data demands one. */
export type Permit<A extends Action = Action, R extends Resource = Resource> = {
  readonly viewer: Viewer
  readonly action: A
  readonly resource: R
  readonly [granted]: true
}

export type OrderPermit = Permit<Action, { readonly type: 'order'; readonly id: string }>
export type TracePermit = Permit<Action, { readonly type: 'trace'; readonly id: string }>
export type NumberPermit = Permit<Action, { readonly type: 'partner-number'; readonly id: string }>
export type ListPermit = Permit<Action, { readonly type: 'list'; readonly id: string }>

export type Refusal = 'capability' | 'scope' | 'unknown' | 'unreachable' | 'policy_error'

export type AccessRow = {
  readonly viewer: Viewer
  readonly request: RequestInfo
  readonly action: Action
  readonly resource: Resource
  readonly decision: 'allow' | 'deny'
  readonly reason: Refusal | null
}

/** Whether a resource exists for a viewer, and which sources could not say. */
export type Sighting = {
  readonly seen: boolean
  /** Sources that gave no answer, as in `SourceReport.source`. */
  readonly silent: readonly string[]
  /** False where nobody answered: then "not seen" says nothing. */
  readonly answered: boolean
}

type Gate = {
  /** Writes the row durably, or throws: no audit, no answer. */
  readonly record: (row: AccessRow) => Promise<void>
  /** Looks for the resource with the viewer's scope in the WHERE clause. */
  readonly sight: (viewer: Viewer, resource: Resource) => Promise<Sighting>
  /** The table under the configured preset; without one, the table alone. */
  readonly policy?: Pick<Policy, 'mayDo'>
}

/** Makes the one gate of the product: it decides, writes the audit row, and only then grants. */
export function createGate({ record, sight, policy = TABLE_POLICY }: Gate) {
  return async function permit<A extends Action, R extends Resource>(
    viewer: Viewer,
    request: RequestInfo,
    action: A,
    resource: R,
  ): Promise<Permit<A, R>> {
    const { refusal, silent } = await decide(viewer, action, resource)
    const decision = refusal ? 'deny' : 'allow'
    await record({ viewer, request, action, resource, decision, reason: refusal })

    if (refusal === 'capability' || refusal === 'policy_error') throw new ForbiddenError(action)
    if (refusal === 'unreachable')
      throw new UnavailableError('No source that could know this order answered', silent)
    if (refusal) throw new NotFoundError(undefined, silent)
    return { viewer, action, resource } as Permit<A, R> // The only maker of the brand.
  }

  async function decide(
    viewer: Viewer,
    action: Action,
    resource: Resource,
  ): Promise<{ refusal: Refusal | null; silent: readonly string[] }> {
    const refusal = missingRight(viewer, action)
    if (refusal) return { refusal, silent: [] }
    // The scope of a list is in the statement that reads it: there is nothing to look for.
    if (resource.type === 'none' || resource.type === 'list') return { refusal: null, silent: [] }

    const { seen, silent, answered } = await sight(viewer, resource)
    if (seen) return { refusal: null, silent }
    return { refusal: answered ? 'unknown' : 'unreachable', silent }
  }

  function missingRight(viewer: Viewer, action: Action): Refusal | null {
    try {
      if (!isSound(viewer, action)) return 'policy_error'
      return policy.mayDo(viewer, action) ? null : 'capability'
    } catch {
      return 'policy_error' // A policy that breaks has not said yes, and the row tells of it.
    }
  }
}

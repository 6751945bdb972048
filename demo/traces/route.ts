import type { Mode } from './mode'
import type { Reply } from './reply'
import type { Store } from './store'

export type Context = {
  readonly store: Store
  readonly mode: Mode
  readonly query: URLSearchParams
  /** Microseconds. */
  readonly nowUs: number
}

export type Route = {
  readonly path: RegExp
  /** Those that have the route; all, where not said. */
  readonly modes?: readonly Mode[]
  /** With what the groups of the path hold, decoded. */
  readonly answer: (context: Context, groups: readonly string[]) => Reply
}

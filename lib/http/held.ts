type Held = {
  /** Each open event stream's goodbye, called when the front door drains. */
  streams: Set<() => void>
  /** The status a page wants, by request id, which Next has no way to set. */
  statuses: Map<string, number>
  draining: boolean
}

/** What the front door and its app share: on globalThis, because one process holds three copies of a module. */
export function held(): Held {
  const global = globalThis as Partial<Held>
  global.streams ??= new Set()
  global.statuses ??= new Map()
  global.draining ??= false
  return global as Held
}

/** The ways in which a source can hurt; `up` is the one in which it does not. */
export const MODES = [
  'up',
  'slow',
  'down',
  'blackhole',
  'reset',
  'close-mid-body',
  'truncate',
  'drip',
  'status500',
  'html',
  'garbage',
  'huge',
  'redirect',
] as const
export type Mode = (typeof MODES)[number]

export type FaultProxy = {
  readonly port: number
  /** Also for connections that are open. */
  set(mode: Mode): void
  stop(): Promise<void>
}

/** How bad it gets; a test is less patient than the demo. */
export type Severity = {
  /** How long `slow` holds an answer back. */
  readonly slowMs: number
  /** How long `drip` takes for a byte. */
  readonly dripMs: number
  readonly hugeBytes: number
}

export const SEVERITY: Severity = { slowMs: 10_000, dripMs: 1_000, hugeBytes: 200 * 1024 * 1024 }

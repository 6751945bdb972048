import fc from 'fast-check'

const DEAR_RUNS = 2_000

/** For a property whose single run takes over a millisecond: beyond 2,000 runs a fifth of what the others get. */
export function costly(): { readonly numRuns: number } {
  const { numRuns = DEAR_RUNS } = fc.readConfigureGlobal() ?? {}
  return { numRuns: Math.max(Math.min(numRuns, DEAR_RUNS), Math.floor(numRuns / 5)) }
}

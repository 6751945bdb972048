import fc from 'fast-check'

const DEAR_RUNS = 1_000

/** For a property whose single run takes over a millisecond: beyond 1,000 runs a tenth of what the others get. */
export function costly(): { readonly numRuns: number } {
  const { numRuns = DEAR_RUNS } = fc.readConfigureGlobal() ?? {}
  return { numRuns: Math.max(Math.min(numRuns, DEAR_RUNS), Math.floor(numRuns / 10)) }
}

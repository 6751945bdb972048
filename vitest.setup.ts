import fc from 'fast-check'
import { afterEach, beforeEach, vi } from 'vitest'

// 200 runs of each property in `npm run check`, 10,000 in `npm test`, of a few that are costly 1,000 there:
// PROPERTY_RUNS=50000 npm test is for a release.
const { PROPERTY_RUNS = '200', PROPERTY_SEED } = process.env
fc.configureGlobal({
  numRuns: Number(PROPERTY_RUNS),
  ...(PROPERTY_SEED && { seed: Number(PROPERTY_SEED) }),
})

// A test that logs an error has found something out: it must say so by failing.
beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation((...words) => {
    throw new Error(`Unexpected console.error: ${words.join(' ')}`)
  })
})

afterEach(() => {
  vi.restoreAllMocks()
})

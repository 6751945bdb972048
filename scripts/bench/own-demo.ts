import path from 'node:path'
import { env } from 'node:process'
import { openFreshDemo } from '@/e2e/start-demo'

/**
 * A demo of the benchmark's own, or the one that runs in `BENCH_DATA_DIR`. Everything that reads where the demo is
 * has to be imported after this.
 */
export async function openOwnDemo(): Promise<() => Promise<void>> {
  if (env.BENCH_DATA_DIR) {
    env.E2E_DATA_DIR = path.resolve(env.BENCH_DATA_DIR)
    return async () => {}
  }
  return openFreshDemo({ DEMO_DATA_DIR: path.resolve('.data/bench'), PORT: '4510' })
}

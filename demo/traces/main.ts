import path from 'node:path'
import { env } from 'node:process'
import { mode } from './mode'
import { openSegments } from './segments'
import { startTraces } from './start-traces'
import { createStore } from './store'

// The trace stand-in as a process of its own: TRACES_PORT, TRACES_DATA_DIR, TRACES_MODE.

const RETENTION_US = 30 * 86_400_000_000

const chosen = mode.safeParse(env.TRACES_MODE ?? 'v2.20')
if (!chosen.success) fail(`TRACES_MODE is one of ${mode.options.join(', ')}`)

const segments = openSegments(path.resolve(env.TRACES_DATA_DIR ?? '.data/demo/traces'))
const store = createStore()
segments.load(Date.now() * 1_000 - RETENTION_US, store.add)

const port = Number(env.TRACES_PORT ?? 4318)
await startTraces({ port, mode: chosen.data, store, keep: segments.append }).catch((error) =>
  fail(
    error.code === 'EADDRINUSE'
      ? `Port ${port} is taken: end what listens there, or choose another with TRACES_PORT`
      : String(error),
  ),
)
process.stdout.write('ready\n')
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0))

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

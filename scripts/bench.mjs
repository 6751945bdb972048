// `npm run bench:<name>`: what a benchmark needs on a fresh clone, then `scripts/bench/<name>.ts`.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { build, bundleDemo, findBrowser, installPackages } from './prepare.mjs'

process.chdir(path.resolve(import.meta.dirname, '..'))
const name = process.argv[2]
// What is judged without a demo needs nothing built.
const isServed = name !== 'truth'
await installPackages()
if (isServed) {
  await bundleDemo()
  await build({ types: false })
}

const program = `scripts/bench/${name}.ts`
const bench = spawn(
  process.execPath,
  ['--conditions=react-server', '--import', 'tsx', program, ...process.argv.slice(3)],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      NEXT_TELEMETRY_DISABLED: '1',
      ...(isServed && { CHROMIUM_PATH: await findBrowser(Promise.resolve()) }),
    },
  },
)
for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => {})
process.on('SIGTERM', () => bench.kill('SIGTERM'))
bench.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))

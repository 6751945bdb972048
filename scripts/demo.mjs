// `npm run demo`: everything a fresh clone needs, then the demo company with the product in front of it.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { build, installPackages } from './prepare.mjs'

process.chdir(path.resolve(import.meta.dirname, '..'))
installPackages()
build()

const demo = spawn(
  process.execPath,
  ['--conditions=react-server', '--import', 'tsx', 'demo/main.ts', ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } },
)
// Ctrl-C reaches both of us; SIGTERM reaches only this process.
for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => {})
process.on('SIGTERM', () => demo.kill('SIGTERM'))
demo.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))

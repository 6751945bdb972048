// `npm run demo`: everything a fresh clone needs, then the demo company with the product in front of it.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { bundleDemo, installPackages } from './prepare.mjs'

process.chdir(path.resolve(import.meta.dirname, '..'))
await installPackages()
await bundleDemo()

const demo = spawn(
  process.execPath,
  [
    '--conditions=react-server',
    '--import',
    'tsx',
    'demo/main.ts',
    '--build',
    ...process.argv.slice(2),
  ],
  // The channel tells the demo when we are gone, however that came.
  {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  },
)
// Ctrl-C reaches both of us; SIGTERM reaches only this process.
for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => {})
process.on('SIGTERM', () => demo.kill('SIGTERM'))
demo.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))

// npm hands SIGTERM to its shell, which ends without a word to us.
const shell = process.ppid
if (process.env.npm_lifecycle_event)
  setInterval(() => process.ppid !== shell && demo.kill('SIGTERM'), 500).unref()

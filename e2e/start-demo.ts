import { spawn } from 'node:child_process'
import fs from 'node:fs'

/** The demo of the browser tests: its own folder and port, so that it may run beside another. */
export const DEMO = {
  DEMO_DATA_DIR: `${process.cwd()}/.data/e2e`,
  PORT: '4310',
} as const

const START_LIMIT_MS = 120_000

/** Starts a fresh demo for all browser tests and stops it after them. */
export default async function startDemo() {
  fs.rmSync(DEMO.DEMO_DATA_DIR, { recursive: true, force: true })
  Object.assign(process.env, DEMO)
  const demo = spawn(
    process.execPath,
    ['--conditions=react-server', '--import', 'tsx', 'demo/main.ts'],
    { env: { ...process.env, ...DEMO }, stdio: ['ignore', 'pipe', 'inherit'] },
  )

  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The demo did not start')), START_LIMIT_MS)
    demo.stdout.on('data', (chunk: Buffer) => {
      if (!chunk.includes('Open http://')) return
      clearTimeout(timer)
      resolve()
    })
    demo.once('exit', (code) => reject(new Error(`The demo ended with ${code}`)))
  })

  return async () => {
    const ended = new Promise((resolve) => demo.once('exit', resolve))
    demo.kill('SIGTERM')
    await ended
  }
}

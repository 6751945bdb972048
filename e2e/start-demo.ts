import { spawn } from 'node:child_process'
import fs from 'node:fs'

type Place = { readonly DEMO_DATA_DIR: string; readonly PORT: string }

/** The demo of the browser tests: its own folder and port, so that it may run beside another. */
const FRESH: Place = { DEMO_DATA_DIR: `${process.cwd()}/.data/e2e`, PORT: '4310' }

const START_LIMIT_MS = 120_000

/** Starts a fresh demo for all browser tests and stops it after them; one that runs in `E2E_DATA_DIR` is used instead. */
export default async function startDemo() {
  if (process.env.E2E_DATA_DIR) return
  return openFreshDemo(FRESH)
}

/** Starts a demo in an empty folder, which `E2E_DATA_DIR` names from then on. Answers what stops it. */
export async function openFreshDemo(place: Place): Promise<() => Promise<void>> {
  process.env.E2E_DATA_DIR = place.DEMO_DATA_DIR
  fs.rmSync(place.DEMO_DATA_DIR, { recursive: true, force: true })
  const demo = spawn(
    process.execPath,
    ['--conditions=react-server', '--import', 'tsx', 'demo/main.ts'],
    // The channel tells the demo when we are gone, however that came.
    { env: { ...process.env, ...place }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
  )

  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      demo.kill('SIGTERM')
      reject(new Error('The demo did not start'))
    }, START_LIMIT_MS)
    demo.stdout?.on('data', (chunk: Buffer) => {
      if (!chunk.includes('Open http://')) return
      clearTimeout(timer)
      resolve()
    })
    demo.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`The demo ended with ${code}`))
    })
  })

  return async () => {
    const ended = new Promise((resolve) => demo.once('exit', resolve))
    demo.kill('SIGTERM')
    await ended
  }
}

import { spawn } from 'node:child_process'
import fs from 'node:fs'

type Place = { readonly DEMO_DATA_DIR: string; readonly PORT: string }

/** A company for each project, in folders and on ports of their own: what one hurts and takes is not the other's. */
const PAGES: Place = { DEMO_DATA_DIR: `${process.cwd()}/.data/e2e`, PORT: '4310' }
const WIRE: Place = { DEMO_DATA_DIR: `${process.cwd()}/.data/e2e-wire`, PORT: '4710' }

const START_LIMIT_MS = 120_000

/** Starts fresh demos for all browser tests and stops them after them; one that runs in `E2E_DATA_DIR` is used instead. */
export default async function startDemos() {
  if (process.env.E2E_DATA_DIR) return
  process.env.E2E_DATA_DIR = PAGES.DEMO_DATA_DIR
  process.env.E2E_WIRE_DATA_DIR = WIRE.DEMO_DATA_DIR
  const stops = await Promise.all([startDemo(PAGES), startDemo(WIRE)])
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
  }
}

/** Starts a demo in an empty folder, which `E2E_DATA_DIR` names from then on. Answers what stops it. */
export function openFreshDemo(place: Place): Promise<() => Promise<void>> {
  process.env.E2E_DATA_DIR = place.DEMO_DATA_DIR
  return startDemo(place)
}

async function startDemo(place: Place): Promise<() => Promise<void>> {
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

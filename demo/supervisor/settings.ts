import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/** What is made at the first start and kept: nothing of it is in the repository. */
export type Secrets = {
  readonly reader: string
  readonly store: Readonly<Record<'owner' | 'app' | 'worker' | 'archiver', string>>
  readonly nextAuth: string
  readonly idHash: string
  readonly seed: string
}

const word = () => crypto.randomBytes(24).toString('hex')

/** The secrets of one data folder, made at its first start into a file that only its owner can read. */
export function loadSecrets(folder: string): Secrets {
  const file = path.join(folder, 'secrets.json')
  if (!fs.existsSync(file)) {
    const made: Secrets = {
      reader: word(),
      store: { owner: word(), app: word(), worker: word(), archiver: word() },
      nextAuth: word(),
      idHash: word(),
      seed: 'alexandrite', // The same company for everybody: only its keys differ.
    }
    fs.writeFileSync(file, JSON.stringify(made, null, 2), { mode: 0o600 })
  }
  return JSON.parse(fs.readFileSync(file, 'utf8'))
}

/** What the other commands of the demo need to find the running one. Only its owner can read it. */
export type Running = {
  readonly baseUrl: string
  readonly dataDir: string
  readonly shopUrl: string
  readonly mesUrl: string
  readonly otlpUrl: string
  readonly controlUrl: string
  readonly tracesUrl: string
  readonly pid: number
}

export function saveRunning(running: Running): void {
  const file = path.join(running.dataDir, 'demo.json')
  fs.writeFileSync(file, JSON.stringify(running, null, 2), { mode: 0o600 })
}

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
    writeWhole(file, JSON.stringify(made, null, 2))
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
  writeWhole(path.join(running.dataDir, 'demo.json'), JSON.stringify(running, null, 2))
}

/** The product's environment for `node --env-file`, so that the doctor sees what the product sees. */
export function saveFrontDoorEnv(folder: string, env: Readonly<Record<string, string>>): void {
  const lines = Object.entries(env).map(([name, value]) => `${name}='${value}'\n`)
  writeWhole(path.join(folder, 'front-door.env'), lines.join(''))
}

/** All of it or nothing, whenever a kill comes. */
function writeWhole(file: string, text: string): void {
  fs.writeFileSync(`${file}.new`, text, { mode: 0o600 })
  fs.renameSync(`${file}.new`, file)
}

// What a fresh clone lacks: packages, the generated client, the production build, a browser. Each step does
// nothing where its result is there and fits what it was made from.
import { spawnSync } from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

const BUILT_FROM = [
  'app',
  'components',
  'demo/idp',
  'i18n',
  'instrumentation.ts',
  'lib',
  'messages',
  'next.config.mjs',
  'package-lock.json',
  'postcss.config.mjs',
  'prisma/store',
  'proxy.ts',
  'public',
  'server',
  'tsconfig.json',
]
const BUNDLE =
  'esbuild server/main.ts --bundle --platform=node --format=esm --target=node20 --conditions=react-server --external:next --external:pg-native --log-level=warning --outfile=dist/server.mjs'
// Some packages in the bundle call require().
const BANNER =
  "--banner:js=import{createRequire}from'node:module';const require=createRequire(import.meta.url);"

/** Installs exactly the lockfile, where node_modules was not made from it. */
export function installPackages() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19))
    fail(`Node ${process.versions.node} is too old: 20.19 or newer is needed`)

  const made = 'node_modules/.made-from'
  const lock = digest(['package-lock.json'])
  if (fs.existsSync(made) && fs.readFileSync(made, 'utf8') === lock) return
  step('Packages', () => run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']))
  fs.writeFileSync(made, lock)
}

/** The client of our own tables, made from prisma/store/schema.prisma. */
export function generateClient() {
  const made = 'lib/generated/.made-from'
  const schema = digest(['prisma/store/schema.prisma', 'package-lock.json'])
  if (fs.existsSync(made) && fs.readFileSync(made, 'utf8') === schema) return
  step('Store client', () =>
    run('prisma', ['generate', '--config', 'prisma/store.config.ts'], { quiet: true }),
  )
  fs.writeFileSync(made, schema)
}

/** The production build of the app and the bundle of the front door. */
export function build() {
  generateClient()
  const made = '.next/made-from'
  const sources = digest(BUILT_FROM)
  if (fs.existsSync(made) && fs.readFileSync(made, 'utf8') === sources) return
  step('Build', () => {
    fs.rmSync(made, { force: true })
    run('next', ['build'], { quiet: true })
    run('esbuild', [...BUNDLE.split(' ').slice(1), BANNER], { quiet: true })
  })
  fs.writeFileSync(made, sources)
}

/** A Chromium for the browser tests: the one named, the system's, or on Debian as root the package. */
export function findBrowser() {
  const there = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
    (file) => file && fs.existsSync(file),
  )
  if (there) return there
  if (fs.existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    step('Chromium', () => {
      run('apt-get', ['update', '-qq'], { quiet: true })
      run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
        quiet: true,
      })
    })
    return '/usr/bin/chromium'
  }
  const own = spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'ignore' })
  if (own.status === 0) return ''
  fail('A Chromium is missing: install one and name it in CHROMIUM_PATH')
}

/** Runs one step and prints its name with its time. */
export function step(name, work) {
  const began = performance.now()
  const result = work()
  process.stdout.write(`${name.padEnd(34)} ${((performance.now() - began) / 1000).toFixed(1)} s\n`)
  return result
}

export function fail(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

function run(command, args, { quiet = false } = {}) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    stdio: quiet ? 'pipe' : ['ignore', 'inherit', 'inherit'],
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${path.resolve('node_modules/.bin')}${path.delimiter}${process.env.PATH}`,
      NEXT_TELEMETRY_DISABLED: '1',
      CHECKPOINT_DISABLE: '1',
    },
    maxBuffer: 64e6,
  })
  if (status === 0) return
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`)
  fail(`${command} ${args[0]} failed${error ? `: ${error.message}` : ''}`)
}

/** One digest over the names and contents of files and folders. */
function digest(places) {
  const hash = crypto.createHash('sha256')
  for (const file of places.flatMap(filesIn).sort())
    hash.update(`${file}\0`).update(fs.readFileSync(file))
  return hash.digest('hex')
}

function filesIn(place) {
  if (!fs.existsSync(place)) return []
  if (!fs.statSync(place).isDirectory()) return [place]
  return fs
    .readdirSync(place, { withFileTypes: true })
    .filter(({ name }) => name !== 'generated' && !/\.test\.tsx?$/.test(name))
    .flatMap(({ name }) => filesIn(path.join(place, name)))
}

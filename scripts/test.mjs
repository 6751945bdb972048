// `npm test`: the whole proof on a clean checkout. Every suite runs even when one fails; the last line counts.
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { countCommand, countPlaywright, countVitest } from './count.mjs'
import { build, bundleDemo, findBrowser, generateClient, installPackages } from './prepare.mjs'

process.chdir(path.resolve(import.meta.dirname, '..'))
await installPackages()
await generateClient()

const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'order-journey-reports-'))
const total = { passed: 0, failed: 0, skipped: 0 }

// The types take as long as all the others, one core each.
await Promise.all([
  commands(['check:types']),
  commands(['style', 'boundaries', 'unused', 'docs', 'guards'].map((name) => `check:${name}`)),
])
vitest('unit', ['run'], {
  LONG: '1',
  PROPERTY_RUNS: process.env.PROPERTY_RUNS ?? '2000',
})
await bundleDemo()
await build({ types: false })
vitest('integration', ['run', '--config', 'vitest.integration.config.mts'])
await browser()

fs.rmSync(reports, { recursive: true, force: true })
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)
process.exit(total.failed === 0 ? 0 : 1)

async function commands(scripts) {
  for (const script of scripts) add(countCommand(await heard(script)))
}

/** Runs one script beside others: what it said is printed when it has ended. */
function heard(script) {
  const began = performance.now()
  const child = spawn('npm', ['run', '-s', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
  })
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk))
  return new Promise((resolve) =>
    child.once('close', (status) => {
      process.stdout.write(`\n── ${script}\n${Buffer.concat(said)}`)
      process.stdout.write(`── ${script}: ${toSeconds(began)} s\n`)
      resolve(status)
    }),
  )
}

function toSeconds(began) {
  return ((performance.now() - began) / 1000).toFixed(1)
}

function vitest(name, args, env = {}) {
  const file = path.join(reports, `${name}.json`)
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]
  const status = timed(name, 'npx', ['vitest', ...args, ...reporters], env)
  add(countVitest(readReport(file), status))
}

async function browser() {
  const file = path.join(reports, 'browser.json')
  const status = timed('browser', 'npx', ['playwright', 'test'], {
    CHROMIUM_PATH: await findBrowser(),
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  })
  add(countPlaywright(readReport(file), status))
}

function readReport(file) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null
}

function timed(name, program, args, env = {}) {
  const began = performance.now()
  process.stdout.write(`\n── ${name}\n`)
  const { status } = spawnSync(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
  })
  process.stdout.write(`── ${name}: ${toSeconds(began)} s\n`)
  return status
}

function add({ passed, failed, skipped }) {
  for (const name of skipped) process.stdout.write(`skipped: ${name}\n`)
  total.passed += passed
  total.failed += failed
  total.skipped += skipped.length
}

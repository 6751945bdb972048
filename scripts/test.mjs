// `npm test`: the whole proof on a clean checkout. Every suite runs even when one fails; the last line counts.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { build, findBrowser, generateClient, installPackages } from './prepare.mjs'

process.chdir(path.resolve(import.meta.dirname, '..'))
installPackages()
generateClient()

const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'order-journey-reports-'))
const total = { passed: 0, failed: 0, skipped: 0 }

for (const name of ['style', 'types', 'boundaries', 'unused', 'docs']) command(`check:${name}`)
vitest('unit', ['run'], {
  LONG: '1',
  PROPERTY_RUNS: process.env.PROPERTY_RUNS ?? '10000',
})
build()
vitest('integration', ['run', '--config', 'vitest.integration.config.mts'])
browser()

fs.rmSync(reports, { recursive: true, force: true })
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)
process.exit(total.failed === 0 ? 0 : 1)

function command(script) {
  const status = timed(script, 'npm', ['run', '-s', script])
  add(status === 0 ? { passed: 1 } : { failed: 1 })
}

function vitest(name, args, env = {}) {
  const file = path.join(reports, `${name}.json`)
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]
  const status = timed(name, 'npx', ['vitest', ...args, ...reporters], env)
  if (!fs.existsSync(file)) return add({ failed: 1 })

  const report = JSON.parse(fs.readFileSync(file, 'utf8'))
  const skipped = report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status: said }) => said === 'skipped' || said === 'pending'),
  )
  for (const { fullName } of skipped) process.stdout.write(`skipped: ${fullName}\n`)
  const failed = report.numFailedTests + report.testResults.filter(fellOver).length
  add({
    passed: report.numPassedTests,
    // An error outside every test fails the run without failing a test.
    failed: failed || (status === 0 ? 0 : 1),
    skipped: skipped.length,
  })
}

/** A file that could not even be loaded has no failed test of its own. */
function fellOver({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some(({ status: said }) => said === 'failed')
}

function browser() {
  const file = path.join(reports, 'browser.json')
  const status = timed('browser', 'npx', ['playwright', 'test'], {
    CHROMIUM_PATH: findBrowser(),
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  })
  if (!fs.existsSync(file)) return add({ failed: 1 })

  const { stats, errors } = JSON.parse(fs.readFileSync(file, 'utf8'))
  const failed = stats.unexpected + errors.length
  add({
    passed: stats.expected + stats.flaky,
    failed: failed || (status === 0 ? 0 : 1),
    skipped: stats.skipped,
  })
}

function timed(name, program, args, env = {}) {
  const began = performance.now()
  process.stdout.write(`\n── ${name}\n`)
  const { status } = spawnSync(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env, NEXT_TELEMETRY_DISABLED: '1' },
  })
  process.stdout.write(`── ${name}: ${((performance.now() - began) / 1000).toFixed(1)} s\n`)
  return status
}

function add(counts) {
  for (const [key, count] of Object.entries(counts)) total[key] += count
}

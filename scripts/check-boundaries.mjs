// Fails on an import that a rule of .dependency-cruiser.mjs forbids, and says what to do instead.
import { execFileSync } from 'node:child_process'
import config from '../.dependency-cruiser.mjs'

const FOLDERS = ['app', 'components', 'lib', 'server', 'demo', 'i18n', 'scripts/bench/truth']
const LEAST_MODULES = 200

const { summary } = JSON.parse(cruise())
// A cruiser that cannot read TypeScript finds nothing, and finds nothing wrong.
if (summary.totalCruised < LEAST_MODULES)
  throw new Error(`Only ${summary.totalCruised} modules were checked`)

const comments = new Map(
  [...config.forbidden, ...config.required].map(({ name, comment }) => [name, comment]),
)
for (const { rule, from, to } of summary.violations)
  process.stderr.write(`${rule.name}: ${from} → ${to}\n  ${comments.get(rule.name)}\n`)
process.exitCode = summary.violations.length > 0 ? 1 : 0

function cruise() {
  try {
    return execFileSync(
      'depcruise',
      [...FOLDERS, '--config', '.dependency-cruiser.mjs', '-T', 'json'],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
        maxBuffer: 64e6,
      },
    )
  } catch (error) {
    if (error.stdout) return error.stdout // It found something: the reader says what.
    throw error
  }
}

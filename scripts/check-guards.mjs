// Would anybody notice if the gate were not asked? Takes out one guard at a time; a test must turn red for each.
//
//   control ✓ ── guard 1 out ✗ ── guard 2 out ✗ ── … ── control ✓       a guard out and all green: not proved
import fs from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { createVitest } from 'vitest/node'

const GRANTED = '(async (viewer, request, action, resource) => ({ viewer, action, resource }))'
const SILENT = '(async () => {})'

const GATE = { file: 'lib/access/permit.ts', test: 'lib/access/permit.test.ts' }
const ROUTES = { file: 'lib/http/route-maker.ts', test: 'lib/http/route-maker.test.ts' }
const ANYWHERE = { count: 4, test: 'lib/services/asks-the-gate.test.ts' }

/** Calls that refuse somebody, what stands in their place, and the test that is to notice. `count`: of arguments. */
const GUARDS = [
  { call: 'permit', instead: GRANTED, ...ANYWHERE },
  { call: 'createGate()', instead: GRANTED, ...ANYWHERE },
  { call: 'isSound', instead: '(() => true)', ...GATE },
  { call: 'mayDo', instead: '(() => true)', ...GATE },
  {
    call: 'sight',
    instead: '(async () => ({ seen: true, silent: [], answered: true }))',
    ...GATE,
  },
  { call: 'record', instead: SILENT, ...GATE },
  { call: 'requireOwnOrigin', instead: SILENT, ...ROUTES },
  { call: 'requireViewer', instead: SILENT, ...ROUTES },
  { call: 'requireEntry', instead: SILENT, ...ROUTES },
]
const LEAST_CALLS_OF_PERMIT = 4

process.chdir(path.resolve(import.meta.dirname, '..'))
const places = ['app', 'lib', 'server'].flatMap(sourcesIn).flatMap(findGuards)
const asking = places.filter(({ call }) => call === 'permit')
// A search that finds nothing proves nothing.
if (asking.length < LEAST_CALLS_OF_PERMIT)
  throw new Error(`Only ${asking.length} calls of the gate`)
for (const { call } of GUARDS)
  if (!places.some((place) => place.call === call)) throw new Error(`Nobody calls ${call}`)

let out = null
const vitest = await createVitest(
  'test',
  { watch: false, bail: 1, maxWorkers: 1, reporters: [{}] },
  { plugins: [{ name: 'one-guard-out', enforce: 'pre', transform }] },
)
const tests = [...new Set(GUARDS.map(({ test }) => test))]
const specifications = await vitest.globTestSpecifications(tests)
const survivors = []
if (await isRed(tests)) survivors.push('the tests are red with every guard in place')
for (const place of survivors.length > 0 ? [] : places) {
  const noticed = await without(place)
  process.stdout.write(`${noticed ? 'noticed' : 'MISSED '} ${place.name}\n`)
  if (!noticed) survivors.push(`no unit test notices that ${place.name} is gone`)
}
if (survivors.length === 0 && (await isRed(tests))) survivors.push('the last control run is red')
await vitest.close()
for (const survivor of survivors) process.stderr.write(`${survivor}\n`)
process.exit(survivors.length > 0 ? 1 : 0)

async function without(place) {
  out = place
  vitest.invalidateFile(place.path)
  const noticed = await isRed([place.test])
  out = null
  vitest.invalidateFile(place.path)
  return noticed
}

async function isRed(files) {
  const chosen = specifications.filter(({ moduleId }) =>
    files.some((one) => moduleId.endsWith(one)),
  )
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(chosen)
  if (testModules.length < files.length) throw new Error('Some tests did not run')
  return unhandledErrors.length > 0 || testModules.some((module) => !module.ok())
}

function transform(code, id) {
  if (id.split('?')[0] !== out?.path) return
  return `${code.slice(0, out.from)}${out.instead}${code.slice(out.to)}`
}

function sourcesIn(folder) {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.replaceAll('\\', '/')))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|\/fixtures\/|\/generated\//.test(file))
}

function findGuards(file) {
  const text = fs.readFileSync(file, 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found = []
  visit(source)
  return found

  function visit(node) {
    if (ts.isCallExpression(node)) keep(node.expression, node.arguments.length)
    ts.forEachChild(node, visit)
  }

  function keep(callee, count) {
    const call = nameOf(callee)
    const guard = GUARDS.find(
      (one) => one.call === call && (one.file ?? file) === file && (one.count ?? count) === count,
    )
    if (!guard) return
    const from = callee.getStart(source)
    const line = source.getLineAndCharacterOfPosition(from).line + 1
    const place = { ...guard, path: path.resolve(file), from, to: callee.getEnd() }
    found.push({ ...place, name: `${file}:${line} ${call}` })
  }

  function nameOf(callee) {
    if (ts.isPropertyAccessExpression(callee)) return callee.name.text
    // A gate that is made and asked at once.
    return ts.isCallExpression(callee) ? `${nameOf(callee.expression)}()` : callee.getText(source)
  }
}

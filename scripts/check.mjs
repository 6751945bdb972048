// `npm run check`: what every commit passes. The unit tests run beside the other checks, one core each.
import { spawn } from 'node:child_process'

const STEPS = ['check:style', 'check:docs', 'check:types', 'check:boundaries', 'check:unused']

const [checks, tests] = await Promise.all([inOrder(STEPS), run('test:unit', ['--maxWorkers=1'])])
const failed = [...checks, tests].filter(({ status }) => status !== 0)
for (const { script, output } of failed) process.stdout.write(`\n── ${script}\n${output}`)
for (const { script, status, seconds } of [...checks, tests])
  process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${script} ${seconds} s\n`)
process.exit(failed.length > 0 ? 1 : 0)

async function inOrder(scripts) {
  const results = []
  for (const script of scripts) results.push(await run(script))
  return results
}

function run(script, args = []) {
  const began = performance.now()
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '-s', script, '--', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk
      })
    child.once('exit', (status) =>
      resolve({ script, status, output, seconds: ((performance.now() - began) / 1000).toFixed(1) }),
    )
  })
}

import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const USAGE = `npm run demo:source -- jaeger|rabbitmq|s3|prometheus down|slow|html|up
npm run demo:source -- shop|mes down|slow|up
`
const running = z.object({ controlUrl: z.url() })

/** Hurts a source of the running demo, or heals it: what it says is what the demo answers. */
async function main(): Promise<string> {
  const [name, mode] = process.argv.slice(2)
  if (!name || !mode) return USAGE
  const file = path.resolve(process.env.DEMO_DATA_DIR ?? '.data/demo', 'demo.json')
  if (!fs.existsSync(file)) throw new Error('The demo is not running: npm run demo')
  const { controlUrl } = running.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
  const response = await fetch(`${controlUrl}/sources/${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mode }),
    signal: AbortSignal.timeout(5_000),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(text.trim() || `The demo answered ${response.status}`)
  return text
}

try {
  process.stdout.write(await main())
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}

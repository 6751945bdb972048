import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { findArrival, findClosed, variantsOf } from './company/find-arrival'
import type { Wish } from './company/memory'
import { makeWish, readMemory, readWishes } from './company/memory'
import { FAILURES, type FailureId, orderId } from './company/order'
import { DAY, MINUTE } from './company/time'
import type { SlowTime } from './company/world'
import { world } from './company/world'

const USAGE = `npm run demo:inject -- FP-04 [--partner] [--variant mes_to_crm]
npm run demo:inject -- healthy [--partner]
npm run demo:inject -- only-traces  an order that no database has
npm run demo:inject -- only-mes     a partner's order that one database has
npm run demo:inject -- duplicate    a partner's order that came in twice
npm run demo:inject -- skew         an order whose production host keeps a wrong time
npm run demo:inject -- year-old     one that was closed a year ago, its traces gone
npm run demo:inject -- heal         lets the stopped queues go on
`

/** States that are no failure's usual form, or none at all. */
const STATES: Readonly<Record<string, { readonly id: FailureId; readonly variant: string }>> = {
  'ONLY-TRACES': { id: 'FP-01', variant: 'create' },
  'ONLY-MES': { id: 'FP-13', variant: 'crm-failed' },
  DUPLICATE: { id: 'FP-13', variant: 'duplicate' },
}
const OLD = 365 * DAY
/** The clock of production is behind: what came by message is dated before it was sent. */
const SKEW = { service: 'mes-api', ms: -90_000 } as const

/** Numbers of orders made by hand begin here, far from the others. */
const FIRST_BY_HAND = 800_001
/** Between the numbers of two of them, so that several may be tried. */
const APART = 50

const running = z.object({ baseUrl: z.url() })

/** Makes an order fail in a chosen way, as if it had for a while, and prints its address. */
async function main(): Promise<string> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { partner: { type: 'boolean' }, variant: { type: 'string' } },
  })
  const wanted = positionals[0]?.toUpperCase()
  const dataDir = path.resolve(process.env.DEMO_DATA_DIR ?? '.data/demo')
  const state = STATES[wanted ?? '']
  const id = state?.id ?? FAILURES.find((one) => one === wanted) ?? null
  if (id === null && !['HEALTHY', 'SKEW', 'YEAR-OLD', 'HEAL'].includes(wanted ?? '')) return USAGE

  const memory = readMemory(dataDir)
  const file = path.join(dataDir, 'demo.json')
  if (!memory || !fs.existsSync(file)) throw new Error('The demo is not running: npm run demo')
  const { baseUrl } = running.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
  const now = memory.upTo
  if (wanted === 'HEAL') {
    await grant(dataDir, [{ kind: 'heal', at: now }])
    return 'The queues go on.\n'
  }

  const channel = values.partner || id === 'FP-13' ? 'partner' : 'shop'
  const shared = world(memory.seed, memory.origin, memory)
  const number = FIRST_BY_HAND + readWishes(dataDir).length * APART
  if (wanted === 'YEAR-OLD') {
    const order = findClosed(shared, number, now - OLD, channel)
    await grant(dataDir, [{ kind: 'order', order, slow: [], untraced: true }])
    return `${baseUrl}/orders/${orderId(order.arrival.number)}\n`
  }
  const variant = values.variant ?? state?.variant
  const order = findArrival(shared, number, now, { id, channel, variant })
  if (!order) {
    const known = id ? variantsOf(id, channel).join(', ') : ''
    throw new Error(`No ${wanted} for ${channel} orders${known && ` but these: ${known}`}`)
  }
  const wishes: Wish[] = [
    {
      kind: 'order',
      order,
      slow: id === null ? [] : slowOf(id, order.flaw?.variant, now),
      ...(wanted === 'SKEW' && { skew: SKEW }),
    },
  ]
  if (id === 'FP-04')
    for (const { queue } of order.incidents)
      wishes.push({ kind: 'stop-queue', incident: { queue, from: now, until: null } })
  await grant(dataDir, wishes)
  return `${baseUrl}/orders/${orderId(order.arrival.number)}\n`
}

function slowOf(id: string, variant: string | undefined, now: number): SlowTime[] {
  const times = { from: now - 20 * MINUTE, until: now + 40 * MINUTE }
  if (id === 'FP-12') return [{ service: variant === 'crm' ? 'crm-api' : 'mes-api', ...times }]
  return id === 'FP-15' ? [{ service: 'shop-api', ...times }] : []
}

/** The living company grants wishes at its next step. */
async function grant(dataDir: string, wishes: readonly Wish[]): Promise<void> {
  for (const wish of wishes) makeWish(dataDir, wish)
  const all = readWishes(dataDir).length
  for (let i = 0; i < 150; i++) {
    if ((readMemory(dataDir)?.granted ?? 0) >= all) return
    await sleep(200)
  }
  throw new Error('The demo did not answer within 30 s: is it running?')
}

try {
  process.stdout.write(await main())
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}

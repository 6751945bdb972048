import path from 'node:path'
import pg from 'pg'
import { rowsAt } from '@/demo/databases/rows'
import { writeRows } from '@/demo/databases/write-rows'
import type { Emitted } from '@/demo/spans/emit'
import { orderSpans } from '@/demo/spans/order-spans'
import { sendSpans } from '@/demo/spans/send'
import { skewed } from '@/demo/spans/skew'
import { spansBetween } from '@/demo/spans/spans-between'
import { looks } from '@/demo/spans/traffic'
import type { Memory, Wish } from './memory'
import { keep, readWishes, recall, writeWhole } from './memory'
import { movesBetween } from './moments'
import type { Order } from './order'
import { createPlanner, planInjected } from './plan-orders'
import { SECOND } from './time'
import { truthAt } from './truth'
import type { Watcher } from './watch-company'
import { world } from './world'

const HISTORY_DAYS = 30
const STEP = 3 * SECOND

type Options = {
  /** Superuser addresses of the two order databases, their schemas in place. */
  readonly shopUrl: string
  readonly mesUrl: string
  /** Where spans go, without `/v1/traces`. */
  readonly otlpUrl: string
  readonly dataDir: string
  readonly seed: string
  readonly days?: number
  readonly now?: () => number
  /** Sees what happens, beside the databases and the collector. */
  readonly watcher?: Watcher
}

export type RunningCompany = {
  /** Orders so far, and spans sent since this start. */
  readonly orders: number
  readonly spans: number
  stop(): Promise<void>
}

/**
 * Brings the toy company to life. Throws when a database or the collector refuses the first step.
 *
 *     origin ──── history, at once ────▶ first start ── every 3 s ──▶ stop …… start: catches up ── every 3 s ──▶
 */
export async function startCompany(options: Options): Promise<RunningCompany> {
  const { otlpUrl, dataDir, seed, days = HISTORY_DAYS, now = Date.now, watcher } = options
  const memory = recall(dataDir, seed, now(), days)
  let plan = createPlanner(memory)
  const counts = { orders: 0, spans: 0 }

  /** Writes what happens up to a moment. Rows and spans written twice are the same rows and spans. */
  const advance = async (until: number) => {
    const company = plan(until)
    const moving = company.orders.filter((order) => movesBetween(order, memory.upTo, until))
    const recent: Emitted[] = []
    function* noting(portions: Iterable<readonly Emitted[]>) {
      for (const portion of portions) {
        recent.push(...(watcher?.keep(portion, until) ?? []))
        yield portion
      }
    }
    const [sent] = await Promise.all([
      sendSpans(otlpUrl, noting(spansBetween(company, memory.upTo, until))),
      writeAll(options, moving, until),
    ])
    memory.upTo = until
    watcher?.hear(recent)
    watcher?.see(company, until)
    counts.spans += sent
    counts.orders = company.orders.length
    keep(dataDir, memory)
    if (moving.length)
      writeWhole(
        path.join(dataDir, 'truth.jsonl'),
        truthAt(company, until)
          .map((line) => `${JSON.stringify(line)}\n`)
          .join(''),
      )
  }

  const grantWishes = async () => {
    for (const wish of readWishes(dataDir).slice(memory.granted)) {
      await grant(options, memory, wish)
      memory.granted += 1
      keep(dataDir, memory)
      plan = createPlanner(memory)
    }
  }

  await advance(now())
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const live = () => {
    // A database may be down for a while: what is not written now is written later.
    running = grantWishes()
      .then(() => advance(now()))
      .catch(() => {})
      .then(() => {
        if (!stopping) timer = setTimeout(live, STEP)
      })
  }
  timer = setTimeout(live, STEP)

  return {
    get orders() {
      return counts.orders
    },
    get spans() {
      return counts.spans
    },
    stop: async () => {
      stopping = true
      clearTimeout(timer)
      await running
    },
  }
}

/** Trouble made by hand: what it has left behind by now is written at once. */
async function grant(options: Options, memory: Memory, wish: Wish): Promise<void> {
  if (wish.kind === 'stop-queue') {
    memory.incidents.push(wish.incident)
    return
  }
  if (wish.kind === 'heal') {
    memory.incidents = memory.incidents.map((one) => ({ ...one, until: one.until ?? wish.at }))
    memory.injected = memory.injected.map((one) => ({
      ...one,
      incidents: one.incidents.map((each) => ({ ...each, until: each.until ?? wish.at })),
    }))
    return
  }
  memory.slow.push(...wish.slow)
  const shared = world(memory.seed, memory.origin, memory)
  const orders = planInjected(shared, wish.order)
  const until = memory.upTo
  const spans: Emitted[] = [
    ...orders.flatMap((order) => orderSpans(shared, order)),
    ...wish.slow.flatMap(({ from }) => looks(shared, from, until, 20 * SECOND)),
  ].filter(({ end }) => end <= until)
  const { skew } = wish
  const dated = skew ? spans.map((span) => skewed(span, skew)) : spans
  if (!wish.untraced) await sendSpans(options.otlpUrl, [dated])
  options.watcher?.hear(options.watcher.keep(spans, until))
  await writeAll(options, orders, until)
  memory.injected.push(wish.order)
}

async function writeAll(
  { shopUrl, mesUrl }: Options,
  orders: readonly Order[],
  now: number,
): Promise<void> {
  if (orders.length === 0) return
  const rows = rowsAt(orders, now)
  await Promise.all([
    onDatabase(shopUrl, (client) => writeRows(client, rows.shop)),
    onDatabase(mesUrl, (client) => writeRows(client, rows.mes)),
  ])
}

async function onDatabase(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 60_000,
  })
  client.on('error', () => {}) // The server went away; the work itself fails too.
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

import { cookieFor } from '@/e2e/http/asked'
import { DEMO, databaseUrl, FRONT_DOOR, query, SECRETS } from '@/e2e/http/demo'
import { openHouse } from '@/e2e/http/house'
import { measureApi } from './api'
import type { Figure } from './figure'
import { INSPECTED } from './heap'
import { measureKnownTraces } from './known-traces'
import { measureLoad } from './load'
import { type Shape, writeOrder, writeOtherTraces } from './order-of-many-spans'
import { measureOutages } from './outages'
import { measurePage } from './page'
import { startRecorder } from './recorder'
import { delayRows } from './slow-rows'
import { openUpstream } from './upstream'

const USUAL = { traces: 50, spans: 2_000, known: 12 }
const LARGE = { traces: 50, spans: 20_000, known: 12 }
const KNOWN = { traces: 12, spans: 600, known: 12 }
const OTHERS = 50_000
const PAGE_MS = 100

let written = 900_000 + (Math.floor(Date.now() / 1_000) % 90_000)

/** Orders that nobody has asked for. */
async function write(count: number, shape: Omit<Shape, 'orderId'>): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, () => {
    written += 1
    return `ORD-${written}`
  })
  for (const orderId of ids) await writeOrder(DEMO.otlpUrl, { orderId, ...shape })
  return ids
}

/** Orders of the company itself, as long as its orders are; the newest first. */
async function usualOrders(count: number): Promise<readonly string[]> {
  const rows = await query<{ id: string }>(
    'demo_mes',
    "select order_no as id from mes.orders where order_no < 'ORD-8' order by order_no desc limit $1",
    [count],
  )
  return rows.map(({ id }) => id)
}

/** Each the file of another order that is stored: a file is asked for by its name. */
async function giveFiles(ids: readonly string[]): Promise<void> {
  const files = await query<{ id: string }>(
    'demo_shop',
    'select order_no as id from shop.orders where file_key is not null order by created_at desc limit $1',
    [ids.length],
  )
  for (const [at, { id }] of files.entries())
    await query(
      'demo_shop',
      `update shop.orders o set (file_bucket, file_key, file_size, file_etag) =
         (f.file_bucket, f.file_key, f.file_size, f.file_etag)
       from shop.orders f where f.order_no = $2 and o.order_no = $1`,
      [ids[at], id],
    )
}

/** How the demo’s product is let in to the sources beside databases and traces. */
const BESIDE = Object.fromEntries(
  Object.entries(FRONT_DOOR).filter(([name]) => /^(RABBITMQ|S3|PROMETHEUS)_/.test(name)),
)

const reader = (database: string) =>
  `${databaseUrl(database, 'journey_reader', SECRETS.reader)}?sslmode=disable`

/** Everything that is measured, behind a front door of its own. */
export async function openBenches() {
  const recorder = await startRecorder({
    jaeger: DEMO.tracesUrl,
    rabbitmq: FRONT_DOOR.RABBITMQ_URL ?? '',
    s3: FRONT_DOOR.S3_ENDPOINT ?? '',
    prometheus: FRONT_DOOR.PROMETHEUS_URL ?? '',
  })
  const house = await openHouse({
    name: 'bench',
    env: {
      ...BESIDE,
      JAEGER_URL: recorder.urls.jaeger,
      RABBITMQ_URL: recorder.urls.rabbitmq,
      S3_ENDPOINT: recorder.urls.s3,
      PROMETHEUS_URL: recorder.urls.prometheus,
      ORDER_DB_SHOP_URL: reader('demo_shop'),
      ORDER_DB_MES_URL: reader('demo_mes'),
    },
  })
  const upstream = await openUpstream([reader('demo_shop'), reader('demo_mes')])
  const cookie = await cookieFor({ roles: ['support'] })
  const bench = { house, cookie, recorder, upstream }

  const all: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
    async api() {
      const orderIds = await write(12, USUAL)
      await giveFiles(orderIds)
      return measureApi({ ...bench, orderIds })
    },
    async known() {
      const orderIds = await write(11, KNOWN)
      await writeOtherTraces(DEMO.otlpUrl, OTHERS)
      return [await measureKnownTraces({ ...bench, jaegerUrl: DEMO.tracesUrl, orderIds })]
    },
    down: () => measureOutages(),
    async page() {
      const usual = await write(8, USUAL)
      const large = await write(8, LARGE)
      await delayRows(PAGE_MS)
      recorder.delay(PAGE_MS)
      const figures = await measurePage({ ...bench, usual, large })
      await delayRows(0)
      recorder.delay(0)
      return figures
    },
    async load() {
      // Straight to its sources: what stands between would share this machine with them.
      const direct = await openHouse({
        name: 'bench-load',
        env: {
          ...INSPECTED,
          JAEGER_URL: DEMO.tracesUrl,
          STORE_URL: databaseUrl('order_journey', 'order_journey_app', SECRETS.store.app),
          ORDER_DB_SHOP_URL: reader('demo_shop'),
          ORDER_DB_MES_URL: reader('demo_mes'),
        },
      })
      try {
        return await measureLoad({
          house: direct,
          cookies: await Promise.all(
            Array.from({ length: 20 }, () => cookieFor({ roles: ['support'] })),
          ),
          orderIds: await usualOrders(50),
        })
      } finally {
        await direct.close()
      }
    },
  }
  return {
    all,
    async close() {
      await upstream.close()
      await recorder.stop()
      await house.close()
    },
  }
}

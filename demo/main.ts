// Long, because it is the one place where all parts of the demo are brought up, in their order.
import fs from 'node:fs'
import path from 'node:path'
import { migrateStore } from '@/lib/store/migrate'
import { provisionStore } from '@/lib/store/provision'
import { startBroker } from './broker/start-broker'
import { startCompany } from './company/live'
import { BUCKET } from './company/plan-order'
import { DAY } from './company/time'
import { type Watcher, watchCompany } from './company/watch-company'
import { MES_DATABASE, provisionOrderDatabases, READER, SHOP_DATABASE } from './databases/provision'
import { startHttpFaultProxy } from './faults/http-proxy'
import { MODES } from './faults/mode'
import { startTcpFaultProxy } from './faults/tcp-proxy'
import { startFiles } from './files/start-files'
import { PEOPLE } from './idp/people'
import { loadSecrets as loadIdpSecrets } from './idp/secrets'
import { startMetrics } from './metrics/start-metrics'
import { startPostgres } from './postgres/start-postgres'
import { type Child, startChild } from './supervisor/child'
import { startControl } from './supervisor/control'
import { frontDoorEnv } from './supervisor/front-door-env'
import { markOf, releaseLock, rememberChildren, takeLock } from './supervisor/lock'
import { findFreePorts, isTaken, readPort } from './supervisor/ports'
import { findClosedFolder, makeFolder } from './supervisor/reachable'
import { loadSecrets, saveFrontDoorEnv, saveRunning } from './supervisor/settings'

// The demo company, from nothing to an address to open:
//
//     lock ─┬─ production build ───────────────────────┬─ front door ─┐
//           ├─ PostgreSQL ─┬─ store ───────────────────┘              ├─ Open http://…
//           │              └─ order databases ─┐                      │
//           ├─ trace store ────────────────────┴─ thirty days ────────┤
//           └─ identity provider ─────────────────────────────────────┘

const BUILD_MS = 900_000
const S3_READER = 'order-journey'
const folder = path.resolve(process.env.DEMO_DATA_DIR ?? '.data/demo')
const children: Child[] = []
/** What stops, last begun first. */
const stops: (() => Promise<unknown>)[] = []
let stopping: Promise<never> | null = null

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void leave(0))
process.on('disconnect', () => void leave(0)) // Whoever started us is gone,
process.stdout.on('error', () => void leave(0)) // or whoever reads us.

const started = start()
started.catch((error: unknown) => giveUp(error instanceof Error ? error.message : `${error}`))

async function start(): Promise<void> {
  const port = readPort(process.env.PORT)
  makeFolder(folder)
  for (const place of [folder, process.cwd()]) {
    const closed = findClosedFolder(place)
    if (closed)
      throw new Error(
        `PostgreSQL's own account cannot pass ${closed}, on the way to ${place}: chmod o+x it, or choose another place${place === folder ? ' in DEMO_DATA_DIR' : ''}`,
      )
  }
  await takeLock(folder)
  stops.push(async () => releaseLock(folder))
  if (await isTaken(port))
    throw new Error(`Port ${port} is taken: choose another with PORT, as in PORT=${port + 1}`)
  if (process.argv.includes('--fresh')) forget()
  const secrets = loadSecrets(folder)
  const idpSecrets = loadIdpSecrets(folder)
  const [idpPort, tracesPort, jaegerPort, shopPort, mesPort, controlPort, pgPort] = take(
    await findFreePorts(port + 1, 7),
  )
  const baseUrl = `http://127.0.0.1:${port}`
  const issuer = `http://127.0.0.1:${idpPort}`
  const realTraces = process.env.JAEGER_URL
  const tracesUrl = realTraces ?? `http://127.0.0.1:${tracesPort}`
  const otlpUrl = realTraces ? (process.env.JAEGER_OTLP_URL ?? realTraces) : tracesUrl

  const built = process.argv.includes('--build')
    ? soon('Build', () =>
        begin('build', ['scripts/build.mjs', '--without-types'], null, {}, BUILD_MS),
      )
    : Promise.resolve()
  const traces = realTraces
    ? Promise.resolve()
    : soon('Trace store', () =>
        begin('traces', ['dist/traces.mjs'], /ready/, {
          TRACES_PORT: `${tracesPort}`,
          TRACES_DATA_DIR: path.join(folder, 'traces'),
        }),
      )
  const idp = soon('Identity provider', () =>
    begin('idp', ['dist/idp.mjs'], /ready/, {
      IDP_PORT: `${idpPort}`,
      DATA_DIR: folder,
      BASE_URL: baseUrl,
    }),
  )
  const postgres = await step('PostgreSQL', async () => {
    const server = await startPostgres({
      dataDir: path.join(folder, 'postgres'),
      port: pgPort,
      onEnd: giveUp,
    })
    stops.push(() => server.stop())
    return server
  })
  const storeUrl = await step('Store', () => prepareStore(postgres.url('postgres'), secrets.store))
  await step('Order databases', () => provisionOrderDatabases(postgres.url, secrets.reader))

  const jaeger = await startHttpFaultProxy({ port: jaegerPort, target: new URL(tracesUrl) })
  const shop = await startTcpFaultProxy({ port: shopPort, targetPort: postgres.port })
  const mes = await startTcpFaultProxy({ port: mesPort, targetPort: postgres.port })
  const watcher = watchCompany()
  const rabbitmqLogin = `order_journey:${secrets.reader}`
  const { s3, prometheus, rabbitmq } = await startStandIns(watcher, rabbitmqLogin)
  for (const proxy of [jaeger, shop, mes]) stops.push(() => proxy.stop())

  const readerUrl = (at: number, database: string) =>
    `postgresql://${READER}:${secrets.reader}@127.0.0.1:${at}/${database}?sslmode=disable`
  const env = frontDoorEnv({
    folder,
    baseUrl,
    issuer,
    clientSecret: idpSecrets.clientSecret,
    storeUrl,
    shopUrl: readerUrl(shopPort, SHOP_DATABASE),
    mesUrl: readerUrl(mesPort, MES_DATABASE),
    jaegerUrl: `http://127.0.0.1:${jaegerPort}`,
    jaegerStorage: realTraces ? (process.env.JAEGER_STORAGE ?? 'unknown') : 'memory',
    traceUrl: `${tracesUrl}/trace/{traceId}`,
    storage: { url: `http://127.0.0.1:${s3.port}`, reader: S3_READER },
    prometheusUrl: `http://127.0.0.1:${prometheus.port}`,
    broker: { url: `http://127.0.0.1:${rabbitmq.port}`, login: rabbitmqLogin },
    secrets,
  })
  const frontDoor = soon('Front door', async () => {
    await built
    await begin('front-door', ['dist/server.mjs'], /Ready on/, { PORT: `${port}`, ...env })
  })

  const shopUrl = postgres.url(SHOP_DATABASE)
  const mesUrl = postgres.url(MES_DATABASE)
  await traces
  const company = await step('Thirty days of orders', () =>
    startCompany({ shopUrl, mesUrl, otlpUrl, dataDir: folder, seed: secrets.seed, watcher }),
  )
  stops.push(() => company.stop())
  const controlUrl = `http://127.0.0.1:${controlPort}`
  const control = await startControl({
    port: controlPort,
    sources: { jaeger, shop, mes, s3, prometheus, rabbitmq },
    modes: MODES,
  })
  stops.push(async () => control.close())
  await Promise.all([idp, frontDoor])
  if (stopping) return

  const { pid } = process
  saveFrontDoorEnv(folder, { PORT: `${port}`, ...env })
  saveRunning({ baseUrl, dataDir: folder, shopUrl, mesUrl, otlpUrl, controlUrl, tracesUrl, pid })
  invite(baseUrl, `${company.orders} orders, ${company.spans} spans`, idpSecrets.passwords)
}

/** The file storage and the metrics store: small enough to live in this process, each behind a proxy that can hurt it. */
async function startStandIns({ findFile, series }: Watcher, login: string) {
  const files = await startFiles({ port: 0, bucket: BUCKET, accessKeyId: S3_READER, findFile })
  const metrics = await startMetrics({ port: 0, series })
  // A node that has counted for a day: its queues have an hour behind them.
  const broker = await startBroker({ port: 0, login, series, startedAt: Date.now() - DAY })
  const before = (port: number) =>
    startHttpFaultProxy({ port: 0, target: new URL(`http://127.0.0.1:${port}`) })
  const s3 = await before(files.port)
  const prometheus = await before(metrics.port)
  const rabbitmq = await before(broker.port)
  for (const part of [files, metrics, broker, s3, prometheus, rabbitmq])
    stops.push(() => part.stop())
  return { s3, prometheus, rabbitmq }
}

/** Data of an earlier demo, but not the lock that was just taken. */
function forget(): void {
  for (const name of fs.readdirSync(folder))
    if (name !== 'demo.lock' && name !== 'children.json')
      fs.rmSync(path.join(folder, name), { recursive: true, force: true })
}

async function prepareStore(
  superuserUrl: string,
  passwords: Readonly<Record<'owner' | 'app' | 'worker' | 'archiver', string>>,
): Promise<string> {
  const urls = await provisionStore({ superuserUrl, database: 'order_journey', passwords })
  await migrateStore({ ownerUrl: urls.owner })
  return urls.app
}

async function begin(
  name: string,
  args: readonly string[],
  readyWhen: RegExp | null,
  env: Readonly<Record<string, string>>,
  limitMs = 60_000,
): Promise<void> {
  await startChild({
    name,
    args: [...args, markOf(folder)],
    env,
    readyWhen,
    logFolder: folder,
    limitMs,
    onSpawn: (child) => {
      children.push(child)
      rememberChildren(folder, children)
      stops.push(() => child.stop(20_000))
    },
    onEnd: giveUp,
  })
}

async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (stopping) throw new Error('The demo is stopping')
  const began = performance.now()
  const result = await work()
  say(`${name.padEnd(34)} ${((performance.now() - began) / 1000).toFixed(1)} s`)
  return result
}

/** A step that others go on beside; whoever awaits it hears of its failure. */
function soon<T>(name: string, work: () => Promise<T>): Promise<T> {
  const result = step(name, work)
  result.catch(() => {})
  return result
}

function invite(url: string, filled: string, passwords: Readonly<Record<string, string>>): void {
  say(`\n${filled}\n\nOpen ${url}\n\nSign in as one of`)
  for (const { login, name, title } of PEOPLE)
    say(`  ${login.padEnd(8)} ${title.en.padEnd(16)} ${passwords[login]}  ${name}`)
  say('\nCtrl-C stops everything; the data are kept.')
}

/** Without one of its parts the demo would show what is not so: it says which, and stops. */
function giveUp(sentence: string): void {
  if (!stopping) process.stderr.write(`${sentence}\n`)
  void leave(1)
}

function leave(code: number): Promise<never> {
  stopping ??= (async () => {
    await stopAll()
    await started.catch(() => {}) // A start in the middle of a step ends with that step,
    await stopAll() // which may have begun one thing more.
    process.exit(code)
  })()
  return stopping
}

async function stopAll(): Promise<void> {
  for (let stop = stops.pop(); stop; stop = stops.pop())
    await stop().catch((error: unknown) => process.stderr.write(`${error}\n`))
}

function take(ports: readonly number[]): [number, number, number, number, number, number, number] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0] = ports
  return [a, b, c, d, e, f, g]
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

import { spawn } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { env as inherited } from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { startHttpFaultProxy } from '@/demo/faults/http-proxy'
import type { Severity } from '@/demo/faults/mode'
import { startTcpFaultProxy } from '@/demo/faults/tcp-proxy'
import { frontDoorEnv } from '@/demo/supervisor/front-door-env'
import { findFreePorts } from '@/demo/supervisor/ports'
import { BASE_URL, DEMO, databaseUrl, FOLDER, FRONT_DOOR, SECRETS } from './demo'

/** A worker that ran out of time is killed, and its houses with it. */
const END_WITH_PARENT = path.resolve('demo/supervisor/end-with-parent.mjs')

export type House = Awaited<ReturnType<typeof openHouse>>

type Options = {
  readonly name: string
  readonly severity?: Partial<Severity>
  readonly env?: Readonly<Record<string, string>>
  /** With the broker, the files and the metrics of the demo, each behind a proxy as well. */
  readonly beside?: boolean
}

/**
 * A front door of its own on the demo's data, with a fault proxy before every source and before the store:
 * what is hurt here hurts nobody else. Sessions of the demo are good here, too.
 */
export async function openHouse({ name, severity = {}, env = {}, beside = false }: Options) {
  const folder = path.join(FOLDER, 'houses', name)
  fs.rmSync(folder, { recursive: true, force: true })
  fs.mkdirSync(folder, { recursive: true })
  const targetPort = Number(new URL(DEMO.shopUrl).port)
  const calls = await startCounter(new URL(DEMO.tracesUrl))
  const [jaeger, shop, mes, store] = await Promise.all([
    startHttpFaultProxy({ port: 0, target: calls.url, ...severity }),
    startTcpFaultProxy({ port: 0, targetPort, ...severity }),
    startTcpFaultProxy({ port: 0, targetPort, ...severity }),
    startTcpFaultProxy({ port: 0, targetPort, ...severity }),
  ])
  const others = beside ? await standBefore(severity) : null
  const [port = 0] = await findFreePorts(Number(new URL(BASE_URL).port) + 100 + nextOffset(), 1)
  const at = (proxy: { readonly port: number }, url: string) => {
    const through = new URL(url)
    through.port = `${proxy.port}`
    return through.href
  }
  const reader = (database: string) =>
    `${databaseUrl(database, 'journey_reader', SECRETS.reader)}?sslmode=disable`
  const baseUrl = `http://127.0.0.1:${port}`
  const logFile = path.join(folder, 'server.log')
  const child = spawn(process.execPath, ['--import', END_WITH_PARENT, 'dist/server.mjs'], {
    env: {
      ...{ PATH: inherited.PATH, HOME: inherited.HOME, PORT: `${port}` },
      ...frontDoorEnv({
        ...{ folder, baseUrl, issuer: `${BASE_URL}/nobody`, clientSecret: 'unused' },
        storeUrl: at(store, databaseUrl('order_journey', 'order_journey_app', SECRETS.store.app)),
        shopUrl: at(shop, reader('demo_shop')),
        mesUrl: at(mes, reader('demo_mes')),
        jaegerUrl: `http://127.0.0.1:${jaeger.port}`,
        jaegerStorage: 'memory',
        traceUrl: `${DEMO.tracesUrl}/trace/{traceId}`,
        secrets: {
          ...{
            reader: SECRETS.reader,
            seed: '',
            nextAuth: SECRETS.nextAuth,
            idHash: SECRETS.idHash,
          },
          store: { owner: '', app: SECRETS.store.app, worker: '', archiver: '' },
        },
      }),
      NODE_ENV: 'production',
      ...others?.env,
      ...env,
    },
    stdio: ['ignore', fs.openSync(logFile, 'a', 0o600), fs.openSync(logFile, 'a', 0o600), 'ipc'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const readLog = () => fs.readFileSync(logFile, 'utf8')
  for (let waited = 0; !readLog().includes('Ready on'); waited += 50) {
    if (child.exitCode !== null || waited > 60_000) throw new Error(`No front door: ${readLog()}`)
    await sleep(50)
  }

  return {
    ...{ baseUrl, folder, pid: child.pid ?? 0, jaeger, shop, mes, store, calls },
    /** By the names of their sources; none without `beside`. */
    beside: others?.proxies ?? {},
    readLog,
    /** Its exit code, once it has ended; null where a signal ended it. */
    ended,
    async close() {
      const all = [jaeger, shop, mes, store, ...Object.values(others?.proxies ?? {})]
      for (const proxy of all) proxy.set('up')
      child.kill('SIGTERM')
      await ended
      await Promise.all(all.map((proxy) => proxy.stop()))
      calls.stop()
    },
  }
}

const BESIDE = {
  rabbitmq: 'RABBITMQ_URL',
  s3: 'S3_ENDPOINT',
  prometheus: 'PROMETHEUS_URL',
} as const

/** The demo's own stand-ins for the other sources, and how its product is let in to them. */
async function standBefore(severity: Partial<Severity>) {
  const asked = Object.entries(FRONT_DOOR).filter(([name]) =>
    /^(RABBITMQ|S3|PROMETHEUS)_/.test(name),
  )
  const started = await Promise.all(
    Object.entries(BESIDE).map(async ([source, name]) => {
      const target = new URL(FRONT_DOOR[name] ?? '')
      const proxy = await startHttpFaultProxy({ port: 0, target, ...severity })
      return { source, name, proxy }
    }),
  )
  return {
    proxies: Object.fromEntries(started.map(({ source, proxy }) => [source, proxy])),
    env: {
      ...Object.fromEntries(asked),
      ...Object.fromEntries(
        started.map(({ name, proxy }) => [name, `http://127.0.0.1:${proxy.port}`]),
      ),
    },
  }
}

/** Two workers at once open houses, each among ports of its own. */
let opened = 50 * Number(inherited.TEST_PARALLEL_INDEX ?? 0)
const nextOffset = () => 10 * opened++

/** Passes everything on and counts: how many in all, and how many at once at most. */
async function startCounter(target: URL) {
  const seen = { calls: 0, now: 0, most: 0 }
  const server = http.createServer((request, response) => {
    seen.calls += 1
    seen.now += 1
    seen.most = Math.max(seen.most, seen.now)
    response.once('close', () => {
      seen.now -= 1
    })
    const { method, headers, url = '/' } = request
    const onward = http.request(
      { host: target.hostname, port: target.port, path: url, method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      },
    )
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    seen,
    reset: () => Object.assign(seen, { calls: 0, most: seen.now }),
    stop: () => server.close(() => {}),
  }
}

import http from 'node:http'
import { db } from '@/lib/db'
import { readEnv } from '@/lib/env'
import { readinessAskers } from '@/lib/http/readiness-askers'
import { logError } from '@/lib/log-error'
import { start } from '@/lib/start'
import { audit, recordEvent, stopAudit } from '@/lib/store/audit/record'
import { deleteEndedSessions } from '@/lib/store/ended-sessions'
import { toTrustedProxies } from './client-address'
import { drain } from './drain'
import { createFrontDoor, type FrontDoor } from './front-door'
import { createStaticFiles } from './static-files'
import { toEvent } from './to-event'

const FINISH_MS = 10_000
const CLEAN_EVERY_MS = 10 * 60_000

start() // says what is wrong with the configuration, before anything listens
const env = readEnv()
const trustedProxies = await orExit(() => toTrustedProxies(env.trustedProxies, env.allowInsecure))
await orExit(() => readinessAskers(env))
await orExit(async () => {
  await db().$queryRaw`select 1`
}, 'The store at STORE_URL does not answer')
audit() // its chain begins with this process
clean()
setInterval(clean, CLEAN_EVERY_MS).unref()

const dev = process.argv.includes('--dev')
Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production' })
let render: FrontDoor['render'] = async () => {
  throw new Error('Nobody listens yet')
}
const server = createFrontDoor({
  baseUrl: env.baseUrl,
  issuerOrigin: env.oidc.issuer.origin,
  trustedProxies,
  dev,
  ...(!dev && { files: createStaticFiles('.next/static', logError) }),
  render: (request, response) => render(request, response),
  report: (unreached) => void recordEvent(toEvent(unreached)).catch(logError),
  onError: logError,
})

// Given a server, Next hangs its Upgrade handler on that one instead of ours: one that never listens.
const { default: next } = await import('next')
const app = next({
  dev,
  httpServer: dev ? server : http.createServer(),
  hostname: env.baseUrl.hostname,
  port: env.port,
})
await app.prepare()
render = app.getRequestHandler()

server.once('error', (error: NodeJS.ErrnoException) => {
  const taken = `Port ${env.port} is taken: end what listens there, or choose another with PORT`
  say(error.code === 'EADDRINUSE' ? taken : `Cannot listen on port ${env.port}: ${error.code}`)
  process.exit(1)
})
server.listen(env.port, process.env.HOST ?? '127.0.0.1', () =>
  say(`Ready on ${env.baseUrl.origin}`),
)

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void leave())

function clean() {
  deleteEndedSessions().catch(logError) // Ten minutes later is early enough.
}

async function leave() {
  const all = await drain(server, { noticeMs: env.drainMs, finishMs: FINISH_MS })
  await stopAudit().catch(logError)
  process.exit(all ? 0 : 1)
}

async function orExit<T>(step: () => T | Promise<T>, sentence?: string): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (sentence) logError(error)
    say(sentence ?? (error instanceof Error ? error.message : 'Cannot start'))
    return process.exit(1)
  }
}

function say(sentence: string) {
  process.stdout.write(`${sentence}\n`)
}

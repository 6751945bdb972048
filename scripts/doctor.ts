import type { Env } from '@/lib/env'
import type { Pipeline } from '@/lib/journey/pipeline'
import { epochMs } from '@/lib/journey/types'
import { loadPipeline } from '@/lib/pipeline/load-pipeline'
import { createGuard } from '@/lib/sources/create-guard'
import { createFilesSource } from '@/lib/sources/files/client'
import { openHead } from '@/lib/sources/files/head'
import { createJaegerSource } from '@/lib/sources/jaeger/client'
import { createMetricsSource } from '@/lib/sources/metrics/client'
import { createOrdersSource } from '@/lib/sources/orders/client'
import { createRabbitSource } from '@/lib/sources/rabbitmq/client'
import { findQueues } from '@/lib/sources/rabbitmq/find-queues'
import { createFetch } from '@/lib/sources/tls-fetch'
import { checkEnvironment } from './doctor/check-environment'
import { checkFiles } from './doctor/check-files'
import { checkJaeger } from './doctor/check-jaeger'
import { checkMetrics } from './doctor/check-metrics'
import { checkOidc } from './doctor/check-oidc'
import { checkOrders } from './doctor/check-orders'
import { checkPipeline } from './doctor/check-pipeline'
import { checkRabbitmq } from './doctor/check-rabbitmq'
import { checkStore } from './doctor/check-store'
import { type Finding, toText } from './doctor/finding'

// Run with `--conditions=react-server`, without which modules of the server refuse to load.
const { env, findings } = checkEnvironment(process.env)
report(findings)
if (env) {
  const { pipeline, findings: ofPipeline } = checkPipeline(env.pipelineFile, loadPipeline)
  report(ofPipeline)
  report(await checkStore({ url: env.storeUrl, ownerUrl: process.env.STORE_OWNER_URL }))
  if (pipeline) {
    report(await checkOrders(pipeline.databases, env.orderDatabase))
    report(await checkJaeger(toDescribe(env, pipeline)))
    if (findQueues(pipeline).size > 0)
      report(await checkRabbitmq(env.rabbitmq?.vhost ?? '/', toBroker(env, pipeline)))
    report(await checkFiles(toLook(env, pipeline)))
    report(await checkMetrics(toDescribeMetrics(env, pipeline)))
  }
  report(await checkOidc(env.oidc.issuer))
}

function report(found: readonly Finding[]) {
  for (const finding of found) process.stdout.write(toText(finding))
  if (found.some(({ level }) => level === 'missing')) process.exitCode = 1
}

function toDescribe({ jaeger }: Env, pipeline: Pipeline) {
  if (!jaeger) return null
  const { baseUrl, dialect, storage, ...transport } = jaeger
  const now = () => epochMs(Date.now())
  return async () =>
    createJaegerSource(
      {
        baseUrl,
        dialect,
        storage,
        timeoutMs: 4_000,
        maxBytes: 24 * 1024 * 1024,
        fetch: createFetch({ ...transport, baseUrl }),
        guard: createGuard({ source: 'jaeger', now }),
        now,
      },
      pipeline,
    ).describe()
}

/** Looks at the newest order's file, as the product would. */
function toLook({ storage, orderDatabase }: Env, { databases, channels }: Pipeline) {
  if (!storage) return null
  const { endpoint, region, pathStyle, credentials, ...transport } = storage
  const now = () => epochMs(Date.now())
  return async () => {
    const orders = createOrdersSource({
      databases: Object.keys(databases).flatMap((name) => {
        const address = orderDatabase(name)
        const guard = createGuard({ source: `orders:${name}`, now })
        return address
          ? [{ name, url: address.url, copy: false, systems: [], tls: address, guard }]
          : []
      }),
      now,
    })
    try {
      const named = channels.flatMap(({ fileBucket }) => fileBucket ?? [])
      const [newest] = await orders.recentFiles(named[0] ?? null)
      if (!newest) return null
      const source = createFilesSource({
        open: () =>
          openHead({
            endpoint,
            region,
            pathStyle,
            credentials,
            fetchFor: (baseUrl) => createFetch({ ...transport, baseUrl }),
          }),
        system: 's3',
        timeoutMs: 4_000,
        guard: createGuard({ source: 's3', now }),
        recentFiles: orders.recentFiles,
        now,
      })
      const { state, proven } = await source.look(newest)
      return { state, proven, bucket: newest.bucket }
    } finally {
      await orders.close()
    }
  }
}

function toDescribeMetrics({ prometheus }: Env, pipeline: Pipeline) {
  if (!prometheus) return null
  const { baseUrl, names, vhost, ...transport } = prometheus
  const now = () => epochMs(Date.now())
  return () =>
    createMetricsSource(
      {
        baseUrl,
        names,
        vhost,
        timeoutMs: 4_000,
        maxBytes: 4 * 1024 * 1024,
        fetch: createFetch({ ...transport, baseUrl }),
        guard: createGuard({ source: 'prometheus', now }),
        now,
      },
      pipeline,
    ).describe()
}

function toBroker({ rabbitmq }: Env, pipeline: Pipeline) {
  if (!rabbitmq) return null
  const { baseUrl, vhost, ...transport } = rabbitmq
  const now = () => epochMs(Date.now())
  return async () =>
    createRabbitSource(
      {
        baseUrl,
        vhost,
        timeoutMs: 4_000,
        maxBytes: 4 * 1024 * 1024,
        fetch: createFetch({ ...transport, baseUrl }),
        guard: createGuard({ source: 'rabbitmq', now }),
        now,
      },
      pipeline,
    ).describe()
}

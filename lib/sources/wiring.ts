import 'server-only'
import { createPolicy, type Policy } from '@/lib/access/policy'
import { type Env, readEnv } from '@/lib/env'
import type { Pipeline } from '@/lib/journey/pipeline'
import { type EpochMs, epochMs, type SystemId } from '@/lib/journey/types'
import { logNotice } from '@/lib/log-error'
import { loadPipeline } from '@/lib/pipeline/load-pipeline'
import type {
  BrokerSource,
  FilesSource,
  MetricsSource,
  OrdersSource,
  TracesSource,
} from './answers'
import { BREAKER_LIMITS } from './breaker'
import { createGuard, type GuardConfig } from './create-guard'
import { createFilesSource } from './files/client'
import { openHead } from './files/head'
import type { Guard } from './guard'
import { createJaegerSource } from './jaeger/client'
import { createMetricsSource } from './metrics/client'
import { createOrdersSource, type FileWitnesses } from './orders/client'
import { createRabbitSource } from './rabbitmq/client'
import { findQueues } from './rabbitmq/find-queues'
import { createFetch } from './tls-fetch'

/** Every outside system of one company, connected, with what it takes to understand their answers. */
export type Sources = {
  readonly pipeline: Pipeline
  /** Who may do what, under the company's preset. */
  readonly policy: Policy
  readonly orders: OrdersSource
  /** null: no trace store is configured. */
  readonly traces: TracesSource | null
  /** null: no broker is configured. */
  readonly broker: BrokerSource | null
  /** null: no file storage is configured, or the pipeline switches it off. */
  readonly files: FilesSource | null
  /** null: no metrics store is configured. */
  readonly metrics: MetricsSource | null
  /** The systems a trace store can show. */
  readonly tracedSystems: readonly SystemId[]
  /** Every source by its name, and since when it has not answered; null: it has, or was not asked yet. */
  readonly silences: () => readonly Silence[]
  /** A template of the trace store's own page. */
  readonly traceUrl: string | null
  /** The key under which ids of people are hashed for whoever may not see them. */
  readonly hashKey: string
  readonly now: () => EpochMs
}

export type Silence = { readonly source: string; readonly since: EpochMs | null }

// On globalThis, because a production build holds two copies of a module, and the front door a third.
const held = globalThis as { orderJourneySources?: Sources }

/** The one place where configuration meets the outside world. Connects on first use. */
export function sources(): Sources {
  held.orderJourneySources ??= connect(readEnv())
  return held.orderJourneySources
}

const now = () => epochMs(Date.now())

/** Without its rows there is no order to show: here a crowd waits its turn, and longer than anywhere else. */
const WAITING = 2_048
const WAIT_MS = 4_000
/** A database that is back is to be read again within five seconds. */
const DATABASE_OPEN_MS = 4_000
const S3_TIMEOUT_MS = 2_000
/** A file does not change from one look to the next. */
const S3_SHARE_MS = 10_000
const PROMETHEUS_TIMEOUT_MS = 2_000
/** Most stores ask their exporters no more often. */
const PROMETHEUS_SHARE_MS = 10_000
const PROMETHEUS_ANSWER_BYTES = 4 * 1024 * 1024
const JAEGER_TIMEOUT_MS = 4_000
const JAEGER_ANSWER_BYTES = 24 * 1024 * 1024
const RABBITMQ_TIMEOUT_MS = 2_000
/** One queue with its samples is some ten kilobytes; nodes and virtual hosts are lists. */
const RABBITMQ_ANSWER_BYTES = 4 * 1024 * 1024

function connect(env: Env): Sources {
  const pipeline = loadPipeline(env.pipelineFile)
  const orders = connectOrders(env, pipeline)
  return {
    pipeline,
    policy: createPolicy({ preset: pipeline.preset ?? 'custom' }),
    orders,
    traces: connectTraces(env, pipeline),
    broker: connectBroker(env, pipeline),
    files: connectFiles(env, pipeline, orders),
    metrics: connectMetrics(env, pipeline),
    tracedSystems: pipeline.components
      .filter(({ coverage }) => coverage === 'traced')
      .map(({ system }) => system),
    silences: () => [...guards].map(([source, guard]) => ({ source, since: guard.silentSince() })),
    traceUrl: env.jaeger?.traceUrl ?? null,
    hashKey: env.idHashKey,
    now,
  }
}

/** A guard that says in the log when its source fell silent, and when it was back. */
function guardOf(config: Omit<GuardConfig, 'now' | 'onTurn'>): Guard {
  const guard = createGuard({
    ...config,
    now,
    onTurn: (state, fault) =>
      logNotice(state === 'open' ? 'source silent' : 'source back', {
        source: config.source,
        ...(fault && { fault }),
      }),
  })
  guards.set(config.source, guard)
  return guard
}

const guards = new Map<string, Guard>()

function connectOrders(env: Env, pipeline: Pipeline): OrdersSource & FileWitnesses {
  const databases = Object.entries(pipeline.databases).flatMap(([name, { copy }]) => {
    const address = env.orderDatabase(name)
    if (!address) throw new Error(`ORDER_DB_${name.toUpperCase()}_URL is not set`)
    const { url, ...tls } = address
    return {
      name,
      url,
      copy,
      systems: pipeline.systems.filter(({ database }) => database === name).map(({ id }) => id),
      tls,
      guard: guardOf({
        source: `orders:${name}`,
        waiting: WAITING,
        waitMs: WAIT_MS,
        breaker: { ...BREAKER_LIMITS, openMs: DATABASE_OPEN_MS },
      }),
    }
  })
  const broker = pipeline.systems.find(({ kind }) => kind === 'broker')?.id
  return createOrdersSource({ databases, now, ...(broker && { broker }) })
}

function connectTraces(env: Env, pipeline: Pipeline): TracesSource | null {
  if (!env.jaeger) return null
  const { baseUrl, dialect, storage, ...transport } = env.jaeger
  return createJaegerSource(
    {
      baseUrl,
      dialect,
      storage,
      timeoutMs: JAEGER_TIMEOUT_MS,
      maxBytes: JAEGER_ANSWER_BYTES,
      fetch: createFetch({ ...transport, baseUrl }),
      guard: guardOf({ source: 'jaeger' }),
      now,
    },
    pipeline,
  )
}

function connectFiles(
  env: Env,
  pipeline: Pipeline,
  { recentFiles }: FileWitnesses,
): FilesSource | null {
  const system = pipeline.systems.find(({ kind }) => kind === 'storage')?.id
  const isOff = pipeline.components.some((one) => one.system === system && one.probe === 'off')
  if (!env.storage || !system || isOff) return null
  const { endpoint, region, pathStyle, credentials, ...transport } = env.storage
  const fetchFor = (origin: URL) => createFetch({ ...transport, baseUrl: origin })
  // Plain HTTP without leave, or a certificate that is not there, is said at the start.
  if (endpoint) fetchFor(endpoint)
  return createFilesSource({
    open: () => openHead({ endpoint, region, pathStyle, credentials, fetchFor }),
    system,
    timeoutMs: S3_TIMEOUT_MS,
    guard: guardOf({ source: 's3', shareMs: S3_SHARE_MS }),
    recentFiles,
    now,
  })
}

function connectMetrics(env: Env, pipeline: Pipeline): MetricsSource | null {
  if (!env.prometheus) return null
  const { baseUrl, names, vhost, ...transport } = env.prometheus
  return createMetricsSource(
    {
      baseUrl,
      names,
      vhost,
      timeoutMs: PROMETHEUS_TIMEOUT_MS,
      maxBytes: PROMETHEUS_ANSWER_BYTES,
      fetch: createFetch({ ...transport, baseUrl }),
      // One look asks for the queues, and for as many minutes as it names.
      guard: guardOf({ source: 'prometheus', inFlight: 16, shareMs: PROMETHEUS_SHARE_MS }),
      now,
    },
    pipeline,
  )
}

function connectBroker(env: Env, pipeline: Pipeline): BrokerSource | null {
  const queues = findQueues(pipeline)
  if (!env.rabbitmq || queues.size === 0) return null
  const { baseUrl, vhost, ...transport } = env.rabbitmq
  return createRabbitSource(
    {
      baseUrl,
      vhost,
      timeoutMs: RABBITMQ_TIMEOUT_MS,
      maxBytes: RABBITMQ_ANSWER_BYTES,
      fetch: createFetch({ ...transport, baseUrl }),
      guard: guardOf({ source: 'rabbitmq' }),
      now,
    },
    pipeline,
  )
}

// Long because it wires every part of the trace store together: what is shared, and what is asked through it.
import 'server-only'
import { isSourceError, SourceError } from '@/lib/errors'
import type { Pipeline } from '@/lib/journey/pipeline'
import { type EpochMs, epochMs } from '@/lib/journey/types'
import type { Listening, TraceQuestion, TracesAnswer, TracesSource } from '../answers'
import type { Fetch, Transport } from '../fetch-json'
import type { Guard } from '../guard'
import { fittingOrderId } from '../order-id'
import { createRetries } from '../retries'
import { createSlots } from '../slots'
import { attributeOrders } from './attribute-orders'
import { createDialect } from './dialects'
import { createGathering, type Gathering } from './gather'
import { createHearing } from './hear'
import { lookUp } from './look-up'
import {
  AHEAD,
  planWindows,
  servicelessTargets,
  serviceTargets,
  type Target,
} from './plan-searches'
import { type DialectChoice, type ProbeResult, probe, type Storage } from './probe'
import { toHeartbeats } from './to-heartbeats'

export type JaegerConfig = {
  /** With its path. */
  readonly baseUrl: URL
  readonly dialect: DialectChoice
  /** Where the operator knows it: decides how values are written and whether a service may be left out. */
  readonly storage: Storage
  /** For all calls of one look-up together. */
  readonly timeoutMs: number
  /** The cap of one answer, after decompression. */
  readonly maxBytes: number
  readonly fetch: Fetch
  readonly guard: Guard
  readonly now: () => EpochMs
}

export type JaegerSource = TracesSource & {
  /** What the Jaeger at this address can do, asked anew where it is not known. Throws `SourceError`. */
  describe(): Promise<ProbeResult>
}

const PROBE_MS = 600_000
/** How far back a sign of life is looked for: what is older proves little of now. */
const HEARD_MS = 24 * 3_600_000
const HEARD_TRACES = 5
const HEARD_BYTES = 2 * 1024 * 1024
const HEARD_KINDS = { take: 'internal', publish: 'producer', consume: 'consumer', serve: 'server' }
const TRACE_ID = /^[0-9a-f]{16}(?:[0-9a-f]{16})?$/i

type Probed = { readonly result: ProbeResult; readonly at: EpochMs }

/** Jaeger of any version, asked for what one order or one trace needs. */
export function createJaegerSource(config: JaegerConfig, pipeline: Pipeline): JaegerSource {
  const { baseUrl, storage, timeoutMs, maxBytes, fetch, guard, now } = config
  // The guard lets eight look-ups run; this is for the calls they make.
  const slots = createSlots({ source: 'jaeger', inFlight: 8, waiting: 4_096, waitMs: timeoutMs })
  const retries = createRetries(now)
  const services = serviceTargets(pipeline)
  let probed: Probed | null = null

  async function ask(signal: AbortSignal): Promise<ProbeResult> {
    if (probed && now() - probed.at < PROBE_MS) return probed.result
    const transport: Transport = { fetch, timeoutMs, maxBytes, signal, retries }
    const result = await probe(baseUrl, config.dialect, storage, transport)
    probed = { result, at: now() }
    return result
  }

  type Round = {
    readonly gathering: Gathering
    readonly targets: readonly Target[]
    readonly found: ProbeResult
  }

  async function begin(orderId: string, signal: AbortSignal): Promise<Round> {
    const found = await ask(signal)
    const gathering = createGathering({
      orderId,
      dialect: createDialect(baseUrl, storage, found),
      signal,
      timeoutMs,
      maxBytes,
      fetch,
      retries,
      slots,
      services,
      onServiceNeeded: () => {
        if (probed) probed = { ...probed, result: { ...probed.result, serviceless: false } }
      },
    })
    return {
      gathering,
      found,
      targets: found.serviceless ? servicelessTargets(pipeline) : services,
    }
  }

  /** Runs `work`; if the answers are not what a remembered probe promised, once more after a new one. */
  async function withProbe<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const signal = AbortSignal.timeout(timeoutMs)
    const remembered = probed !== null
    try {
      return await work(signal)
    } catch (cause) {
      if (!isSourceError(cause) || cause.fault !== 'malformed') throw cause
      probed = null
      if (!remembered) throw cause
      return work(signal)
    }
  }

  const canonical = (orderId: string) => fittingOrderId(orderId, pipeline.orderId) ?? orderId

  async function findOrder(orderId: string, signal: AbortSignal): Promise<boolean> {
    const { gathering, targets } = await begin(orderId, signal)
    const windows = planWindows({
      moments: [],
      createdAt: null,
      now: now(),
      retentionMs: pipeline.sampling.retentionMs,
      // What is not searched would look as if it were not there.
      most: Math.max(1, Math.floor(gathering.searchesLeft() / targets.length)),
    })
    for (const window of windows) {
      if (gathering.searchesLeft() <= 0) break
      await gathering.search(targets.map((target) => ({ ...target, window })))
      if (ordersOf(gathering).has(orderId)) return true
    }
    const [failure] = gathering.failures()
    if (failure) throw failure
    // What was not read may name the order.
    if (gathering.wasTooLarge()) throw new SourceError('jaeger', 'too-large')
    return false
  }

  async function ordersOn(traceId: string): Promise<readonly string[]> {
    if (!TRACE_ID.test(traceId)) return []
    const id = traceId.toLowerCase().padStart(32, '0')
    return guard.run(`orders-on:${id}`, () =>
      withProbe(async (signal) => {
        const { gathering } = await begin('', signal)
        await gathering.fetchTraces([id])
        const [failure] = gathering.failures()
        if (failure) throw failure
        return [...ordersOf(gathering)].sort()
      }),
    )
  }

  function ordersOf(gathering: Gathering): ReadonlySet<string> {
    const { tree, ordersIn } = attributeOrders(gathering.spans(), pipeline)
    const traces = new Set(tree.spans.map(({ traceId }) => traceId))
    return new Set([...traces].flatMap((trace) => [...ordersIn(trace)]))
  }

  /** A few of the newest traces in which that service did such work; whoever the store is, our own filter holds. */
  async function searchHeartbeats({ service, work }: Listening, signal: AbortSignal) {
    const dialect = createDialect(baseUrl, storage, await ask(signal))
    const until = epochMs(now() + AHEAD)
    const from = epochMs(now() - Math.min(HEARD_MS, pipeline.sampling.retentionMs))
    const limited = {
      service,
      attribute: 'span.kind',
      window: { from, until },
      limit: HEARD_TRACES,
    }
    const transport = {
      fetch,
      timeoutMs,
      maxBytes: Math.min(maxBytes, HEARD_BYTES),
      signal,
      retries,
    }
    const answer = await slots.use(() => dialect.search(limited, HEARD_KINDS[work], transport))
    return answer === 'service-needed' ? [] : toHeartbeats(answer.spans, pipeline)
  }

  return {
    hear: createHearing({ guard, now, search: searchHeartbeats }),
    sight: async (orderId) =>
      guard.run(`sight:${canonical(orderId)}`, () =>
        withProbe((signal) => findOrder(canonical(orderId), signal)),
      ),
    ordersOn,
    async read({ resource }, question): Promise<TracesAnswer> {
      const orderId = canonical(resource.id)
      // Shared is the masked answer, and only with who asks the same question.
      return guard.run(`read:${orderId}:${toKey(question)}`, () =>
        withProbe(async (signal) => {
          const askedAt = now()
          const round = await begin(orderId, signal)
          return lookUp({ ...round, orderId, question, pipeline, askedAt, now })
        }),
      )
    },
    resolve: async ({ resource }) => ordersOn(resource.id),
    describe: () => ask(AbortSignal.timeout(timeoutMs)),
  }
}

const toKey = ({ traceIds, moments, createdAt }: TraceQuestion): string =>
  JSON.stringify([[...traceIds].sort(), [...moments].sort(), createdAt])

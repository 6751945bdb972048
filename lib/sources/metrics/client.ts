import 'server-only'
import { isSourceError, type SourceError } from '@/lib/errors'
import type { SourceReport } from '@/lib/journey/journey'
import type { Pipeline } from '@/lib/journey/pipeline'
import { type EpochMs, epochMs, type SystemId } from '@/lib/journey/types'
import type { MetricsAnswer, MetricsSource, SystemsAnswer } from '../answers'
import type { Fetch } from '../fetch-json'
import type { Guard } from '../guard'
import type { MetricNames } from '../metric-names'
import { createRetries } from '../retries'
import { createSlots } from '../slots'
import { type Ask, createAsk } from './ask'
import { isOver, minutesOf, readCounters } from './counters'
import { candidates, chooseNames, type FoundNames } from './names'
import { readQueues, watchedQueues } from './queues'
import { type Gather, readSystems } from './systems'

export type MetricsConfig = {
  /** With its path. */
  readonly baseUrl: URL
  readonly names: MetricNames
  /** The virtual host of the pipeline's queues; null: there is one. */
  readonly vhost: string | null
  /** For all questions of one look-up together. */
  readonly timeoutMs: number
  readonly maxBytes: number
  readonly fetch: Fetch
  readonly guard: Guard
  readonly now: () => EpochMs
}

export type PrometheusSource = MetricsSource & {
  /** The names that are there, of those that are looked for. Throws `SourceError`. */
  describe(): Promise<FoundNames>
}

const NAMES_KNOWN_MS = 600_000
const SEEN_WITHIN_MS = 3_600_000
const MOST_MINUTES = 2_000

type Counters = Awaited<ReturnType<typeof readCounters>>

/** A Prometheus, or what speaks its API. What a minute that is over did is asked once. */
export function createMetricsSource(config: MetricsConfig, pipeline: Pipeline): PrometheusSource {
  const { timeoutMs, guard, now } = config
  const slots = createSlots({
    source: 'prometheus',
    inFlight: 8,
    waiting: 512,
    waitMs: timeoutMs,
  })
  const retries = createRetries(now)
  const broker = pipeline.systems.find(({ kind }) => kind === 'broker')?.id ?? null
  const queues = broker ? watchedQueues(pipeline) : []
  const minutes = new Map<EpochMs, Counters>()
  let known: { readonly found: FoundNames; readonly at: EpochMs } | null = null

  function begin(): Ask {
    const signal = AbortSignal.timeout(timeoutMs)
    const { baseUrl, maxBytes, fetch } = config
    const ask = createAsk(baseUrl, { fetch, timeoutMs, maxBytes, signal, retries })
    return {
      names: (...args) => slots.use(() => ask.names(...args)),
      now: (...args) => slots.use(() => ask.now(...args)),
      over: (...args) => slots.use(() => ask.over(...args)),
    }
  }

  async function discover(ask: Ask): Promise<FoundNames> {
    if (known && now() - known.at < NAMES_KNOWN_MS) return known.found
    const since = epochMs(now() - SEEN_WITHIN_MS)
    const there = new Set(await ask.names(candidates(config.names), since))
    const found = chooseNames(there, config.names, pricingService(pipeline))
    // A store that has nothing yet is asked again.
    known = there.size > 0 ? { found, at: now() } : null
    return found
  }

  async function readAll(): Promise<SystemsAnswer> {
    const askedAt = now()
    const ask = begin()
    const found = await discover(ask)
    const gathering = createGathering()
    const readings = await readSystems({
      ask,
      found,
      pipeline,
      at: askedAt,
      gather: gathering.gather,
    })
    const hasNames = found.spans !== null || found.inProgress.length > 0
    return {
      readings,
      report: gathering.toReport(askedAt, hasNames ? null : 'no-series', serviceSystems),
    }
  }

  async function readQueuesNow(system: SystemId): Promise<MetricsAnswer> {
    const askedAt = now()
    const ask = begin()
    const found = await discover(ask)
    const gathering = createGathering()
    const facts = await readQueues({
      ask,
      found,
      queues,
      system,
      vhost: config.vhost,
      at: askedAt,
      gather: gathering.gather,
    })
    const reason = facts.length === 0 && queues.length > 0 ? 'no-series' : null
    return { facts, report: gathering.toReport(askedAt, reason, [system]) }
  }

  async function countersOf(system: SystemId, minute: EpochMs): Promise<Counters> {
    const remembered = minutes.get(minute)
    if (remembered) return remembered
    const facts = await guard.run(`counters:${minute}`, async () => {
      const ask = begin()
      return readCounters(ask, await discover(ask), system, minute, now())
    })
    if (!isOver(minute, now())) return facts
    minutes.set(minute, facts)
    const [oldest] = minutes.keys()
    if (minutes.size > MOST_MINUTES && oldest !== undefined) minutes.delete(oldest)
    return facts
  }

  function createGathering() {
    const failures: SourceError[] = []
    let answered = 0
    const gather: Gather = async (work) => {
      try {
        const answer = await work
        answered += 1
        return answer
      } catch (error) {
        if (!isSourceError(error)) throw error
        failures.push(error)
        return []
      }
    }
    return {
      gather,
      toReport(
        askedAt: EpochMs,
        reason: string | null,
        systems: readonly SystemId[],
      ): SourceReport {
        const [failure] = failures
        if (failure && answered === 0) throw failure
        const why = failure?.fault ?? reason
        return {
          source: 'prometheus',
          state: why === null ? 'ok' : 'partial',
          reason: why,
          asOf: askedAt,
          askedAt,
          tookMs: Math.max(0, now() - askedAt),
          systems,
        }
      },
    }
  }

  const serviceSystems = [
    ...new Set(pipeline.components.flatMap((one) => (one.services.length > 0 ? [one.system] : []))),
  ]

  return {
    systems: () => guard.run('systems', readAll),
    async read(moments) {
      if (broker === null) return { facts: [], report: createGathering().toReport(now(), null, []) }
      const [answer, ...rises] = await Promise.all([
        guard.run('queues', () => readQueuesNow(broker)),
        ...minutesOf(moments, now()).map((minute) => settle(countersOf(broker, minute))),
      ])
      const failed = rises.find((one) => 'fault' in one)
      const facts = [...answer.facts, ...rises.flatMap((one) => ('facts' in one ? one.facts : []))]
      if (!failed || answer.report.state !== 'ok') return { facts, report: answer.report }
      return { facts, report: { ...answer.report, state: 'partial', reason: failed.fault } }
    },
    describe: () => discover(begin()),
  }
}

/** A minute that cannot be read costs itself. */
const settle = (work: Promise<Counters>) =>
  work.then(
    (facts) => ({ facts }),
    (error: unknown) => {
      if (isSourceError(error)) return { fault: error.fault }
      throw error
    },
  )

function pricingService({ pricing, components }: Pipeline): string | null {
  const services = components.filter(({ system }) => system === pricing?.system)
  return services.flatMap((one) => one.services)[0] ?? null
}

import 'server-only'
import { SourceError } from '@/lib/errors'
import type { Pipeline } from '@/lib/journey/pipeline'
import type { EpochMs } from '@/lib/journey/types'
import type { BrokerAnswer, BrokerSource } from '../answers'
import type { Fetch, Transport } from '../fetch-json'
import type { Guard } from '../guard'
import { createRetries } from '../retries'
import { type BrokerDescription, describeBroker } from './describe'
import { findQueues } from './find-queues'
import { type Reach, type Reading, readBroker } from './read-broker'
import { type BrokerMemory, NO_MEMORY, toAnswer } from './to-answer'
import { type Refused, toRefusedAnswer } from './to-report'

export type RabbitConfig = {
  /** With its path. */
  readonly baseUrl: URL
  readonly vhost: string
  /** For all calls of one reading together. */
  readonly timeoutMs: number
  /** The cap of one answer, after decompression. */
  readonly maxBytes: number
  readonly fetch: Fetch
  readonly guard: Guard
  readonly now: () => EpochMs
}

export type RabbitSource = BrokerSource & {
  /** What this broker lets us see, and what is missing for it. Throws `SourceError`. */
  describe(): Promise<BrokerDescription>
}

/** Who was refused asks no more for as long, so that no account is locked out for it. */
const REFUSED_MS = 10_000
/** After so long nobody has looked: the broker's own samples fill the gap, those of ten minutes or those of an hour. */
const MINUTE_MS = 55_000
const MINUTES_MS = 540_000

/** RabbitMQ's management interface, asked for the state of queues and never for a message. */
export function createRabbitSource(config: RabbitConfig, pipeline: Pipeline): RabbitSource {
  const { baseUrl, vhost, timeoutMs, maxBytes, fetch, guard, now } = config
  const retries = createRetries(now)
  const uses = findQueues(pipeline)
  const system = pipeline.systems.find(({ kind }) => kind === 'broker')?.id ?? 'rabbitmq'
  let memory: BrokerMemory = NO_MEMORY
  let readAt: EpochMs | null = null
  let refused: Refused | null = null

  const toTransport = (): Transport => ({
    fetch,
    timeoutMs,
    maxBytes,
    retries,
    signal: AbortSignal.timeout(timeoutMs),
  })

  async function readNow(): Promise<BrokerAnswer> {
    const askedAt = now()
    if (refused && askedAt < refused.at + REFUSED_MS)
      throw new SourceError('rabbitmq', 'rejected', new Error(`Refused: ${refused.why}`))
    const reading = await readBroker({
      baseUrl,
      vhost,
      queues: [...uses.keys()],
      reach: toReach(readAt === null ? Number.POSITIVE_INFINITY : askedAt - readAt),
      askedAt,
      transport: toTransport(),
    })
    refused = toRefused(reading, askedAt)
    const told = toAnswer(reading, { system, vhost, uses, memory, now: now() })
    memory = told.memory
    // Without its answer nobody knew how far back to ask.
    if (reading.overview.now.kind === 'ok') readAt = askedAt
    return told.answer
  }

  return {
    read: () =>
      guard.run('read', readNow).catch((error: unknown) => {
        if (!refused) throw error
        return toRefusedAnswer(refused, { system, now: now() })
      }),
    describe: () => describeBroker({ baseUrl, vhost, queues: [...uses.keys()] }, toTransport()),
  }
}

const toReach = (pauseMs: number): Reach => {
  if (pauseMs > MINUTES_MS) return 'hour'
  return pauseMs > MINUTE_MS ? 'minutes' : 'now'
}

const toRefused = ({ overview: { now } }: Reading, at: EpochMs): Refused | null =>
  now.kind === 'refused' ? { why: now.why, at } : null

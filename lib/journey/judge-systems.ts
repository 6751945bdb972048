import type { QueueFact } from './fact'
import type { Pipeline, SystemDef } from './pipeline'
import { toQueueState } from './queue-state'
import type { BrokerAlarm, SystemReading } from './system-reading'
import { type EpochMs, LEVELS, type Level, type SystemId } from './types'

/** What every source says of the systems now; none of it is about one order. */
export type SystemsSaid = {
  readonly readings: readonly SystemReading[]
  readonly queues: readonly QueueFact[]
  readonly alarms: readonly BrokerAlarm[]
  /** Sources that do not answer, and since when. */
  readonly silences: readonly { readonly source: string; readonly since: EpochMs }[]
}

/** Something that is wrong with a system, or a source, right now. */
export type SystemNow = {
  /** Each has a text in the catalogues. */
  readonly code:
    | 'slow'
    | 'failing'
    | 'catalogue'
    | 'editor'
    | 'partner-api'
    | 'queue-dead'
    | 'queue-stuck'
    | 'queue-growing'
    | 'alarm'
    | 'silent'
  readonly level: Level
  /** null: it is about a source. */
  readonly system: SystemId | null
  readonly source: string | null
  readonly at: EpochMs
  /** Names and numbers: `p95Ms`, `atLeast`, `share`, `operation`, `queue`, `ready`, `alarm`. */
  readonly values: Readonly<Record<string, string | number>>
}

const QUEUE_TROUBLE = {
  dead: 'queue-dead',
  stuck: 'queue-stuck',
  growing: 'queue-growing',
} as const

/** Which system is slow, failing or silent now, the worst first. A figure nobody gave is no trouble, and no health. */
export function judgeSystems(said: SystemsSaid, pipeline: Pipeline): readonly SystemNow[] {
  return [
    ...said.alarms.flatMap((alarm) => toAlarms(alarm, pipeline)),
    ...said.queues.flatMap((queue) => toQueueTrouble(queue, pipeline)),
    ...said.readings.flatMap((reading) => judgeReading(reading, pipeline)),
    ...said.silences.map(({ source, since }) => ({
      ...({ code: 'silent', level: 'warn', system: null, source, at: since, values: {} } as const),
    })),
  ].sort((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level) || a.at - b.at)
}

function judgeReading(reading: SystemReading, pipeline: Pipeline): readonly SystemNow[] {
  const { system, operation, part, at, p95Ms, p95AtLeast, errorRatio } = reading
  const def: SystemDef | undefined = pipeline.systems.find(({ id }) => id === system)
  const about = { system, source: null, at }
  // A part has its own sentence, and its busiest operation would say the same of the whole system.
  if (isOfPart(reading, pipeline)) return []
  const named = operation === null ? {} : { operation }
  const slow = def?.latency && levelOf(p95Ms, def.latency)
  const failing = pipeline.errorShare && levelOf(errorRatio, pipeline.errorShare)
  return [
    ...(slow && p95Ms !== null
      ? [
          {
            ...about,
            code: part ?? ('slow' as const),
            level: slow,
            values: { ...named, p95Ms, atLeast: Number(p95AtLeast) },
          },
        ]
      : []),
    ...(failing && errorRatio !== null
      ? [
          {
            ...about,
            code: part ?? ('failing' as const),
            level: failing,
            values: { ...named, share: errorRatio },
          },
        ]
      : []),
  ]
}

const isOfPart = ({ operation, system }: SystemReading, { parts = [] }: Pipeline): boolean =>
  operation !== null && parts.some((part) => part.system === system && part.spans.test(operation))

function levelOf(
  figure: number | null,
  { warn, critical }: { readonly warn: number; readonly critical: number },
): 'warn' | 'breach' | null {
  if (figure === null || figure <= warn) return null
  return figure > critical ? 'breach' : 'warn'
}

/** The receiver of a queue is the system whose trouble it is. */
function toQueueTrouble(fact: QueueFact, { handoffs }: Pipeline): readonly SystemNow[] {
  const def = handoffs.find(({ queues }) => queues?.includes(fact.queue))
  if (!def || fact.use !== 'work') return []
  const state = toQueueState([...fact.history, fact], def.longestOperationMs)
  if (state !== 'dead' && state !== 'stuck' && state !== 'growing') return []
  const { queue, ready, at } = fact
  return [
    {
      code: QUEUE_TROUBLE[state],
      level: state === 'growing' ? 'warn' : 'breach',
      system: def.to,
      source: null,
      at,
      values: { queue, ...(ready === null ? {} : { ready }) },
    },
  ]
}

function toAlarms({ kind, at }: BrokerAlarm, { systems }: Pipeline): readonly SystemNow[] {
  const broker = systems.find((one) => one.kind === 'broker')
  if (!broker) return []
  const values = { alarm: kind }
  return [{ code: 'alarm', level: 'breach', system: broker.id, source: null, at, values }]
}

import type {
  ChannelDef,
  HandoffDef,
  Limit,
  MilestoneDef,
  PartDef,
  Pipeline,
  StatusDef,
} from '@/lib/journey/pipeline'
import { epochMs } from '@/lib/journey/types'
import { isDate, toLocalMidnight } from './local-midnight'
import { demandsMfa, toCoverage, toProbe } from './presets'
import type { PipelineFile } from './schema'

const DAY = 86_400_000

type FileLimits = PipelineFile['statuses'][number]['limits']
type ToLimits = (limits: FileLimits) => readonly Limit[]

/** The pipeline as the journey reads it, of a file that has been checked. */
export function toPipeline(file: PipelineFile): Pipeline {
  const toLimits = limitsIn(file.calendar.timeZone)
  const { retentionDays, orderTraffic, ingestLag } = file.sampling
  const { pricing, closing } = file.operations
  return {
    preset: file.preset,
    partnerPortal: file.partnerPortal,
    requireMfa: file.requireMfa ?? demandsMfa(file.preset),
    name: file.name,
    environment: file.environment,
    orderId: file.orderId,
    calendar: file.calendar,
    defaultLocale: file.defaultLocale,
    channels: Object.keys(file.channels).flatMap((id) => toChannel(file, id)),
    systems: file.systems.map(({ latency, ...system }) =>
      withoutUndefined({
        ...system,
        latency: latency && { warn: latency.warn.ms, critical: latency.critical.ms },
      }),
    ),
    databases: file.databases,
    components: Object.entries(file.components).map(([id, component]) =>
      withoutUndefined({
        id,
        ...component,
        coverage: component.coverage ?? toCoverage(file.preset, id),
        probe: component.probe ?? toProbe(file.preset, kindOf(file, component.system)),
      }),
    ),
    statuses: toStatuses(file, toLimits),
    handoffs: Object.entries(file.handoffs).map(([key, handoff]) =>
      toHandoff(key, handoff, toLimits),
    ),
    extraTransitions: file.transitions.extra.map(withoutUndefined),
    milestones: file.milestones.map((milestone) => toMilestone(milestone, file)),
    sampling: { orderTraffic, retentionMs: retentionDays * DAY, ingestLagMs: ingestLag.ms },
    sameOrderWithinMs: file.sameOrderWithin.ms,
    ...(pricing && { pricing: { ...pricing, limits: toLimits(pricing.limits) } }),
    ...(closing && { closing }),
    parts: toParts(file),
    ...(file.errorShare && { errorShare: file.errorShare }),
    ...(file.fileNeededUntil !== undefined && { fileNeededUntil: file.fileNeededUntil }),
    ...(file.promise && { promise: { ...file.promise, limits: toLimits(file.promise.limits) } }),
    names: toNames(file),
  }
}

const kindOf = ({ systems }: PipelineFile, system: string) =>
  systems.find(({ id }) => id === system)?.kind

function toParts({ operations: { catalogue, editor, partnerApi } }: PipelineFile): PartDef[] {
  return [
    ...(catalogue ? [{ id: 'catalogue' as const, ...catalogue }] : []),
    ...(editor ? [{ id: 'editor' as const, ...editor }] : []),
    ...(partnerApi ? [{ id: 'partner-api' as const, ...partnerApi }] : []),
  ]
}

/** From the oldest to the newest; a date is midnight in the calendar's zone. */
const limitsIn =
  (timeZone: string): ToLimits =>
  (limits) =>
    limits
      .map(({ validFrom, warn, critical }) => ({
        validFrom: isDate(validFrom)
          ? toLocalMidnight(validFrom, timeZone)
          : epochMs(Date.parse(validFrom)),
        warn,
        critical,
      }))
      .sort((a, b) => a.validFrom - b.validFrom)

function toChannel({ channels, transitions }: PipelineFile, id: string): ChannelDef[] {
  const channel = channels[id]
  const steps = transitions.paths[id]
  return channel && steps ? [withoutUndefined({ id, ...channel, ...steps })] : []
}

function toStatuses(file: PipelineFile, toLimits: ToLimits): StatusDef[] {
  const channels = Object.keys(file.channels)
  const perChannel = <T>(value: T) => Object.fromEntries(channels.map((id) => [id, value]))
  return file.statuses
    .map((status) =>
      withoutUndefined({
        ...status,
        owner: typeof status.owner === 'string' ? perChannel(status.owner) : status.owner,
        handedTo: Array.isArray(status.handedTo)
          ? perChannel(status.handedTo)
          : { ...perChannel([]), ...status.handedTo },
        limits: toLimits(status.limits),
      }),
    )
    .sort((a, b) => (a.rank ?? Number.MAX_VALUE) - (b.rank ?? Number.MAX_VALUE))
}

/** A status for all channels counts in those whose path has it. */
function toMilestone(
  { reached, ...milestone }: PipelineFile['milestones'][number],
  { transitions }: PipelineFile,
): MilestoneDef {
  if (reached === undefined) return milestone
  if (typeof reached !== 'string') return { ...milestone, reached }
  const channels = Object.entries(transitions.paths).filter(([, { path }]) =>
    path.includes(reached),
  )
  return { ...milestone, reached: Object.fromEntries(channels.map(([id]) => [id, reached])) }
}

function toHandoff(
  key: string,
  { channel, longestOperation, limits, ...broker }: PipelineFile['handoffs'][string],
  toLimits: ToLimits,
): HandoffDef {
  const [from = '', to = ''] = key.split('->')
  const longestOperationMs = longestOperation.ms
  return withoutUndefined({
    from,
    to,
    transport: channel,
    longestOperationMs,
    limits: toLimits(limits),
    ...broker,
  })
}

function toNames(file: PipelineFile): Pipeline['names'] {
  const handoffs = Object.values(file.handoffs).filter((handoff) => handoff.channel === 'amqp')
  const { pricing, closing } = file.operations
  return {
    services: unique(Object.values(file.components).flatMap(({ services }) => services)),
    queues: unique(handoffs.flatMap(({ queues, dlq }) => [...queues, ...dlq])),
    exchanges: unique(handoffs.flatMap(({ exchange }) => exchange ?? [])),
    routingKeys: unique(handoffs.flatMap(({ routingKeys }) => routingKeys ?? [])),
    operations: [
      ...[pricing, closing].flatMap((operation) => operation?.spans ?? []),
      ...Object.values(file.channels).map(({ submit }) => submit),
      ...file.spanNames,
    ],
  }
}

const unique = (names: readonly string[]) => [...new Set(names)]

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** A key that the file leaves out is absent here too. The cast says what the filter does. */
const withoutUndefined = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Present<T>

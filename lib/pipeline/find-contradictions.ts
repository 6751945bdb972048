import { findBrokenSteps } from './find-broken-steps'
import { toOrderId } from './order-id'
import { type Path, type Problem, toFound } from './pipeline-error'
import { toCoverage } from './presets'
import type { PipelineFile } from './schema'

/** What the parts of a file say of each other that cannot be so: unknown names, doubles, broken chains. */
export const findContradictions = (file: PipelineFile): Problem[] => [
  ...findUnknownNames(file),
  ...findDuplicates(file),
  ...findWrongIds(file),
  ...findSilentComponents(file),
  ...findHalfFileKeys(file),
  ...findUnprovenMilestones(file),
  ...findBrokenSteps(file),
]

type Use = { readonly path: Path; readonly name: string | undefined }

function findUnknownNames(file: PipelineFile): Problem[] {
  const statuses = file.statuses.map(({ id }) => id)
  const systems = file.systems.map(({ id }) => id)
  const services = Object.values(file.components).flatMap((component) => component.services)
  const channels = Object.keys(file.channels)
  return [
    ...unknown(statuses, statusUses(file)),
    ...unknown(systems, systemUses(file)),
    ...unknown(services, serviceUses(file)),
    ...unknown(channels, channelUses(file)),
    ...unknown(
      Object.keys(file.databases),
      file.systems.map(({ database }, at) => use(database, 'systems', at, 'database')),
    ),
  ]
}

const unknown = (known: readonly string[], uses: readonly Use[]): Problem[] =>
  uses.flatMap(({ path, name }) =>
    name === undefined || known.includes(name)
      ? []
      : [
          {
            code: 'unknown-name',
            path,
            found: toFound(name),
            allowed: known.join(', ') || 'nothing',
          },
        ],
  )

const use = (name: string | undefined, ...path: (string | number)[]): Use => ({ path, name })

function statusUses(file: PipelineFile): Use[] {
  const { transitions, promise, fileNeededUntil, operations, milestones } = file
  return [
    ...milestones.flatMap(({ reached = {} }, at) =>
      eachOwner(reached).map(([keys, status]) => use(status, 'milestones', at, 'reached', ...keys)),
    ),
    ...Object.entries(transitions.paths).flatMap(([channel, { path }]) =>
      path.map((status, at) => use(status, 'transitions', channel, 'path', at)),
    ),
    ...transitions.extra.flatMap(({ from, to }, at) => [
      use(from === '*' ? undefined : from, 'transitions', 'extra', at, 'from'),
      use(to, 'transitions', 'extra', at, 'to'),
    ]),
    use(promise?.from, 'promise', 'from'),
    use(promise?.to, 'promise', 'to'),
    use(fileNeededUntil, 'fileNeededUntil'),
    use(operations.pricing?.within, 'operations', 'pricing', 'within'),
    use(operations.closing?.within, 'operations', 'closing', 'within'),
  ]
}

function systemUses(file: PipelineFile): Use[] {
  return [
    ...Object.entries(file.channels).map(([id, { entry }]) => use(entry, 'channels', id, 'entry')),
    ...Object.entries(file.components).map(([id, { system }]) =>
      use(system, 'components', id, 'system'),
    ),
    ...file.statuses.flatMap(({ owner, handedTo }, at) => [
      ...eachOwner(owner).map(([keys, system]) => use(system, 'statuses', at, 'owner', ...keys)),
      ...eachChain(handedTo).flatMap(([keys, systems]) =>
        systems.map((system, step) => use(system, 'statuses', at, 'handedTo', ...keys, step)),
      ),
    ]),
    ...file.transitions.extra.flatMap(({ by, handedTo }, at) => [
      use(by, 'transitions', 'extra', at, 'by'),
      ...handedTo.map((system, step) => use(system, 'transitions', 'extra', at, 'handedTo', step)),
    ]),
    use(file.operations.pricing?.system, 'operations', 'pricing', 'system'),
    ...(['closing', 'catalogue', 'editor', 'partnerApi'] as const).map((id) =>
      use(file.operations[id]?.system, 'operations', id, 'system'),
    ),
  ]
}

type FileStatus = PipelineFile['statuses'][number]
type ByChannel<T> = readonly (readonly [keys: readonly string[], value: T])[]

/** One value for all channels stands at the key itself, one per channel a key below. */
const eachOwner = (owner: FileStatus['owner']): ByChannel<string> =>
  typeof owner === 'string' ? [[[], owner]] : below(owner)
const eachChain = (handedTo: FileStatus['handedTo']): ByChannel<readonly string[]> =>
  Array.isArray(handedTo) ? [[[], handedTo]] : below(handedTo)
const below = <T>(values: Readonly<Record<string, T>>): ByChannel<T> =>
  Object.entries(values).map(([channel, value]) => [[channel], value])

function serviceUses({ channels, components }: PipelineFile): Use[] {
  return [
    ...Object.entries(channels).map(([id, { entryService }]) =>
      use(entryService, 'channels', id, 'entryService'),
    ),
    ...Object.entries(components).flatMap(([id, { seenFrom }]) =>
      (seenFrom ?? []).map((service, at) => use(service, 'components', id, 'seenFrom', at)),
    ),
  ]
}

function channelUses({ statuses, transitions, milestones }: PipelineFile): Use[] {
  return [
    ...Object.keys(transitions.paths).map((id) => use(id, 'transitions', id)),
    ...milestones.flatMap(({ reached = {} }, at) =>
      eachOwner(reached)
        .flatMap(([keys]) => keys)
        .map((id) => use(id, 'milestones', at, 'reached', id)),
    ),
    ...statuses.flatMap(({ owner, handedTo }, at) => [
      ...eachOwner(owner)
        .flatMap(([keys]) => keys)
        .map((id) => use(id, 'statuses', at, 'owner', id)),
      ...eachChain(handedTo)
        .flatMap(([keys]) => keys)
        .map((id) => use(id, 'statuses', at, 'handedTo', id)),
    ]),
  ]
}

function findDuplicates(file: PipelineFile): Problem[] {
  const { systems, statuses, components, transitions, milestones } = file
  return [
    ...repeated(milestones.map(({ id }, at) => use(id, 'milestones', at, 'id'))),
    ...repeated(systems.map(({ id }, at) => use(id, 'systems', at, 'id'))),
    ...repeated(statuses.map(({ id }, at) => use(id, 'statuses', at, 'id'))),
    ...repeated(statuses.map(({ rank }, at) => use(rank?.toString(), 'statuses', at, 'rank'))),
    ...repeated(
      Object.entries(components).flatMap(([id, { services }]) =>
        services.map((service, at) => use(service, 'components', id, 'services', at)),
      ),
    ),
    ...repeated(
      transitions.extra.map(({ from, to }, at) =>
        use(`${from} → ${to}`, 'transitions', 'extra', at),
      ),
    ),
  ]
}

const repeated = (uses: readonly Use[]): Problem[] =>
  uses.flatMap(({ path, name }, at) =>
    name !== undefined && uses.findIndex((other) => other.name === name) < at
      ? [{ code: 'duplicate', path, found: `${name} a second time`, allowed: 'each only once' }]
      : [],
  )

function findWrongIds({ orderId }: PipelineFile): Problem[] {
  if (toOrderId(orderId.example, { orderId }) === orderId.example) return []
  return [
    {
      code: 'wrong-value',
      path: ['orderId', 'example'],
      found: toFound(orderId.example),
      allowed: `a canonical (${orderId.canonical}) id that fits ${orderId.pattern.source}`,
    },
  ]
}

/** Storage and brokers are seen on the spans of others; a service is searched by its own name. */
function findSilentComponents({ preset, systems, components }: PipelineFile): Problem[] {
  return Object.entries(components).flatMap(([id, { system, services, coverage }]) => {
    const kind = systems.find((known) => known.id === system)?.kind
    const traced = (coverage ?? toCoverage(preset, id)) === 'traced'
    if (!traced || services.length > 0 || (kind !== 'service' && kind !== 'browser')) return []
    const path = ['components', id, 'services']
    return [
      {
        code: 'missing-key',
        path,
        found: 'nothing',
        allowed: 'a service.name of this traced component',
      },
    ]
  })
}

function findHalfFileKeys({ channels }: PipelineFile): Problem[] {
  return Object.entries(channels).flatMap(([id, { fileKey, fileBucket }]) => {
    if ((fileKey === undefined) === (fileBucket === undefined)) return []
    const path = ['channels', id, fileKey === undefined ? 'fileKey' : 'fileBucket']
    return [
      { code: 'missing-key', path, found: 'nothing', allowed: 'fileKey and fileBucket together' },
    ]
  })
}

/** What a record proves, it proves by a status; a file needs none. */
const findUnprovenMilestones = ({ milestones }: PipelineFile): Problem[] =>
  milestones.flatMap(({ proof, reached }, at) =>
    proof === 'record' && reached === undefined
      ? [
          {
            code: 'missing-key',
            path: ['milestones', at, 'reached'],
            found: 'nothing',
            allowed: 'the status that it takes',
          },
        ]
      : [],
  )

import { type Path, type Problem, toFound } from './pipeline-error'
import type { PipelineFile } from './schema'

/**
 * Steps that lead nowhere: hand-offs between nobody, chains without one, paths that go back or leave gaps.
 *
 *   owner shop, handedTo [crm, mes]        needs the hand-offs  shop->crm  and  crm->mes
 */
export const findBrokenSteps = (file: PipelineFile): Problem[] => [
  ...findBrokenHandoffs(file),
  ...findStatusChains(file).flatMap((chain) => findGaps(file, chain)),
  ...findBrokenPaths(file),
  ...findIdleTransitions(file),
  ...findStepsAfterTheEnd(file),
]

function findBrokenHandoffs({ handoffs, systems }: PipelineFile): Problem[] {
  const known = systems.map(({ id }) => id)
  return Object.entries(handoffs).flatMap(([key, handoff]) => {
    const path = ['handoffs', key]
    const ends = key.split('->')
    if (ends.length !== 2 || ends[0] === ends[1])
      return [problem('wrong-value', path, toFound(key), 'from->to, two different systems')]

    const strangers = ends.filter((end) => !known.includes(end))
    if (strangers.length > 0)
      return strangers.map((end) => problem('unknown-name', path, toFound(end), known.join(', ')))

    if (handoff.channel !== 'amqp') return []
    return handoff.dlq.flatMap((queue, at) =>
      handoff.queues.includes(queue)
        ? [
            problem(
              'duplicate',
              [...path, 'dlq', at],
              toFound(queue),
              'a queue that is not in queues',
            ),
          ]
        : [],
    )
  })
}

/** An owner, and those who must learn of a status after it, one after another. */
type Chain = { readonly path: Path; readonly owner: string; readonly handedTo: readonly string[] }

function findStatusChains(file: PipelineFile): readonly Chain[] {
  const channels = Object.keys(file.channels)
  const own = file.statuses.flatMap((status, at) =>
    channels.flatMap((channel) => {
      const owner = ownerOf(status, channel)
      const shared = Array.isArray(status.handedTo)
      const handedTo = Array.isArray(status.handedTo) ? status.handedTo : status.handedTo[channel]
      const path = ['statuses', at, 'handedTo', ...(shared ? [] : [channel])]
      return owner === undefined ? [] : [{ path, owner, handedTo: handedTo ?? [] }]
    }),
  )
  const extra = file.transitions.extra.flatMap(({ by, to, handedTo }, at) => {
    const status = file.statuses.find(({ id }) => id === to)
    const owners = by === undefined ? channels.map((id) => status && ownerOf(status, id)) : [by]
    const path = ['transitions', 'extra', at, 'handedTo']
    return owners.flatMap((owner) => (owner === undefined ? [] : [{ path, owner, handedTo }]))
  })
  return unique([...own, ...extra])
}

/** A value for all channels is one chain, however many channels there are. */
const unique = (chains: readonly Chain[]): readonly Chain[] => [
  ...new Map(chains.map((chain) => [JSON.stringify(chain), chain])).values(),
]

const ownerOf = ({ owner }: PipelineFile['statuses'][number], channel: string) =>
  typeof owner === 'string' ? owner : owner[channel]

function findGaps({ handoffs }: PipelineFile, { path, owner, handedTo }: Chain): Problem[] {
  return handedTo.flatMap((to, at) => {
    const step = `${at === 0 ? owner : handedTo[at - 1]}->${to}`
    if (Object.hasOwn(handoffs, step)) return []
    return [
      problem('no-handoff', [...path, at], step, Object.keys(handoffs).join(', ') || 'nothing'),
    ]
  })
}

function findBrokenPaths(file: PipelineFile): Problem[] {
  return Object.keys(file.channels).flatMap((channel) => {
    const steps = file.transitions.paths[channel]
    const at = ['transitions', channel]
    if (!steps) return [problem('missing-key', at, 'nothing', 'the path of this channel')]

    const statuses = steps.path.map((id) => file.statuses.find((status) => status.id === id))
    const ranks = statuses.map((status) => status?.rank)
    return [
      ...statuses.flatMap((status) =>
        status && ownerOf(status, channel) === undefined
          ? [problem('missing-key', ownerPath(file, status, channel), 'nothing', 'a system')]
          : [],
      ),
      ...ranks.flatMap((rank, step) =>
        rank !== undefined && ranks.slice(0, step).some((before) => (before ?? 0) > rank)
          ? [
              problem(
                'order',
                [...at, 'path', step],
                `rank ${rank}`,
                'a rank above those before it',
              ),
            ]
          : [],
      ),
      ...steps.maySkip.flatMap((id, step) =>
        steps.path.includes(id)
          ? []
          : [problem('unknown-name', [...at, 'maySkip', step], toFound(id), steps.path.join(', '))],
      ),
    ]
  })
}

const ownerPath = (
  { statuses }: PipelineFile,
  status: PipelineFile['statuses'][number],
  channel: string,
): Path => ['statuses', statuses.indexOf(status), 'owner', channel]

const findIdleTransitions = ({ transitions }: PipelineFile): Problem[] =>
  transitions.extra.flatMap(({ from, to }, at) =>
    from === to
      ? [problem('wrong-value', ['transitions', 'extra', at, 'to'], toFound(to), 'another status')]
      : [],
  )

function findStepsAfterTheEnd({ statuses }: PipelineFile): Problem[] {
  const allowed = 'none: the order ends in a terminal status'
  return statuses.flatMap(({ terminal, handedTo, limits }, at) => {
    if (!terminal) return []
    const handed = Object.values(handedTo).flat().length > 0
    return [
      ...(handed
        ? [problem('wrong-value', ['statuses', at, 'handedTo'], toFound(handedTo), allowed)]
        : []),
      ...(limits.length > 0
        ? [problem('wrong-value', ['statuses', at, 'limits'], toFound(limits), allowed)]
        : []),
    ]
  })
}

const problem = (code: Problem['code'], path: Path, found: string, allowed: string): Problem => ({
  code,
  path,
  found,
  allowed,
})

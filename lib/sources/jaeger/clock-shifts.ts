import type { ForeignValue } from '../allow'
import type { Tree } from './build-tree'
import type { RawSpan, Tags } from './raw-span'

/**
 * How far each span must be moved for the clocks of its trace to agree, in milliseconds; the guess that Jaeger
 * itself makes where it adjusts clocks. A span of another host than its parent belongs into its parent, and the
 * rest of its host moves with it.
 *
 *     recorded                               adjusted
 *     crm   ▂▂▂▂▂▂▂▂▂▂                       crm   ▂▂▂▂▂▂▂▂▂▂
 *     mes         ▂▂▂▂▂▂   does not fit      mes     ▂▂▂▂▂▂      in the middle
 *     mes           ▂▂     same host         mes       ▂▂        the same shift
 *
 * One difference to Jaeger: a message is taken whenever its queue lets it, so a consumer is only never
 * earlier than what it was sent by.
 */
export function toClockShifts(tree: Tree): (span: RawSpan) => number {
  const hostOf = createHosts()
  const shifts = new Map<RawSpan, number>()

  for (const span of tree.spans) {
    const path: RawSpan[] = []
    for (let at: RawSpan | null = span; at && !shifts.has(at); at = tree.parentOf(at)) path.push(at)
    for (const at of path.reverse()) {
      const parent = tree.parentOf(at)
      const before = parent ? (shifts.get(parent) ?? 0) : 0
      const isSame = !parent || hostOf(at) === hostOf(parent)
      shifts.set(at, isSame ? before : shiftInto(at, parent, before))
    }
  }
  return (span) => (shifts.get(span) ?? 0) / 1_000
}

// Microseconds, because sums of fractions would not be the same twice.

const startOf = ({ start }: RawSpan): number => Math.round(start * 1_000)
const lengthOf = ({ durationMs }: RawSpan): number => Math.round(durationMs * 1_000)

/** `moved` is how far the parent itself was moved. */
function shiftInto(child: RawSpan, parent: RawSpan, moved: number): number {
  const start = startOf(parent) + moved
  const slack = lengthOf(parent) - lengthOf(child)
  const late = startOf(child) - start
  const isSent = child.kind === 'consumer' || parent.kind === 'producer'
  // What outlasts its parent ran on without it: only its start can be wrong.
  if (isSent || slack < 0) return Math.max(0, -late)
  if (late >= 0 && late <= slack) return 0
  return Math.floor(slack / 2) - late
}

const HOST = ['host.id', 'host.ip', 'host.name']

/** What shares a clock: the host, or where a process names none, its service. */
function createHosts(): (span: RawSpan) => string {
  const hosts = new Map<Tags, string | null>()
  return ({ resource, service }) => {
    const known = hosts.get(resource)
    const host = known === undefined ? findHost(resource) : known
    hosts.set(resource, host)
    return host ?? `service:${service}`
  }
}

function findHost(resource: Tags): string | null {
  const named = HOST.map((key) => toFirst(resource.get(key))).find((text) => text !== '')
  return named === undefined ? null : `host:${named}`
}

const toFirst = (value: ForeignValue | undefined): string => {
  const first = Array.isArray(value) ? value[0] : value
  return first === undefined || first === null ? '' : String(first)
}

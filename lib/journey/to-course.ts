import type { ExtraTransition, HandoffDef, Pipeline, StatusDef, SystemDef } from './pipeline'
import type { Status, SystemId } from './types'

/** The pipeline as the orders of one channel see it. */
export type Course = {
  readonly pipeline: Pipeline
  readonly channel: string | null
  status(id: Status): StatusDef | undefined
  system(id: SystemId): SystemDef | undefined
  handoff(from: SystemId, to: SystemId): HandoffDef | undefined
  /** Undefined for a status without a rank, and for one the pipeline does not know. */
  rank(id: Status): number | undefined
  /** Whether `a` stands before `b`; false where either has no rank. */
  lower(a: Status, b: Status): boolean
  terminal(id: Status): boolean
  /** The system that sets a status; null where the pipeline names none. */
  owner(id: Status): SystemId | null
  /** The system that a change in one record belongs to, after what that record showed before. */
  entryOwner(before: Status | null, status: Status): SystemId | null
  /** The systems that must learn of that change, in their order. */
  handedTo(before: Status | null, status: Status): readonly SystemId[]
}

/** Looks the pipeline up for one channel; without one, only what all channels agree on is said. */
export function toCourse(pipeline: Pipeline, channel: string | null): Course {
  const statuses = new Map(pipeline.statuses.map((status) => [status.id, status]))
  const systems = new Map(pipeline.systems.map((system) => [system.id, system]))
  const handoffs = new Map(pipeline.handoffs.map((def) => [`${def.from}>${def.to}`, def]))

  const perChannel = <T>(values: Readonly<Record<string, T>> | undefined): T | null => {
    if (!values) return null
    const own = channel === null ? undefined : values[channel]
    if (own !== undefined) return own
    const known = channel !== null && pipeline.channels.some(({ id }) => id === channel)
    const all = [...new Map(Object.values(values).map((v) => [JSON.stringify(v), v])).values()]
    return known || all.length !== 1 ? null : (all[0] ?? null)
  }

  const course: Course = {
    pipeline,
    channel,
    status: (id) => statuses.get(id),
    system: (id) => systems.get(id),
    handoff: (from, to) => handoffs.get(`${from}>${to}`),
    rank: (id) => statuses.get(id)?.rank,
    lower: (a, b) => {
      const [left, right] = [course.rank(a), course.rank(b)]
      return left !== undefined && right !== undefined && left < right
    },
    terminal: (id) => statuses.get(id)?.terminal ?? false,
    owner: (id) => perChannel(statuses.get(id)?.owner),
    entryOwner: (before, status) => {
      const extra = findExtra(pipeline, before, status)
      if (extra?.by) return extra.by
      // Only the owner of what is left may go back; another record that does was set back.
      if (!extra && before !== null && course.lower(status, before)) return course.owner(before)
      return course.owner(status)
    },
    handedTo: (before, status) => {
      const extra = findExtra(pipeline, before, status)
      return extra?.handedTo ?? perChannel(statuses.get(status)?.handedTo) ?? []
    },
  }
  return course
}

/** The further step that this change is; the one that names its start goes before `from: '*'`. */
const findExtra = (pipeline: Pipeline, before: Status | null, to: Status) =>
  before === null
    ? undefined
    : (find(pipeline.extraTransitions, before, to) ?? find(pipeline.extraTransitions, '*', to))

const find = (extra: readonly ExtraTransition[], from: Status, to: Status) =>
  extra.find((step) => step.from === from && step.to === to)

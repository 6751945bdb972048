import { pipelineOf } from '../observe/pipelines'
import type { Sight } from '../observe/sight'
import { isFound } from '../observe/traces'
import type { Plan } from '../world/plan'
import { type QueueMoment, queueAt, recordAt, type TrueSpan, type Truth } from '../world/truth'
import { DATABASE, SERVICE, type Way } from './company'

/** One moment at which somebody looks at an order, and how. */
export type Look = {
  readonly truth: Truth
  readonly plan: Plan
  readonly sight: Sight
  readonly now: number
}

export type Entry = {
  readonly system: string
  readonly status: string
  readonly at: number
  readonly before?: string
}

const databaseOf = ({ sight }: Look, system: string) => sight.databases[DATABASE[system] ?? '']

/** Whether the database of a system answers at all. */
export const answers = (look: Look, system: string): boolean =>
  databaseOf(look, system)?.state !== 'down'

/** Up to which moment the record of a system can be missed; null: it proves nothing by what it lacks. */
export function asOf(look: Look, system: string): number | null {
  const database = databaseOf(look, system)
  if (database?.state !== 'ok' || database.ageless) return null
  return look.now - database.lagMs
}

/** Whether it shows what is now. */
export const isNow = (look: Look, system: string): boolean => asOf(look, system) === look.now

export const keeps = (look: Look, system: string, column: string): boolean => {
  const lacks = databaseOf(look, system)?.lacks ?? []
  return !lacks.includes(column) && !lacks.includes(column.split('.')[0] ?? '')
}

/** The moment of which the record of a system is shown; null: it is not shown. */
export const shownAt = (look: Look, system: string): number | null =>
  answers(look, system) ? look.now - (databaseOf(look, system)?.lagMs ?? 0) : null

/** What the record of a system shows, as far as it can be read. */
export function record(look: Look, system: string): Entry | undefined {
  const at = shownAt(look, system)
  const last = at === null ? undefined : recordAt(look.truth, system, at)
  return last && entries(look, system).at(-1)
}

/** All that the record of a system ever entered, as far as it can be read. */
export function entries(look: Look, system: string): readonly Entry[] {
  const at = shownAt(look, system)
  const found: Entry[] = []
  for (const change of look.truth.changes) {
    if (at === null || change.system !== system || change.at > at) continue
    const before = found.at(-1)?.status
    if (before === change.status) continue
    found.push({ system, status: change.status, at: change.at, ...(before && { before }) })
  }
  return found
}

/** The same, where the history is kept; else what the row alone shows. */
export const history = (look: Look, system: string): readonly Entry[] =>
  keeps(look, system, 'status_changes') ? entries(look, system) : entries(look, system).slice(-1)

/** The moments that the record of a system names. */
export function changesAt(look: Look, system: string): readonly number[] {
  const at = shownAt(look, system)
  if (at === null) return []
  const own = look.truth.changes.filter((one) => one.system === system && one.at <= at)
  const marks = look.truth.marks.filter(
    (one) => one.system === system && one.at <= at && keeps(look, system, `orders.${one.column}`),
  )
  const shown = keeps(look, system, 'status_changes') ? own : own.slice(-1)
  return [...shown, ...marks].map((one) => one.at)
}

/** A mark in the row of a system; null: it has not happened; undefined: not to be known. */
export function mark(look: Look, system: string, column: string): number | null | undefined {
  const at = shownAt(look, system)
  if (at === null || !keeps(look, system, `orders.${column}`)) return undefined
  if (!recordAt(look.truth, system, at)) return undefined
  const found = look.truth.marks.findLast(
    (one) => one.system === system && one.column === column && one.at <= at,
  )
  return found?.at ?? null
}

/** When a change was sent, as its record says; null: not yet; undefined: not to be known. */
export function sentMark(look: Look, system: string, status: string, since: number) {
  const at = shownAt(look, system)
  if (at === null || !keeps(look, system, 'status_changes.sent_at')) return undefined
  const change = look.truth.changes.find(
    (one) => one.system === system && one.status === status && one.at >= since && one.at <= at,
  )
  if (!change) return undefined
  return change.sentAt !== null && change.sentAt <= at ? change.sentAt : null
}

/** Spans of a system that can be found. */
export const spans = (look: Look, system: string): readonly TrueSpan[] =>
  look.truth.spans.filter(
    (span) =>
      look.sight.traces !== 'down' &&
      span.service === SERVICE[system] &&
      isFound(span, {
        sight: look.sight,
        pipeline: pipelineOf(look.sight),
        now: look.now,
        skew: {},
      }),
  )

/** Whether a span of a system that is not found was never made. */
export function wouldBeFound(look: Look, system: string): boolean {
  const { sight } = look
  const traced = pipelineOf(sight).components.some(
    ({ services, coverage }) => coverage === 'traced' && services.includes(SERVICE[system] ?? ''),
  )
  return traced && sight.sampled === 1 && sight.traces === 'ok'
}

/** Whether a system was heard at a kind of work since a moment. */
export const isHeard = (look: Look, system: string, work: string, since: number): boolean =>
  look.sight.heartbeats &&
  look.truth.others.some(
    (one) =>
      one.service === SERVICE[system] &&
      one.work === work &&
      one.begin >= since &&
      one.end + look.sight.exportMs <= look.now,
  )

export type QueueState = 'dead' | 'stuck' | 'growing' | 'busy' | 'idle' | 'unknown'

/** How a queue can be read: when, and how far back it is known who took from it. */
export function reading({ sight, now }: Look) {
  if (sight.broker === 'ok') {
    const back = { always: 210_000, before: 240_000, never: 0 }[sight.watched]
    return { at: now - 6_000, consumersSince: now - 6_000 - back }
  }
  if (sight.metrics === 'ok') return { at: now - 10_000, consumersSince: now - 3_600_000 }
  return null
}

const STEP = 30_000

/** What is known of a queue by its readings. */
export function stateOf(look: Look, { queue, longest }: Way): QueueState {
  const read = reading(look)
  if (!read || queue === null) return 'unknown'
  const at = (moment: number) => queueAt(look.truth, queue, moment)
  const now = at(read.at)
  const over = (ms: number) => {
    const seen: QueueMoment[] = []
    for (let back = 0; back <= ms; back += STEP) seen.push(at(read.at - back))
    return seen
  }
  if (now.consumers === 0)
    if (read.consumersSince <= read.at - STEP && at(read.at - STEP).consumers === 0) return 'dead'
  const quiet = over(600_000 + longest)
  if (
    now.consumers > 0 &&
    quiet.every(({ ready, unacked, acked }) => ready + unacked > 0 && acked === now.acked)
  )
    return 'stuck'
  const third = (900_000 + longest) / 3
  const lows = [2, 1, 0].map((part) =>
    Math.min(
      ...over(900_000 + longest)
        .slice((part * third) / STEP, ((part + 1) * third) / STEP)
        .map(({ ready }) => ready),
    ),
  )
  const [first = 0, second = 0, last = 0] = lows
  if (first > 0 && first < second && second < last) return 'growing'
  if (now.consumers === 0) return 'unknown'
  if (now.unacked > 0) return 'busy'
  return now.ready === 0 ? 'idle' : 'unknown'
}

/** Since when nothing was in a queue, as far as it was read; null: something is. */
export function emptySince(look: Look, queue: string): number | null {
  const read = reading(look)
  if (!read) return null
  let since: number | null = null
  for (let moment = read.at; moment >= read.at - 3_500_000; moment -= 10_000) {
    const { ready, unacked } = queueAt(look.truth, queue, moment)
    if (ready + unacked > 0) break
    since = moment
  }
  return since
}

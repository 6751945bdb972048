import type { Clock } from './business-time'
import { compareText } from './collect-facts'
import { endOf } from './find-current'
import type { Entry } from './find-entries'
import type { JudgedLimit, Stage } from './journey'
import { judgeLimit, limitInForce, toLevel } from './judge-limit'
import type { Limit, StatusDef } from './pipeline'
import type { Course } from './to-course'
import type { Records } from './to-records'
import { type EpochMs, epochMs } from './types'

/**
 * The stays of an order, from its entries: each is left when the next begins, and the last is still open.
 *
 *     entries   A ─────── B ──── C
 *     stages    ├── A ───┼─ B ──┼─ C ─ ─ ─ now        a skewed clock makes a stay of 0, never a negative one
 */
export function toStages(
  entries: readonly Entry[],
  records: Records,
  course: Course,
  clock: Clock,
  now: EpochMs,
): readonly Stage[] {
  const named = spansByStage(entries, records)

  return entries.map((entry, index): Stage => {
    const def = course.status(entry.status)
    const next = entries[index + 1]
    const left = next ? epochMs(Math.max(entry.at, next.at)) : null
    const until = left ?? epochMs(Math.max(entry.at, now))
    const inexact = next && (entry.leftInexactly || skipsUnseen(entry, next, records, course))
    const judged = judgeStay(def, entry.at, left, now, clock)
    return {
      status: entry.status,
      known: def !== undefined,
      system: entry.system,
      entered: entry.at,
      left,
      dwell: until - entry.at,
      businessDwell: usesCalendar(def, judged.limit)
        ? clock.businessMsBetween(entry.at, until)
        : null,
      clock: def?.clock ?? 'wall',
      ...judged,
      level: toLevel(judged.limit, until),
      approximate: entry.approximate ?? (inexact ? 'history-gap' : null),
      waitsFor: def?.terminal ? null : (def?.waitsFor ?? null),
      evidence: [...new Set([...entry.evidence, ...(named.get(entry) ?? [])])],
    }
  })
}

/** An open stay is judged by the limit in force now; a past one by that of its time, with today's beside it. */
function judgeStay(
  def: StatusDef | undefined,
  entered: EpochMs,
  left: EpochMs | null,
  now: EpochMs,
  clock: Clock,
): { readonly limit: JudgedLimit | null; readonly limitToday: JudgedLimit | null } {
  if (!def || def.terminal) return { limit: null, limitToday: null }
  const today = limitInForce(def.limits, now)
  const then = left === null ? today : limitInForce(def.limits, left)
  const judge = (limit: Limit | null) => limit && judgeLimit(limit, entered, clock)
  return { limit: judge(then), limitToday: sameLimit(then, today) ? null : judge(today) }
}

const sameLimit = (a: Limit | null, b: Limit | null) =>
  a === b ||
  (a !== null &&
    b !== null &&
    (['warn', 'critical'] as const).every(
      (which) => a[which].ms === b[which].ms && a[which].clock === b[which].clock,
    ))

const usesCalendar = (def: StatusDef | undefined, limit: JudgedLimit | null) =>
  def?.clock === 'business' ||
  limit?.warn.clock === 'business' ||
  limit?.critical.clock === 'business'

/** Between two stages lies a status that only a system without a history could have told of. */
function skipsUnseen(entry: Entry, next: Entry, records: Records, course: Course): boolean {
  const channel = course.pipeline.channels.find(({ id }) => id === course.channel)
  if (!channel) return false
  const [from, to] = [channel.path.indexOf(entry.status), channel.path.indexOf(next.status)]
  if (from < 0 || to < 0) return false
  return channel.path.slice(from + 1, to).some((status) => {
    const owner = course.owner(status)
    return !channel.maySkip.includes(status) && owner !== null && !records.histories.has(owner)
  })
}

/** The spans that name a status, each beside the stay in it that began nearest to its end. */
function spansByStage(entries: readonly Entry[], records: Records): Map<Entry, string[]> {
  const found = new Map(entries.map((entry) => [entry, [] as string[]]))
  const named = [...records.spans.values()].flat().filter(({ statusTo }) => statusTo !== null)
  for (const span of named.toSorted((a, b) => a.at - b.at || compareText(a.id, b.id))) {
    const distance = (entry: Entry) => Math.abs(entry.at - endOf(span))
    const nearest = entries
      .filter(({ status }) => status === span.statusTo)
      .toSorted((a, b) => distance(a) - distance(b))[0]
    if (nearest) found.get(nearest)?.push(span.id)
  }
  return found
}

// Long because every way in which a message shows itself stands beside the others.
import { MINUTE, SECOND } from '../world/time'
import { queueAt, type TrueSpan } from '../world/truth'
import { INGEST, rankOf, SERVICE, WARN, type Way } from './company'
import {
  asOf,
  changesAt,
  type Entry,
  emptySince,
  history,
  isHeard,
  isNow,
  keeps,
  type Look,
  mark,
  reading,
  record,
  sentMark,
  shownAt,
  spans,
  stateOf,
  wouldBeFound,
} from './look'

export type Place =
  | 'not-sent'
  | 'in-queue'
  | 'being-handled'
  | 'set-aside'
  | 'handled-not-saved'
  | 'set-back'
  | 'saved'
  | 'unknown'

/** Where a message is, as well as it can be said. */
export type Located = {
  readonly place: Place
  readonly sure: boolean
  /** How it was set aside. */
  readonly how?: 'dead-lettered' | 'discarded' | 'unroutable'
  readonly tries: readonly SeenTry[]
  /** The queue had not been idle for long: it may as well be said later. */
  readonly early?: boolean
}

/** A change on its way: who entered it when, and which of its steps this is. */
export type Passing = {
  readonly entry: Entry
  readonly way: Way
  /** When the sender had it. */
  readonly since: number
  readonly further: string | null
}

export type SeenTry = {
  readonly began: number
  readonly ended: number | null
  readonly failed: boolean
  readonly wrote: boolean
  readonly marked: boolean
}

const SKEW = 2 * SECOND
const LATE_READING = 15 * SECOND

/** Where a message is: what shows it, in the order in which one thing goes before another. */
export function locate(look: Look, passing: Passing): Located {
  const tries = triesOf(look, passing)
  const found = isSaved(look, passing, tries) ?? findElsewhere(look, passing, tries)
  return { ...found, tries }
}

type Found = Omit<Located, 'tries'>

const at = (place: Place, sure: boolean): Found => ({ place, sure })

function isSaved(
  look: Look,
  { entry, way, further }: Passing,
  tries: readonly SeenTry[],
): Found | null {
  const shows = (system: string) => {
    const row = record(look, system)
    if (!row) return false
    const back = entry.before !== undefined && rankOf(entry.status) < rankOf(entry.before)
    if (back && row.at < entry.at - SKEW) return false
    if (way.queue === null && system === way.to) return isTaken(look, way.to)
    return rankOf(row.status) >= rankOf(entry.status)
  }
  const had = history(look, way.to).some(
    (one) => one.at >= entry.at - SKEW && rankOf(one.status) >= rankOf(entry.status),
  )
  const row = record(look, way.to)
  if (way.queue !== null && had && row && rankOf(row.status) < rankOf(entry.status))
    // It had it once: who fell back, and why, is told only by a sender of later.
    return isSetBack(look, way, row) ? at('set-back', true) : at('saved', false)
  if (shows(way.to)) return at('saved', true)
  if (further !== null && shows(further)) return at('saved', true)
  if (further !== null && published(look, way.to, entry.status, entry.at)) return at('saved', false)
  const last = tries.at(-1)
  const marks = way.queue !== null || keeps(look, way.to, 'orders.taken_at')
  const seen = isNow(look, way.to) && marks
  const young = (asOf(look, way.to) ?? Number.NEGATIVE_INFINITY) < (last?.ended ?? 0)
  if (last?.ended && !last.failed && last.wrote && !seen && (young || !marks))
    return at('saved', false)
  return null
}

/** Its sender is shown at a later moment and did not go back itself. */
const isSetBack = (look: Look, way: Way, { at: fell }: Entry) =>
  (asOf(look, way.from) ?? 0) >= fell && (asOf(look, way.to) ?? 0) >= fell

/** Taken from a table: the mark says so; where none is kept, that there is a row at all. */
const isTaken = (look: Look, system: string) => mark(look, system, 'taken_at') !== null

const published = (
  look: Look,
  system: string,
  status: string,
  since: number,
): TrueSpan | undefined =>
  spans(look, system).find(
    (span) =>
      span.kind === 'producer' &&
      !span.failed &&
      span.begin >= since - SKEW &&
      isAbout(look, span, status),
  )

/** Whether a span of a message is of a message about that status. */
const isAbout = ({ truth }: Look, span: TrueSpan, status: string) => {
  const id = span.tags['messaging.message.id']
  return truth.changes.some((change) => change.messageId === id && change.status === status)
}

function findElsewhere(look: Look, passing: Passing, tries: readonly SeenTry[]): Found {
  const { way } = passing
  return way.queue === null ? onTable(look, passing, tries) : onQueue(look, passing, tries)
}

function onTable(look: Look, { way, since }: Passing, tries: readonly SeenTry[]): Found {
  const last = tries.at(-1)
  const shown = asOf(look, way.to)
  if (last && last.ended === null) return at('being-handled', last.marked)
  if (keeps(look, way.to, 'orders.taken_at') && shown !== null && shown >= since)
    return at('in-queue', true)
  if (!last && isAbsent(look, way, way.to, 'take', since)) return at('in-queue', false)
  return at('unknown', false)
}

function onQueue(look: Look, passing: Passing, tries: readonly SeenTry[]): Found {
  const { way, entry, since } = passing
  const queue = way.queue ?? ''
  const last = tries.at(-1)
  const sentBy = sentMark(look, way.from, entry.status, entry.at - SKEW)
  const span = published(look, way.from, entry.status, entry.at)
  const sent = typeof sentBy === 'number' ? sentBy : (span?.begin ?? null)
  const read = reading(look)
  const isRead = read !== null && read.at + 6 * SECOND >= (sent ?? since) + LATE_READING

  const died = look.truth.deaths.find(
    (one) => one.ours && one.queue === queue && one.at >= entry.at && one.at <= look.now,
  )
  if (died?.kept && keeps(look, way.to, 'dead_letters') && isShown(look, way.to, died.at))
    return { ...at('set-aside', isHeardInFull(look)), how: 'dead-lettered' }
  if (last && last.ended === null) {
    const inHand = read !== null && queueAt(look.truth, queue, read.at).unacked > 0
    return at('being-handled', last.marked || inHand)
  }
  const shown = asOf(look, way.to)
  if (last?.ended && !last.failed && shown !== null && shown >= last.ended + WARN)
    return at('handled-not-saved', true)

  const failed = tries.filter(({ failed: one }) => one)
  const passed = isRead && isPassedBy(look, queue, sent ?? since)
  const now = read && queueAt(look.truth, queue, read.at)
  const untaken = tries.every((one) => one.failed)
  if (sent !== null && isRead && untaken && !passed && now && now.ready > 0) {
    const after = afterOf(look, queue, sent)
    if (after === null || now.ready > after)
      return at('in-queue', isProven(look, queue, sent, after, failed.length > 0))
  }
  if (
    last?.failed &&
    last.ended &&
    failed.length >= 2 &&
    passed &&
    died &&
    roseAt(look, passing, last.ended, died.kept ? 'aside' : 'unkept')
  )
    return {
      ...at('set-aside', false),
      how: died.kept ? 'dead-lettered' : 'discarded',
    }
  if (sent !== null && tries.length === 0 && isRead && passed)
    if (
      look.truth.unroutable.some((one) => Math.abs(one - sent) < MINUTE) &&
      roseAt(look, passing, sent, 'lost')
    )
      return {
        ...at('set-aside', false),
        how: 'unroutable',
        early: !isIdleSince(look, queue, sent),
      }
  if (last?.failed && last.ended && passed && isAbsent(look, way, way.to, 'consume', last.ended))
    return at('handled-not-saved', false)
  if (sent !== null && isRead && tries.every(({ ended }) => ended === null) && now) {
    const after = afterOf(look, queue, sent)
    if (after !== null && now.ready <= after && after < now.ready + now.unacked)
      return at('being-handled', false)
  }
  const failedToSend = spans(look, way.from).some(
    (one) =>
      one.kind === 'producer' &&
      one.failed &&
      one.begin >= entry.at - SKEW &&
      isAbout(look, one, entry.status),
  )
  if (sent === null && !failedToSend && sentBy === undefined && tries.length === 0 && now)
    if (stateOf(look, way) === 'dead' && now.ready > 0) return at('in-queue', false)
  if (sent === null && !failedToSend && sentBy === null && asOf(look, way.from) !== null)
    return at('not-sent', true)
  if (sent === null && failedToSend) return at('not-sent', false)
  if (sent === null && sentBy === undefined && isAbsent(look, way, way.from, 'publish', since))
    return at('not-sent', false)
  return at('unknown', false)
}

const isShown = (look: Look, system: string, moment: number) =>
  (shownAt(look, system) ?? Number.NEGATIVE_INFINITY) >= moment

/** No later try can have been missed: all its spans came, or it has none. */
const isHeardInFull = ({ sight }: Look) => sight.traces === 'ok'

/** A span is missing only where it would be there, and whoever makes it is heard at the same kind of work. */
export function isAbsent(
  look: Look,
  way: Way,
  system: string,
  work: string,
  expected: number,
): boolean {
  if (!wouldBeFound(look, system)) return false
  if (look.now < expected + WARN + way.longest + INGEST) return false
  if (system === way.to && way.queue !== null) {
    const read = reading(look)
    if (read && queueAt(look.truth, way.queue, read.at).unacked > 0) return false
  }
  return isHeard(look, system, work, expected) || hasStopped(look, system, work, expected)
}

/** Its poll came regularly before and comes no more, while it is heard at other work. */
function hasStopped(look: Look, system: string, work: string, expected: number): boolean {
  if (work !== 'take' || !look.sight.heartbeats) return false
  const own = look.truth.others.filter((one) => one.service === SERVICE[system])
  const before = own.filter((one) => one.work === work && one.begin < expected)
  return before.length >= 3 && own.some((one) => one.work !== work && one.begin >= expected)
}

/** Nothing in the queue for so long after it was sent, or a later one taken: ours is not in it any more. */
function isPassedBy(look: Look, queue: string, sent: number): boolean {
  return isOvertaken(look, queue, sent) || isIdleSince(look, queue, sent)
}

/** Fewer wait than came after it: one that came later was taken. */
export function isOvertaken(look: Look, queue: string, sent: number): boolean {
  const after = afterOf(look, queue, sent + LATE_READING)
  const read = reading(look)
  return read !== null && after !== null && queueAt(look.truth, queue, read.at).ready < after
}

function isIdleSince(look: Look, queue: string, sent: number): boolean {
  const empty = emptySince(look, queue)
  const read = reading(look)
  if (empty === null || !read) return false
  return read.at + 6 * SECOND >= Math.max(empty, sent + LATE_READING) + WARN
}

/** How many messages came after ours; null: the readings do not go back so far. */
function afterOf(look: Look, queue: string, sent: number): number | null {
  const read = reading(look)
  if (!read || sent < look.now - 58 * MINUTE) return null
  const published = (moment: number) => queueAt(look.truth, queue, moment).published
  return published(read.at) - published(sent)
}

function isProven(
  look: Look,
  queue: string,
  sent: number,
  after: number | null,
  tried: boolean,
): boolean {
  const read = reading(look)
  if (!read || tried) return false
  const { ready } = queueAt(look.truth, queue, read.at)
  let deadSince: number | null = null
  for (let moment = read.at; moment >= read.consumersSince; moment -= 10_000) {
    if (queueAt(look.truth, queue, moment).consumers > 0) break
    deadSince = moment
  }
  if (deadSince !== null && deadSince <= sent) return true
  const redelivered = (moment: number) => queueAt(look.truth, queue, moment).redelivered
  return after !== null && ready > after && redelivered(read.at) === redelivered(sent)
}

/** Whether what lies aside, or a counter, can be seen to have risen at that time. */
function roseAt(look: Look, passing: Passing, moment: number, how: 'aside' | 'unkept' | 'lost') {
  const { sight, now } = look
  // Of what is not kept the broker itself tells nothing.
  if (how !== 'unkept' && sight.broker === 'ok' && moment > now - 55 * MINUTE) return true
  if (sight.metrics !== 'ok' || moment < now - 24 * 60 * MINUTE) return false
  if (how === 'aside' && moment > now - 55 * MINUTE) return true
  // The metrics are asked about the minutes that the records name.
  const { from, to } = passing.way
  return [from, to, 'shop'].some((system) =>
    changesAt(look, system).some((at) => Math.abs(at - moment) < MINUTE),
  )
}

/** The tries of the receiver that can be seen, the oldest first. */
function triesOf(look: Look, { entry, way }: Passing): readonly SeenTry[] {
  const all = spans(look, way.to)
  const below = (span: TrueSpan) =>
    look.truth.spans.filter((one) => one.parentId === span.spanId && all.includes(one))
  const mine = (span: TrueSpan) =>
    span.begin >= entry.at - SKEW &&
    (way.queue === null
      ? span.name === 'order.take'
      : span.kind === 'consumer' && isAbout(look, span, entry.status))
  const ended = all.filter(mine).map((span) => ({
    began: span.begin,
    ended: span.end,
    failed: span.failed,
    wrote:
      below(span).some(
        (one) =>
          !one.failed && /INSERT|UPDATE/.test(`${one.name} ${one.tags['db.operation.name'] ?? ''}`),
      ) ||
      (!span.failed && span.tags['order.status.to'] !== undefined),
    marked: false,
  }))
  const open =
    entry.status === 'SUBMITTED' && way.queue !== null ? openTries(look, all, entry.at) : []
  return joinMarks(look, [...ended, ...open], entry, way).toSorted((a, b) => a.began - b.began)
}

/** Work that names the order, below a span that has not come. */
function openTries(look: Look, all: readonly TrueSpan[], since: number): readonly SeenTry[] {
  const groups = new Map<string, number>()
  for (const span of all) {
    if (span.begin < since || span.parentId === null || span.tags['order.id'] === undefined)
      continue
    if (span.kind === 'server' || span.kind === 'consumer') continue
    const parent = look.truth.spans.find(({ spanId }) => spanId === span.parentId)
    if (!parent || all.includes(parent) || parent.service !== span.service) continue
    groups.set(parent.spanId, Math.min(groups.get(parent.spanId) ?? Infinity, span.begin))
  }
  return [...groups.values()].map((began) => ({
    began,
    ended: null,
    failed: false,
    wrote: false,
    marked: false,
  }))
}

function joinMarks(
  look: Look,
  seen: readonly SeenTry[],
  entry: Entry,
  way: Way,
): readonly SeenTry[] {
  if (entry.status !== 'SUBMITTED') return seen
  const columns = way.to === 'mes' ? ['taken_at', 'pricing_started_at'] : ['taken_at']
  const marks = columns
    .map((column) => mark(look, way.to, column))
    .filter((one): one is number => typeof one === 'number' && one >= entry.at - SKEW)
  if (marks.length === 0) return seen
  const last = Math.max(...marks)
  const within = seen.findLast(
    ({ began, ended }) => last >= began - SKEW && (ended === null || last <= ended + SKEW),
  )
  if (within) return seen.map((one) => (one === within ? { ...one, marked: true } : one))
  return [...seen, { began: last, ended: null, failed: false, wrote: false, marked: true }]
}

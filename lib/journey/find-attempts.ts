import { compareText } from './collect-facts'
import type { SpanFact } from './fact'
import { endOf } from './find-current'
import { SKEW_MS } from './find-entries'
import type { Attempt } from './located'
import type { Course } from './to-course'
import { type Hop, sinceOf } from './to-hop'
import type { Records } from './to-records'
import { whoseMessage } from './whose-message'

type View = { readonly records: Records; readonly course: Course; readonly now: number }

/**
 * The tries of a receiver at the message of a hop, oldest first.
 *
 *     consumer   ├── ended, failed ──┤   ├── ended ──┤            spans of the receiver
 *                                                       ╎┄ S3 ┄┤   its consumer span is not there yet: open
 *     record     taken_at ●                             ● pricing_started_at
 */
export function findAttempts(hop: Hop, view: View): Attempts {
  const taken = tries(hop, view).map((span) => {
    const below = view.records.tree.below(span)
    return { span, below, whose: whoseMessage(span, below, hop, view) }
  })
  const ended = taken.filter(({ whose }) => whose === 'ours').map(toEnded)
  const ours = joinMark([...ended, ...findOpen(hop, view)], hop, view).toSorted(
    (a, b) => a.began - b.began || compareText(a.evidence[0] ?? '', b.evidence[0] ?? ''),
  )
  return { ours, overtaken: taken.some(({ whose }) => whose === 'later') }
}

export type Attempts = {
  readonly ours: readonly Attempt[]
  /** The receiver took a message that was sent on this way after ours. */
  readonly overtaken: boolean
}

/** The outermost spans of the receiver since then that are its work on a message. */
const tries = (hop: Hop, view: View): readonly SpanFact[] =>
  spansSince(hop, view.records).filter((span) => isTry(span, hop, view))

function isTry(span: SpanFact, hop: Hop, view: View): boolean {
  const { transport } = hop.def
  const mayBe =
    transport === 'db-poll'
      ? span.spanKind !== 'server' && span.spanKind !== 'consumer' && !isOpen(span, hop, view)
      : span.spanKind === (transport === 'http' ? 'server' : 'consumer') && !settles(span)
  if (!mayBe) return false
  const caller = view.records.tree.parentOf(span)?.system
  return transport === 'http' ? caller === hop.from : caller !== hop.to
}

const SETTLES = new Set(['settle', 'ack', 'nack', 'reject'])

const settles = ({ attributes }: SpanFact) =>
  SETTLES.has(attributes['messaging.operation.type']?.value ?? '')

/** A parent that is named and not there is still at work for as long as it may rightly be. */
function isOpen(span: SpanFact, hop: Hop, { course, now }: View): boolean {
  const inner = span.spanKind !== 'server' && span.spanKind !== 'consumer'
  if (!span.orphan || !inner) return false
  const { ingestLagMs } = course.pipeline.sampling
  return (
    hop.def.transport !== 'db-poll' || now - endOf(span) < hop.def.longestOperationMs + ingestLagMs
  )
}

/** Work below a span that is not there yet: one attempt for each such span. */
function findOpen(hop: Hop, view: View): readonly Attempt[] {
  const groups = new Map<string, SpanFact[]>()
  for (const span of spansSince(hop, view.records)) {
    if (!isOpen(span, hop, view) || (hop.next !== null && span.at >= hop.next)) continue
    const key = `${span.traceId}:${span.parentId}`
    groups.set(key, [...(groups.get(key) ?? []), span])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const evidence = group.map(({ id }) => id)
    return [{ began: first.at, ended: null, failed: false, wrote: false, marked: false, evidence }]
  })
}

function toEnded({ span, below }: { span: SpanFact; below: readonly SpanFact[] }): Attempt {
  const write = below.find((one) => one.system === span.system && isWrite(one))
  return {
    began: span.at,
    ended: endOf(span),
    failed: span.failed,
    wrote: write !== undefined,
    marked: false,
    evidence: write && write !== span ? [span.id, write.id] : [span.id],
  }
}

/** A write to a database, or a span that says which status the order entered. */
const isWrite = ({ failed, statusTo, attributes, name }: SpanFact): boolean =>
  !failed &&
  (statusTo !== null ||
    (attributes['db.system.name'] !== undefined &&
      WRITES.test(attributes['db.operation.name']?.value ?? name)))

const WRITES = /^(BATCH )?(INSERT|UPDATE|MERGE|UPSERT|REPLACE|COPY)\b/i

/** The receiver's own mark belongs to the attempt it falls into, else it is one: begun, and not seen to end. */
function joinMark(
  seen: readonly Attempt[],
  hop: Hop,
  { records, course }: View,
): readonly Attempt[] {
  const row = records.rows.get(hop.to)
  const { pricing } = course.pipeline
  const prices = pricing?.system === hop.to && pricing.within === hop.entry.status
  const marks = [row?.takenAt, prices ? row?.pricingStartedAt : null].filter(
    (at) => typeof at === 'number' && at >= sinceOf(hop) && (hop.next === null || at < hop.next),
  )
  const mark = marks.toSorted((a, b) => Number(b) - Number(a))[0]
  if (!row || typeof mark !== 'number') return seen

  const within = seen.findLast(
    ({ began, ended }) => mark >= began - SKEW_MS && (ended === null || mark <= ended + SKEW_MS),
  )
  if (!within) {
    const marked = { failed: false, wrote: false, marked: true, evidence: [row.id] }
    return [...seen, { began: mark, ended: null, ...marked }]
  }
  return seen.map((one) =>
    one === within ? { ...one, marked: true, evidence: [...one.evidence, row.id] } : one,
  )
}

const spansSince = (hop: Hop, records: Records) =>
  (records.spans.get(hop.to) ?? []).filter(({ at }) => at >= sinceOf(hop))

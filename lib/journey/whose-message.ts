import type { SpanFact } from './fact'
import { SKEW_MS } from './find-entries'
import type { Course } from './to-course'
import type { Hop } from './to-hop'
import type { Records } from './to-records'
import type { Status } from './types'

type View = { readonly records: Records; readonly course: Course }

/**
 * Whether a receiver's span, with all that is `below` it, is about the message of a hop, an earlier one or a later one of the same order; null
 * where nothing tells.
 *
 *     from   ├ sent 1 ┤      ├ sent 2 ┤         by what it was called by or links to, else by its message's id,
 *     to         └▶ earlier      └▶ ours        else by the status it names, else by when it began
 */
export function whoseMessage(
  span: SpanFact,
  below: readonly SpanFact[],
  hop: Hop,
  view: View,
): 'earlier' | 'ours' | 'later' | null {
  const sender = findSender(span, hop, view.records)
  if (sender) return byTime(sender.at, hop)

  const named: Status[] = []
  for (const { statusTo } of below) if (statusTo !== null) named.push(statusTo)
  const { status } = hop.entry
  if (named.includes(status)) return 'ours'
  if (named.some((one) => view.course.lower(status, one))) return 'later'
  if (named.some((one) => view.course.lower(one, status))) return 'earlier'
  return byTime(span.at, hop) === 'later' ? null : byTime(span.at, hop)
}

function byTime(at: number, { started, next, entry }: Hop) {
  if (next !== null && at >= next - SKEW_MS) return 'later'
  return at >= Math.min(started, entry.at) - SKEW_MS ? 'ours' : 'earlier'
}

/** The span of the sender that its message came from. */
function findSender(span: SpanFact, hop: Hop, { tree, spans }: Records): SpanFact | null {
  const called = tree.parentOf(span)
  if (called?.system === hop.from) return called
  for (const { traceId, spanId } of span.links) {
    const linked = tree.find(traceId, spanId)
    if (linked?.system === hop.from) return linked
  }
  const message = messageOf(span)
  if (message === undefined) return null
  const sent = spans
    .get(hop.from)
    ?.find((one) => one.spanKind === 'producer' && messageOf(one) === message)
  return sent ?? null
}

const messageOf = ({ attributes }: SpanFact) => attributes['messaging.message.id']?.value

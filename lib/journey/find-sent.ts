import type { SpanFact } from './fact'
import { SKEW_MS } from './find-entries'
import { isOn } from './is-on'
import { type Hop, sinceOf } from './to-hop'
import type { Records } from './to-records'
import type { EpochMs } from './types'

/** What its sender says of a message. */
export type Sent = {
  /** `not-yet` the sender keeps the moment, and there is none · `failed` it tried · `unseen` nothing tells. */
  readonly state: 'sent' | 'not-yet' | 'failed' | 'unseen'
  /** When it was sent; null unless `sent`. */
  readonly at: EpochMs | null
  /** False where the sender keeps no moment of sending. */
  readonly kept: boolean
  readonly evidence: readonly string[]
}

/**
 * The sender's own mark, else its first message since that can be of this change. Where a table is polled, its row
 * is the message, and it was sent when it was written.
 */
export function findSent(hop: Hop, arrived: EpochMs | null, records: Records): Sent {
  if (hop.def.transport === 'db-poll')
    return { state: 'sent', at: hop.started, kept: true, evidence: hop.entry.evidence }

  const change = records.histories
    .get(hop.from)
    ?.find(({ status, at }) => status === hop.entry.status && at >= sinceOf(hop))
  const kept = change?.sentAt !== undefined
  if (typeof change?.sentAt === 'number')
    return { state: 'sent', at: change.sentAt, kept, evidence: [change.id] }

  const messages = findMessages(hop, arrived, records)
  const good = messages.find(({ failed }) => !failed)
  if (good) return { state: 'sent', at: good.at, kept, evidence: [good.id] }
  const bad = messages.at(-1)
  if (bad) return { state: 'failed', at: null, kept, evidence: [bad.id] }
  if (change && kept) return { state: 'not-yet', at: null, kept, evidence: [change.id] }
  return { state: 'unseen', at: null, kept, evidence: [] }
}

function findMessages(hop: Hop, arrived: EpochMs | null, records: Records): readonly SpanFact[] {
  const until = Math.min(hop.next ?? Number.POSITIVE_INFINITY, (arrived ?? Infinity) + SKEW_MS)
  const from = (records.spans.get(hop.from) ?? []).filter(
    ({ at }) => at >= hop.started - SKEW_MS && at <= until,
  )
  if (hop.def.transport === 'amqp')
    return from.filter((span) => span.spanKind === 'producer' && isOn(span, hop.def))

  // Whom a call was for is known only where it is seen to have come in.
  const called = new Set(
    (records.spans.get(hop.to) ?? [])
      .filter(({ spanKind }) => spanKind === 'server')
      .map((span) => records.tree.parentOf(span)),
  )
  return from.filter((span) => span.spanKind === 'client' && called.has(span))
}

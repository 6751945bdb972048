/** One write of one system's record. A moment that has not come yet is null. */
export type Change = {
  readonly system: string
  readonly status: string
  readonly at: number
  readonly seq: number
  sentAt: number | null
  readonly receivedAt: number | null
  messageId: string | null
}

/** A moment that a system notes in its row, such as `taken_at`. */
export type Mark = { readonly system: string; readonly column: string; readonly at: number }

export type SpanKind = 'server' | 'client' | 'producer' | 'consumer' | 'internal'

export type SpanRef = { readonly traceId: string; readonly spanId: string }

/** A piece of work of one service. It is exported once it has ended. */
export type TrueSpan = SpanRef & {
  readonly parentId: string | null
  readonly links: readonly SpanRef[]
  readonly service: string
  readonly name: string
  readonly kind: SpanKind
  readonly begin: number
  end: number | null
  failed: boolean
  tags: Readonly<Record<string, string | number>>
}

/** What a queue holds from a moment on. */
export type QueueMoment = {
  readonly at: number
  readonly ready: number
  readonly unacked: number
  readonly consumers: number
  readonly published: number
  readonly acked: number
  readonly redelivered: number
  /** When the oldest waiting message was published. */
  readonly head: number | null
}

/** A message that was given up. */
export type Death = {
  readonly queue: string
  readonly at: number
  readonly reason: string
  readonly ours: boolean
  readonly kept: boolean
  readonly messageId: string
}

/** What lies in the file storage from a moment on; null: nothing. */
export type Stored = {
  readonly at: number
  readonly object: { readonly size: number; readonly etag: string } | null
}

export type Work = 'take' | 'publish' | 'consume' | 'serve'

/** Work for another order. */
export type OtherWork = {
  readonly service: string
  readonly name: string
  readonly work: Work
  readonly where: string | null
  readonly begin: number
  readonly end: number
}

/** One try of a receiver at our message. */
export type Try = {
  readonly queue: string
  readonly status: string
  readonly messageId: string
  readonly at: number
  ended: number | null
  outcome: 'saved' | 'failed' | 'unsaved' | null
}

/** One message about our order. */
export type Sending = {
  readonly from: string
  readonly queue: string
  readonly status: string
  readonly messageId: string
  readonly at: number
  readonly routed: boolean
}

/** Everything that happened to one order, and around it. */
export type Truth = {
  readonly orderId: string
  readonly channel: string
  readonly changes: Change[]
  readonly marks: Mark[]
  readonly spans: TrueSpan[]
  readonly queues: Map<string, QueueMoment[]>
  readonly deaths: Death[]
  readonly unroutable: number[]
  readonly file: {
    readonly bucket: string
    readonly key: string
    readonly size: number
    readonly etag: string
    /** When its key was written into the record. */
    readonly since: number
  } | null
  readonly stored: Stored[]
  readonly others: OtherWork[]
  /** When a service began anew. */
  readonly restarts: { readonly service: string; readonly at: number }[]
  readonly tries: Try[]
  readonly sendings: Sending[]
  readonly partner: { readonly id: string; readonly number: string } | null
  /** The same order once more, as its partner sent it again. */
  readonly twins: readonly Twin[]
}

export type Twin = { readonly orderId: string; readonly createdAt: number; readonly status: string }

/** What a record shows at a moment; undefined: there is none yet. */
export const recordAt = (
  { changes }: Pick<Truth, 'changes'>,
  system: string,
  moment: number,
): Change | undefined =>
  changes.findLast((change) => change.system === system && change.at <= moment)

/** What a queue held at a moment. */
export function queueAt(truth: Pick<Truth, 'queues'>, name: string, moment: number): QueueMoment {
  const moments = truth.queues.get(name) ?? []
  let [low, high] = [0, moments.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((moments[middle]?.at ?? 0) <= moment) low = middle + 1
    else high = middle
  }
  return moments[low - 1] ?? EMPTY
}

const EMPTY: QueueMoment = {
  at: 0,
  ready: 0,
  unacked: 0,
  consumers: 1,
  published: 0,
  acked: 0,
  redelivered: 0,
  head: null,
}

import type { Plan } from './plan'
import { createRandom, type Random } from './random'
import { createTimeline, type Timeline } from './timeline'
import type { Change, SpanRef, TrueSpan, Truth } from './truth'

type Told = Partial<Pick<TrueSpan, 'kind' | 'tags' | 'links'>> & { readonly under?: SpanRef | null }

/** Where everything happens: the time, what is noted of it, and how. */
export type World = {
  readonly plan: Plan
  readonly truth: Truth
  readonly timeline: Timeline
  readonly random: Random
  /** A record is written, now. */
  readonly write: (
    system: string,
    status: string,
    came?: { readonly receivedAt: number; readonly messageId: string },
  ) => Change
  readonly mark: (system: string, column: string) => void
  /** A span begins, now; without `under` a trace begins with it. */
  readonly begin: (service: string, name: string, told?: Told) => TrueSpan
  readonly end: (span: TrueSpan, failed?: boolean) => void
  /** A span that began now and will end so much later. */
  readonly during: (service: string, name: string, ms: number, told?: Told) => TrueSpan
  /** Something happens so much later. */
  readonly later: (ms: number, happen: () => void) => void
}

/** An empty world in which one order is about to live. */
export function createWorld(plan: Plan): World {
  const random = createRandom(plan.seed)
  const timeline = createTimeline()
  const number = String(100_000 + (plan.seed % 800_000))
  const truth: Truth = {
    orderId: `ORD-${number}`,
    channel: plan.channel,
    changes: [],
    marks: [],
    spans: [],
    queues: new Map(),
    deaths: [],
    unroutable: [],
    file: plan.hasFile
      ? {
          bucket: 'models',
          key: `orders/${number}/model.stl`,
          size: 18_000_000 + (plan.seed % 1_000),
          etag: random.hex(32),
          since: plan.placedAt,
        }
      : null,
    stored: [],
    others: [],
    restarts: [],
    tries: [],
    sendings: [],
    twins: (plan.twins ?? []).map(({ after, status }, index) => ({
      orderId: `ORD-9${number}${index}`,
      createdAt: plan.placedAt + after,
      status,
    })),
    partner: plan.channel === 'partner' ? { id: 'partner-7', number: `P-${number}` } : null,
  }
  let seq = 0

  function begin(service: string, name: string, told: Told = {}): TrueSpan {
    const { under = null, kind = 'internal', tags = {}, links = [] } = told
    const span: TrueSpan = {
      traceId: under?.traceId ?? random.hex(32),
      spanId: random.hex(16),
      parentId: under?.spanId ?? null,
      links,
      service,
      name,
      kind,
      begin: timeline.now(),
      end: null,
      failed: false,
      tags,
    }
    truth.spans.push(span)
    return span
  }

  return {
    plan,
    truth,
    timeline,
    random,
    write(system, status, came) {
      seq += 1
      const change = { system, status, at: timeline.now(), seq, sentAt: null }
      const written = {
        ...change,
        receivedAt: came?.receivedAt ?? null,
        messageId: came?.messageId ?? null,
      }
      truth.changes.push(written)
      return written
    },
    mark: (system, column) => truth.marks.push({ system, column, at: timeline.now() }),
    begin,
    end(span, failed = false) {
      span.end = timeline.now()
      span.failed = failed
    },
    during(service, name, ms, told) {
      const span = begin(service, name, told)
      span.end = span.begin + ms
      return span
    },
    later: (ms, happen) => timeline.at(timeline.now() + ms, happen),
  }
}

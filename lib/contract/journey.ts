import { z } from 'zod/mini'
import { FINDING_CASES, FINDING_IDS, ON_TRACK } from '@/lib/journey/finding'
import type { Ages, JourneyView } from '@/lib/journey/journey-view'
import { epochMs, LEVELS } from '@/lib/journey/types'

// zod/mini, because the browser parses its refreshes with it. Long, because it spells one type out.

const LONG = 4_000
const MANY = 40_000

const text = z.string().check(z.maxLength(LONG))
const list = <T extends z.ZodMiniType>(item: T) => z.array(item).check(z.maxLength(MANY))
const instant = z.pipe(z.number(), z.transform(epochMs))
/** JSON leaves out a column that is not kept; the transforms below name it again. */
const kept = z.optional(z.nullable(instant))
const texts = z.record(text, text)
const values = z.record(text, z.union([text, z.number()]))
const clock = z.enum(['wall', 'business'])
const level = z.enum(LEVELS)
const approximate = z.enum([
  'no-history',
  'history-gap',
  'copy',
  'stale',
  'from-spans',
  'row-disagrees',
])
const waitsFor = z.enum(['customer', 'system', 'seller', 'operator', 'carrier'])
const duration = z.object({ clock, ms: z.number() })
const judged = z.object({
  warn: duration,
  critical: duration,
  warnAt: instant,
  criticalAt: instant,
})
const limit = z.nullable(judged)

const said = { id: text, source: text, system: text, at: instant, attributes: texts }

const rowShape = z.object({
  ...said,
  kind: z.literal('row'),
  channel: text,
  status: text,
  createdAt: instant,
  updatedAt: instant,
  takenAt: kept,
  pricingStartedAt: kept,
  approximate: z.boolean(),
})

const rowFact = z.pipe(
  rowShape,
  z.transform(({ takenAt, pricingStartedAt, ...row }: z.infer<typeof rowShape>) => ({
    ...row,
    takenAt,
    pricingStartedAt,
  })),
)

const changeShape = z.object({
  ...said,
  kind: z.literal('change'),
  status: text,
  seq: z.number(),
  sentAt: kept,
  receivedAt: kept,
})

const changeFact = z.pipe(
  changeShape,
  z.transform(({ sentAt, receivedAt, ...change }: z.infer<typeof changeShape>) => ({
    ...change,
    sentAt,
    receivedAt,
  })),
)

const deadLetterFact = z.object({
  ...said,
  kind: z.literal('dead-letter'),
  queue: text,
  reason: text,
  count: z.number(),
})

const figure = z.nullable(z.number())

const sample = {
  ready: figure,
  unacked: figure,
  consumers: figure,
  published: figure,
  acked: figure,
  redelivered: figure,
}

const queueFact = z.object({
  ...said,
  ...sample,
  kind: z.literal('queue'),
  queue: text,
  use: z.enum(['work', 'set-aside']),
  headAt: z.nullable(instant),
  history: list(z.object({ at: instant, ...sample })),
})

const counterFact = z.object({
  ...said,
  kind: z.literal('counter'),
  counter: z.enum(['unroutable', 'dead-lettered', 'discarded']),
  queue: z.nullable(text),
  since: instant,
  by: z.number(),
})

const fileFact = z.object({
  ...said,
  kind: z.literal('file'),
  state: z.enum(['there', 'absent', 'forbidden', 'unclear']),
  proven: z.boolean(),
  askedAt: instant,
  modifiedAt: z.nullable(instant),
  size: figure,
})

const spanFact = z.object({
  ...said,
  kind: z.literal('span'),
  traceId: text,
  spanId: text,
  parentId: z.nullable(text),
  links: list(z.object({ traceId: text, spanId: text })),
  service: text,
  name: text,
  spanKind: z.enum(['server', 'client', 'producer', 'consumer', 'internal', 'unspecified']),
  duration: z.number(),
  clockShift: z.number(),
  failed: z.boolean(),
  shared: z.boolean(),
  orphan: z.boolean(),
  contextBroken: z.boolean(),
  statusTo: z.nullable(text),
  statusFrom: z.nullable(text),
  hidden: z.number(),
  events: list(z.object({ name: text, at: instant, attributes: texts })),
  warnings: list(text),
})

const stage = z.object({
  status: text,
  known: z.boolean(),
  system: text,
  entered: instant,
  left: z.nullable(instant),
  dwell: z.number(),
  businessDwell: z.nullable(z.number()),
  clock,
  limit,
  limitToday: limit,
  level,
  approximate: z.nullable(approximate),
  waitsFor: z.nullable(waitsFor),
  evidence: list(text),
})

const expected = z.object({
  status: text,
  system: text,
  planned: instant,
  from: instant,
  until: instant,
  limit,
  restsOn: z.enum(['limits', 'limits-from-now']),
})

const count = z.nullable(z.number())

const located = z.object({
  place: z.enum([
    'not-sent',
    'in-queue',
    'being-handled',
    'set-aside',
    'handled-not-saved',
    'saved',
    'unknown',
  ]),
  case: z.nullable(z.enum(['set-back', 'dead-lettered', 'discarded', 'unroutable'])),
  certainty: z.enum(['confirmed', 'likely', 'cannot-tell']),
  row: z.number(),
  sent: z.nullable(instant),
  since: z.nullable(instant),
  attempts: list(
    z.object({
      began: instant,
      ended: z.nullable(instant),
      failed: z.boolean(),
      wrote: z.boolean(),
      marked: z.boolean(),
      evidence: list(text),
    }),
  ),
  queue: z.nullable(
    z.object({
      name: text,
      source: text,
      state: z.enum(['dead', 'stuck', 'growing', 'busy', 'waiting', 'idle', 'unknown']),
      readAt: instant,
      ready: count,
      unacked: count,
      consumers: count,
      headAt: z.nullable(instant),
      after: z.nullable(z.object({ least: z.number(), most: z.number() })),
    }),
  ),
  blindSpots: list(
    z.object({
      code: z.enum([
        'record-not-fresh',
        'mark-not-kept',
        'not-traced',
        'traces-not-complete',
        'sampled',
        'past-retention',
        'too-early',
        'no-limit',
        'no-heartbeat',
        'at-work',
        'queue-not-read',
        'reading-too-young',
        'one-reading',
        'count-unknown',
        'counters-not-read',
        'nothing-shows',
      ]),
      source: z.nullable(text),
      system: z.nullable(text),
    }),
  ),
  evidence: list(text),
})

const handoff = z.object({
  from: text,
  to: text,
  status: text,
  transport: z.enum(['db-poll', 'amqp', 'http']),
  started: instant,
  sent: z.nullable(instant),
  arrived: z.nullable(instant),
  wait: z.number(),
  limit,
  level,
  state: z.enum(['saved', 'open', 'unseen', 'closed']),
  because: z.nullable(text),
  located: z.nullable(located),
  evidence: list(text),
})

const milestone = z.object({
  id: text,
  state: z.enum(['done', 'not-yet', 'not-seen', 'not-on-path']),
  at: z.nullable(instant),
  approximate: z.nullable(approximate),
  because: z.nullable(
    z.enum([
      'handoff-open',
      'handoff-unseen',
      'source-missing',
      'source-stale',
      'source-partial',
      'age-unknown',
      'unknown-status',
      'unknown-channel',
      'only-traces',
      'no-record',
      'not-kept',
      'not-asked',
      'no-file',
      'file-absent',
      'file-differs',
      'ended',
      'channel',
    ]),
  ),
  source: z.nullable(text),
  system: z.nullable(text),
  evidence: list(text),
})

const lane = z.object({
  system: text,
  kind: z.enum(['service', 'storage', 'broker', 'browser']),
  coverage: z.enum(['traced', 'metrics', 'logs', 'db', 'none']),
  optional: z.boolean(),
  drawnFrom: list(z.enum(['traces', 'database'])),
  factIds: list(text),
})

const trace = z.object({
  traceId: text,
  started: instant,
  ended: instant,
  rootService: text,
  rootName: text,
  services: list(text),
  spanCount: z.number(),
  sharedCount: z.number(),
  errorCount: z.number(),
  orphanCount: z.number(),
  contextBroken: z.boolean(),
  gap: z.nullable(z.enum(['not-arrived', 'past-retention', 'not-traced', 'sampled', 'lost'])),
  otherOrders: z.number(),
  linkedTraceIds: list(text),
})

const disagreement = z.object({
  code: z.enum(['behind', 'ahead', 'row-and-history', 'after-end', 'gap', 'never-consumed']),
  owner: text,
  ownerStatus: text,
  other: text,
  otherStatus: text,
  since: instant,
  fresh: z.boolean(),
  believe: z.nullable(text),
  why: z.enum(['owner', 'history', 'record', 'not-fresh']),
  evidence: list(text),
})

const blindSpot = z.object({
  code: z.enum([
    'source-missing',
    'source-stale',
    'source-partial',
    'not-traced',
    'no-spans',
    'history-missing',
    'history-gap',
    'context-broken',
    'past-retention',
    'sampled',
    'only-traces',
    'unknown-status',
    'not-kept',
    'foreign-environment',
    'two-records',
    'two-channels',
    'duplicates-unseen',
  ]),
  source: z.nullable(text),
  system: z.nullable(text),
  values,
})

const note = z.object({
  code: z.enum([
    'possibly-cut',
    'not-searched',
    'foreign-environment',
    'other-orders-cut',
    'trace-gone',
    'first-spans-only',
    'service-failed',
    'unfiltered-search',
    'clock-adjusted',
    'history-missing',
    'row-rejected',
    'refused-login',
    'refused-tag',
    'refused-vhost',
    'refused-right',
    'broker-unread',
    'vhost-missing',
    'statistics-off',
    'node-down',
    'queue-missing',
    'queue-unread',
    'figures-missing',
    'figures-rejected',
    'figures-old',
  ]),
  values,
})

const source = z.object({
  source: text,
  state: z.enum(['ok', 'stale', 'partial', 'missing', 'not-configured']),
  reason: z.nullable(text),
  asOf: z.nullable(instant),
  askedAt: instant,
  tookMs: z.number(),
  systems: list(text),
  keepsHistory: z.exactOptional(z.boolean()),
  notKept: z.exactOptional(list(text)),
  notes: z.exactOptional(list(note)),
})

const current = z.nullable(
  z.object({
    status: text,
    known: z.boolean(),
    system: text,
    since: instant,
    approximate: z.nullable(approximate),
    terminal: z.boolean(),
    turn: z.union([waitsFor, z.enum(['nobody', 'unknown'])]),
    level,
    stage: z.number(),
    copyOf: z.nullable(text),
  }),
)

const findingValues = z.object({
  from: z.exactOptional(text),
  to: z.exactOptional(text),
  system: z.exactOptional(text),
  status: z.exactOptional(text),
  other: z.exactOptional(text),
  since: z.exactOptional(instant),
  oldest: z.exactOptional(instant),
  waited: z.exactOptional(z.number()),
  count: z.exactOptional(z.number()),
  source: z.exactOptional(text),
  sources: z.exactOptional(list(text)),
})

const because = z.object({
  place: z.enum(['not-sent', 'in-queue', 'being-handled', 'set-aside', 'handled-not-saved']),
  case: z.nullable(z.enum(['set-back', 'dead-lettered', 'discarded', 'unroutable'])),
  system: text,
  certainty: z.enum(['confirmed', 'likely']),
})

const told = { level, values: findingValues, evidence: list(text) }
const certainty = z.enum(['confirmed', 'likely', 'cannot-tell'])
const findingId = z.enum(FINDING_IDS)

const finding = z.object({
  ...told,
  id: findingId,
  case: z.enum(FINDING_CASES),
  certainty,
  because: z.nullable(because),
  also: z.nullable(z.enum(['no-consumer', 'stuck'])),
})

const verdict = z.discriminatedUnion('kind', [
  z.extend(finding, { kind: z.literal('finding') }),
  z.object({
    ...told,
    kind: z.literal('on-track'),
    id: z.nullable(findingId),
    case: z.enum(ON_TRACK),
    certainty: z.nullable(z.enum(['confirmed', 'likely'])),
  }),
  z.object({ ...told, kind: z.literal('unknown-status'), certainty: z.literal('cannot-tell') }),
])

const view = z.object({
  orderId: text,
  channel: z.nullable(text),
  placedBy: z.enum(['customer', 'partner']),
  now: instant,
  current,
  verdict: z.nullable(verdict),
  findings: list(finding),
  stages: list(stage),
  coming: list(z.object({ status: text, system: text })),
  expected: list(expected),
  handoffs: list(handoff),
  checklist: list(milestone),
  lanes: list(lane),
  traces: list(trace),
  disagreements: list(disagreement),
  duplicates: list(
    z.object({
      ...{ orderId: text, status: text, createdAt: instant },
      certainty: z.enum(['confirmed', 'likely']),
    }),
  ),
  blindSpots: list(blindSpot),
  sources: list(source),
  facts: list(
    z.discriminatedUnion('kind', [
      rowFact,
      changeFact,
      deadLetterFact,
      spanFact,
      queueFact,
      counterFact,
      fileFact,
    ]),
  ),
  promise: z.nullable(
    z.object({ started: instant, limit: judged, level, kept: z.nullable(instant) }),
  ),
  spansWithheld: z.boolean(),
  complete: z.boolean(),
  mayRead: z.object({ devops: z.boolean(), customerText: z.boolean() }),
  traceUrl: z.nullable(text),
})

/** What `GET /api/orders/{orderId}/journey` answers, parsed on both sides. */
export const journeyReply: z.core.$ZodType<JourneyView> = view

/** Throws where the reply is not a journey. */
export const parseJourney = (reply: unknown): JourneyView => z.parse(journeyReply, reply)

const ages = z.object({
  now: instant,
  sources: list(
    z.object({ source: text, asOf: z.nullable(instant), askedAt: instant, tookMs: z.number() }),
  ),
})

/** Throws where an event is no ages. */
export const parseAges = (reply: unknown): Ages => z.parse(ages, reply)

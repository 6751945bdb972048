import { z } from 'zod'
import type { ForeignValue } from '../allow'
import { createBreath } from '../breath'
import {
  type RawEvent,
  type RawSpan,
  type RawSpans,
  type Reference,
  resolveReferences,
  SPANS_AT_ONCE,
  type Tags,
  toDurationMs,
  toKind,
  toMoment,
  toSpanId,
  toTraceId,
} from './raw-span'
import { readTags } from './read-tags'

// The answers of /api. Only the frame is checked as a whole: one bad span must not cost the others.

const many = z.array(z.unknown()).max(1_000_000).nullish()

/** The frame of every legacy answer. `data` may be null, and `errors` may stand beside data. */
export const legacyReply = z.object({ data: many, errors: many })

const text = z.string().max(8_192)
const us = z.number().int().refine(Number.isSafeInteger)
const tagList = z.array(z.object({ key: z.string().max(512), value: z.unknown() })).max(10_000)
/** Read by hand, for there are millions. */
const manyTags = z.array(z.unknown()).max(10_000).nullish()
const trace = z.object({
  spans: many,
  processes: z.record(
    z.string().max(512),
    z.object({ serviceName: text, tags: tagList.nullish() }),
  ),
})
const span = z.object({
  traceID: text,
  spanID: text,
  parentSpanID: text.nullish(),
  operationName: text,
  references: z
    .array(z.object({ refType: text, traceID: text, spanID: text }))
    .max(10_000)
    .nullish(),
  startTime: us,
  duration: us,
  tags: manyTags,
  logs: z
    .array(z.object({ timestamp: us, fields: tagList.nullish() }))
    .max(10_000)
    .nullish(),
  processID: text,
  warnings: z.array(text).max(1_000).nullish(),
})

type LegacySpan = z.infer<typeof span>
type Process = { readonly service: string; readonly resource: Tags }

/** The spans of a legacy answer. What cannot be read as a span is counted. */
export async function readLegacy({ data }: z.infer<typeof legacyReply>): Promise<RawSpans> {
  const breathe = createBreath()
  const spans: RawSpan[] = []
  let rejected = 0
  for (const group of data ?? []) {
    const parsed = trace.safeParse(group)
    if (!parsed.success) {
      rejected += 1
      continue
    }
    const processes = toProcesses(parsed.data.processes)
    for (const [index, one] of (parsed.data.spans ?? []).entries()) {
      if (index % SPANS_AT_ONCE === 0) await breathe()
      const raw = toRawSpan(one, processes)
      if (raw) spans.push(raw)
      else rejected += 1
    }
  }
  return { spans, rejected }
}

const toProcesses = (processes: z.infer<typeof trace>['processes']): ReadonlyMap<string, Process> =>
  new Map(
    Object.entries(processes).map(([id, { serviceName, tags }]) => [
      id,
      { service: serviceName, resource: toTags(tags) },
    ]),
  )

const NO_PROCESS: Process = { service: '', resource: new Map() }

/** Said by the span itself in v3, and here among its tags. */
const SAID_ELSEWHERE = [
  'span.kind',
  'error',
  'otel.status_code',
  'w3c.tracestate',
  'internal.span.format',
]

function toRawSpan(foreign: unknown, processes: ReadonlyMap<string, Process>): RawSpan | null {
  const parsed = span.safeParse(foreign)
  if (!parsed.success) return null
  const { data } = parsed
  const traceId = toTraceId(data.traceID)
  const spanId = toSpanId(data.spanID)
  const start = toMoment(BigInt(data.startTime))
  const durationMs = toDurationMs(BigInt(data.duration))
  if (!traceId || !spanId || start === null || durationMs === null) return null

  const all = readTags(data.tags, toValue)
  if (!all) return null
  const tags = new Map(all)
  for (const key of SAID_ELSEWHERE) tags.delete(key)
  return {
    traceId,
    spanId,
    ...resolveReferences(traceId, toSpanId(data.parentSpanID), toReferences(data)),
    ...(processes.get(data.processID) ?? NO_PROCESS),
    name: data.operationName,
    kind: toKind(all.get('span.kind')),
    start,
    durationMs,
    failed: isTrue(all.get('error')) || all.get('otel.status_code') === 'ERROR',
    tags,
    events: (data.logs ?? []).flatMap(toEvent),
    warnings: data.warnings ?? [],
  }
}

// One backend types every value as text.
const isTrue = (value: ForeignValue | undefined) => value === true || value === 'true'

const toReferences = ({ references }: LegacySpan): readonly Reference[] =>
  (references ?? []).flatMap(({ refType, ...reference }) => {
    const traceId = toTraceId(reference.traceID)
    const spanId = toSpanId(reference.spanID)
    const type = refType === 'CHILD_OF' ? 'CHILD_OF' : 'FOLLOWS_FROM'
    return traceId && spanId ? [{ traceId, spanId, type }] : []
  })

function toEvent({
  timestamp,
  fields,
}: NonNullable<LegacySpan['logs']>[number]): readonly RawEvent[] {
  const at = toMoment(BigInt(timestamp))
  const tags = toTags(fields)
  const name = tags.get('event')
  return at === null
    ? []
    : [
        {
          name: typeof name === 'string' ? name : '',
          at,
          tags: new Map([...tags].filter(([key]) => key !== 'event')),
        },
      ]
}

const toTags = (tags: z.infer<typeof tagList> | null | undefined): Tags =>
  new Map((tags ?? []).map(({ key, value }) => [key, toValue(value)]))

function toValue(value: unknown): ForeignValue {
  const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  return plain ? value : null
}

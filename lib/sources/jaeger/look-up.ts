import type { SpanFact } from '@/lib/journey/fact'
import type { SourceNote, SourceReport } from '@/lib/journey/journey'
import type { Pipeline } from '@/lib/journey/pipeline'
import type { EpochMs } from '@/lib/journey/types'
import type { TraceQuestion, TracesAnswer } from '../answers'
import { createBreath, inTurns } from '../breath'
import { type Attribution, attributeOrders } from './attribute-orders'
import { chooseSpans } from './choose-spans'
import type { Gathering } from './gather'
import { type PlannedWindow, packWindows, planWindows, type Target } from './plan-searches'
import type { ProbeResult } from './probe'
import { type RawSpan, toTraceId } from './raw-span'
import { isAdjusted, isCut } from './warnings'

const MAX_KNOWN = 200
const LINK_DEPTH = 3
const LINKED_TRACES = 20
/** A status change this close to a span of the order happened in it. */
const COVERS_MS = 60_000

type LookUp = {
  readonly orderId: string
  readonly question: TraceQuestion
  readonly gathering: Gathering
  readonly targets: readonly Target[]
  readonly found: ProbeResult
  readonly pipeline: Pipeline
  readonly askedAt: EpochMs
  readonly now: () => EpochMs
}

/**
 * One look-up: known traces by id and the newest window at once, then the windows that are still dark, then the
 * links. Throws `SourceError` only when nothing at all answered.
 *
 *   known ids   ■■■■
 *   newest      ■■■■■■■■■
 *   the rest             ■■■■■■
 *   links                      ■■
 */
export async function lookUp(look: LookUp): Promise<TracesAnswer> {
  const { orderId, question, gathering, pipeline, askedAt, now } = look
  const known = [...new Set(question.traceIds.flatMap((id) => toTraceId(id) ?? []))]
  const windows = planWindows({
    ...question,
    now: askedAt,
    retentionMs: pipeline.sampling.retentionMs,
  })
  const search = (chosen: readonly PlannedWindow[]) =>
    gathering.search(
      packWindows(chosen, gathering.searchesLeft() / look.targets.length).flatMap(
        ({ from, until }) => look.targets.map((target) => ({ ...target, window: { from, until } })),
      ),
    )
  await Promise.all([
    gathering.fetchTraces(known.slice(0, MAX_KNOWN)),
    search(windows.slice(0, known.length > 0 ? 1 : windows.length)),
  ])
  const attributed = createAttribution(look)
  if (known.length > 0) await search(windows.slice(1).filter(isDark(orderId, attributed)))

  // Each step over twenty thousand spans takes its time; others have theirs in between.
  const breathe = createBreath()
  const linked = await followLinks(look, attributed)
  const [failure] = gathering.failures()
  if (failure && gathering.answered() === 0) throw failure

  await breathe()
  const attribution = attributed()
  await breathe()
  const { chosen, toFact, otherOrders } = chooseSpans(
    attribution,
    orderId,
    new Set([...known, ...linked]),
    pipeline,
  )
  const answer = { facts: await inTurns(chosen, toFact), otherOrders }
  return { ...answer, report: toReport(look, attribution, answer, now()) }
}

/** Whose the spans gathered so far are; asked again only when more have come. */
function createAttribution({ gathering, pipeline }: LookUp): () => Attribution {
  let last: { readonly spans: readonly RawSpan[]; readonly answer: Attribution } | null = null
  return () => {
    const spans = gathering.spans()
    if (last?.spans !== spans) last = { spans, answer: attributeOrders(spans, pipeline) }
    return last.answer
  }
}

/** Whether a window has a moment that no span of the order is near, or no moments to tell by. */
function isDark(orderId: string, attributed: () => Attribution) {
  const { tree, orderOf } = attributed()
  const own = tree.spans.filter((span) => orderOf(span) === orderId)
  const isCovered = (at: EpochMs) =>
    own.some(
      ({ start, durationMs }) => at >= start - COVERS_MS && at <= start + durationMs + COVERS_MS,
    )
  return ({ moments }: PlannedWindow) => moments.length === 0 || !moments.every(isCovered)
}

/** Fetches the traces that spans of the order link to, and those that may tell whose a consumer is. */
async function followLinks(
  { orderId, gathering }: LookUp,
  attributed: () => Attribution,
): Promise<readonly string[]> {
  const followed: string[] = []
  for (let depth = 0; depth < LINK_DEPTH; depth += 1) {
    const { tree, orderOf } = attributed()
    const own = tree.spans.filter((span) => orderOf(span) === orderId)
    const undecided = tree.spans.filter(
      (span) => orderOf(span) === null && span.kind === 'consumer' && span.parentId === null,
    )
    const targets = [...own, ...undecided].flatMap(({ links }) =>
      links.map(({ traceId }) => traceId),
    )
    const next = [...new Set(targets)]
      .filter((traceId) => !gathering.has(traceId))
      .slice(0, LINKED_TRACES - followed.length)
    if (next.length === 0) break
    followed.push(...next)
    await gathering.fetchTraces(next)
  }
  return followed
}

function toReport(
  { gathering, found, pipeline, askedAt }: LookUp,
  { foreign }: Attribution,
  { facts, otherOrders }: Omit<TracesAnswer, 'report'>,
  now: EpochMs,
): SourceReport {
  const gaps: readonly SourceNote[] = [
    ...gathering.notes(),
    ...(found.find === 'v3-unfiltered' ? [{ code: 'unfiltered-search' as const, values: {} }] : []),
    ...count(
      'first-spans-only',
      facts.filter(({ warnings }) => warnings.some(isCut)),
    ),
  ]
  const others = Object.values(otherOrders).reduce((sum, orders) => sum + orders, 0)
  const services = new Set(pipeline.components.flatMap((component) => component.services))
  const missing = gaps.find(({ code }) => !HARMLESS.includes(code))
  return {
    source: 'jaeger',
    state: missing ? 'partial' : 'ok',
    reason: missing ? toReason(gathering, missing) : null,
    // How far behind the trace store is cannot be read from an answer.
    asOf: null,
    askedAt,
    tookMs: Math.max(0, now - askedAt),
    systems: [
      ...new Set(
        pipeline.components
          .filter(({ coverage }) => coverage === 'traced')
          .map(({ system }) => system),
      ),
    ],
    notes: [
      ...gaps,
      ...count(
        'clock-adjusted',
        facts.filter(({ warnings }) => warnings.some(isAdjusted)),
      ),
      ...(others > 0 ? [{ code: 'other-orders-cut' as const, values: { orders: others } }] : []),
      ...[...foreign].map(([service, spans]) => ({
        code: 'foreign-environment' as const,
        values: { service: services.has(service) ? service : '[service]', spans },
      })),
    ],
  }
}

/** What was too large is the cause of what was not searched, and of the time that ran out over it. */
const toReason = (gathering: Gathering, { code }: SourceNote): string =>
  gathering.wasTooLarge() ? 'too-large' : (gathering.failures()[0]?.fault ?? code)

/** They say what was found, not that something was not asked. */
const HARMLESS: readonly SourceNote['code'][] = ['trace-gone']

const count = (code: SourceNote['code'], spans: readonly SpanFact[]): readonly SourceNote[] =>
  spans.length > 0 ? [{ code, values: { spans: spans.length } }] : []

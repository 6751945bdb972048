import type { Journey, SourceReport } from '@/lib/journey/journey'
import type { Ages, JourneyView } from '@/lib/journey/journey-view'
import type { Masked } from '@/lib/journey/types'
import { type Policy, TABLE_POLICY } from './policy'
import { seesSpans, viewFacts } from './view-facts'
import { viewHandoff } from './view-handoff'
import { viewVerdict } from './view-verdict'
import type { Viewer } from './viewer'
import { openEye } from './visible'

declare const projected: unique symbol

/** What may leave the server for one viewer. The wrappers of routes and pages answer with nothing else. */
export type Projected<T> = T & { readonly [projected]: true }

type Options = {
  /** The server's key for hashes of ids. */
  readonly hashKey: string
  /** A template of the trace store's own page, with `{traceId}` in it. */
  readonly traceUrl: string | null
  /** False while the traces are still being read. */
  readonly complete: boolean
  /** The table under the configured preset; without one, the table alone. */
  readonly policy?: Policy
}

/** A journey as one viewer may see it: the one source of HTML, RSC, JSON and event streams. */
export function project(
  journey: Journey,
  viewer: Viewer,
  { hashKey, traceUrl, complete, policy = TABLE_POLICY }: Options,
): Projected<JourneyView> {
  const eye = openEye(viewer, policy, hashKey)
  const explained = policy.mayDo(viewer, 'evidence.view') ? journey : unexplained(journey)
  const facts = viewFacts(explained.facts, eye)
  const seen = new Set(facts.map(({ id }) => id))

  return brand<JourneyView>({
    orderId: journey.orderId,
    channel: journey.channel,
    placedBy: journey.placedBy,
    now: journey.now,
    current: journey.current,
    ...viewVerdict(journey, seen, eye),
    stages: journey.stages.map((stage) => withSeen(stage, seen)),
    coming: journey.coming,
    expected: journey.expected,
    handoffs: explained.handoffs.map((handoff) => viewHandoff(handoff, seen, eye)),
    checklist: explained.checklist.map((milestone) => withSeen(milestone, seen)),
    lanes: explained.lanes.map((lane) => ({
      ...lane,
      factIds: lane.factIds.filter((id) => seen.has(id)),
    })),
    traces: seesSpans(eye) ? explained.traces : [],
    disagreements: explained.disagreements.map((one) => withSeen(one, seen)),
    duplicates: journey.duplicates,
    blindSpots: explained.blindSpots,
    sources: viewSources(journey.sources, viewer, policy),
    promise: journey.promise,
    facts,
    spansWithheld: !seesSpans(eye) && journey.facts.some(({ kind }) => kind === 'span'),
    complete,
    mayRead: {
      devops: policy.mayDo(viewer, 'finding.devops'),
      customerText: policy.mayDo(viewer, 'customer-text.copy'),
    },
    // The trace store's own page knows no limits: it is for those who have none.
    traceUrl: policy.mayInFull(viewer, 'trace.view') ? traceUrl : null,
  })
}

/** How old each part is, as one viewer may know it. */
export const projectAges = (
  { now, sources }: Pick<Journey, 'now' | 'sources'>,
  viewer: Viewer,
  policy: Policy,
): Projected<Ages> =>
  brand<Ages>({
    now,
    sources: viewSources(sources, viewer, policy).map(({ source, asOf, askedAt, tookMs }) => ({
      source,
      asOf,
      askedAt,
      tookMs,
    })),
  })

/** Lets any other answer leave. One that still holds a masked value does not compile. */
export const projectValue = <T>(value: T & Unmasked<T>): Projected<T> => brand<T>(value)

/** `T` without masked values at any depth. */
type Unmasked<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends Masked<unknown>
    ? never
    : { readonly [Key in keyof T]: Unmasked<T[Key]> }

/** Ids of facts that were withheld would tell that they exist, and of which trace they are. */
const withSeen = <T extends { readonly evidence: readonly string[] }>(
  about: T,
  seen: ReadonlySet<string>,
): T => ({ ...about, evidence: about.evidence.filter((id) => seen.has(id)) })

/** The stages alone, for whoever may not see what they rest on. */
const unexplained = (journey: Journey): Journey => ({
  ...journey,
  handoffs: [],
  checklist: [],
  lanes: [],
  traces: [],
  disagreements: [],
  blindSpots: [],
  sources: [],
  facts: [],
})

function viewSources(sources: readonly SourceReport[], viewer: Viewer, policy: Policy) {
  if (!policy.mayDo(viewer, 'evidence.view')) return []
  return policy.mayInFull(viewer, 'evidence.view') ? sources : sources.map(withoutDetail)
}

/** Names, states and ages. */
const withoutDetail = ({
  source,
  state,
  asOf,
  askedAt,
  tookMs,
  systems,
}: SourceReport): SourceReport => ({ source, state, reason: null, asOf, askedAt, tookMs, systems })

/** The only maker of the brand. */
const brand = <T>(value: T): Projected<T> => value as Projected<T>

import { type Clock, createClock } from './business-time'
import { collectFacts } from './collect-facts'
import { toComingStages } from './coming-stages'
import { expectRest } from './expect-rest'
import { findBlindSpots } from './find-blind-spots'
import { findChannel } from './find-channel'
import { type CurrentEntry, findCurrent } from './find-current'
import { findDisagreements } from './find-disagreements'
import { findDuplicates } from './find-duplicates'
import { findEntries } from './find-entries'
import { findFailedRequest } from './find-failed-request'
import { findPlacer } from './find-placer'
import type { Current, Gathered, Journey, Same, Stage } from './journey'
import { worstLevel } from './judge-limit'
import type { Calendar, Pipeline } from './pipeline'
import { toCase } from './to-case'
import { toChecklist } from './to-checklist'
import { type Course, toCourse } from './to-course'
import { toFreshness } from './to-freshness'
import { toLanes } from './to-lanes'
import { toPromise } from './to-promise'
import { toReadings } from './to-readings'
import { toRecords } from './to-records'
import { toStages } from './to-stages'
import { toTraces } from './to-traces'
import { toVerdict } from './to-verdict'
import type { EpochMs } from './types'
import { watchHandoffs } from './watch-handoffs'

const NONE: Same = { by: 'number', orders: [], silent: [] }

/**
 * Everything known of one order, from what the sources said; `now` is the moment it is judged at.
 *
 *     facts ─▶ records ─▶ current ─▶ entries ─▶ stages ─▶ promise
 *                  │                    └────▶ hand-offs ─▶ disagreements · checklist ─▶ verdict
 *                  └──▶ lanes · traces · blind spots
 */
export function buildJourney(gathered: Gathered, pipeline: Pipeline, now: EpochMs): Journey {
  const facts = collectFacts(gathered.facts)
  const same = gathered.same ?? NONE
  const sources = gathered.sources.toSorted((a, b) => (a.source < b.source ? -1 : 1))
  const course = toCourse(pipeline, findChannel(facts, pipeline))
  const clock = clockOf(pipeline.calendar)
  const records = toRecords(facts, course)
  const freshnessOf = toFreshness(sources, course)

  const current = findCurrent(records, course, (system) => freshnessOf(system).current)
  const entries = current ? findEntries(records, current, course) : []
  const judged = toStages(entries, records, course, clock, now)
  const readings = toReadings(facts)
  const heartbeats = gathered.heartbeats ?? []
  const said = { facts, sources, records, readings, heartbeats }
  const view = { ...said, entries, course, freshnessOf, clock, now }
  const watched = watchHandoffs(view)
  const handoffs = watched.map(({ handoff }) => handoff)

  // If every source could be trusted: the order is never better off because one cannot be.
  const trusted = findCurrent(records, course, () => true)
  const trustedEntries = trusted ? findEntries(records, trusted, course) : []
  const floor = toStages(trustedEntries, records, course, clock, now).at(-1)
  const stages = judged.map((stage, index) =>
    index === judged.length - 1
      ? { ...stage, level: worstLevel(stage.level, floor?.level ?? 'ok') }
      : stage,
  )

  const coming = current ? toComingStages(current.status, course) : []
  const standing = current && toCurrent(current, stages, course)
  const disagreements = current ? findDisagreements({ ...view, current, handoffs }) : []
  const duplicates = findDuplicates(
    { facts, ended: standing?.terminal ?? false, retry: findFailedRequest(records, course) },
    same,
    pipeline,
  )
  const told = { ...view, current: standing, stages, watched, disagreements, duplicates }

  return {
    orderId: gathered.orderId,
    channel: course.channel,
    placedBy: findPlacer(records, course),
    now,
    current: standing,
    ...toVerdict(toCase(told)),
    stages,
    coming,
    expected: expectRest(stages.at(-1), coming, course, clock, now),
    handoffs,
    checklist: toChecklist({
      stages,
      handoffs,
      records,
      course,
      freshnessOf,
      file: facts.findLast((fact) => fact.kind === 'file') ?? null,
    }),
    lanes: toLanes(facts, pipeline),
    traces: toTraces(facts, gathered.otherOrders, pipeline, now),
    disagreements,
    duplicates,
    blindSpots: findBlindSpots({ ...view, silentOnNumber: same.silent }),
    sources,
    facts,
    promise: toPromise(stages, course, clock, now),
  }
}

function toCurrent(entry: CurrentEntry, stages: readonly Stage[], course: Course): Current | null {
  const stage = stages.at(-1)
  if (!stage) return null
  const terminal = course.terminal(stage.status)
  return {
    status: stage.status,
    known: stage.known,
    system: stage.system,
    since: stage.entered,
    approximate: stage.approximate,
    terminal,
    turn: terminal ? 'nobody' : (stage.waitsFor ?? 'unknown'),
    level: stage.level,
    stage: stages.length - 1,
    copyOf: entry.copyOf,
  }
}

const clocks = new WeakMap<Calendar, Clock>()

/** What a clock worked out serves every order: it depends on the calendar alone. */
function clockOf(calendar: Calendar): Clock {
  const known = clocks.get(calendar)
  if (known) return known
  const clock = createClock(calendar)
  clocks.set(calendar, clock)
  return clock
}

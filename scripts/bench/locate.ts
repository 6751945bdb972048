import { buildJourney } from '@/lib/journey/build-journey'
import { createClock } from '@/lib/journey/business-time'
import { collectFacts } from '@/lib/journey/collect-facts'
import type { Fact } from '@/lib/journey/fact'
import { findCurrent } from '@/lib/journey/find-current'
import { findEntries } from '@/lib/journey/find-entries'
import { COMPANY } from '@/lib/journey/fixtures/company'
import { HOUR, moment, plus, SECOND } from '@/lib/journey/fixtures/moment'
import { below, gather, history, span } from '@/lib/journey/fixtures/said'
import { queue, sample } from '@/lib/journey/fixtures/said-of-queues'
import { toCase } from '@/lib/journey/to-case'
import { toCourse } from '@/lib/journey/to-course'
import { toFreshness } from '@/lib/journey/to-freshness'
import { toReadings } from '@/lib/journey/to-readings'
import { toRecords } from '@/lib/journey/to-records'
import { toVerdict } from '@/lib/journey/to-verdict'
import { watchHandoffs } from '@/lib/journey/watch-handoffs'
import { atMost, type Figure } from './figure'

const FACTS = 2_000
const RUNS = 200
const APPROVED = moment('2026-11-18T10:00+03:00')
const NOW = plus(APPROVED, HOUR)

/**
 * From the records of an order to the places of all its messages, and from there to why it is where it is; nothing
 * is remembered from the run before.
 */
export function measureLocate(): readonly Figure[] {
  const facts = collectFacts(writeFacts())
  const { sources } = gather([], NOW)
  const course = toCourse(COMPANY, 'shop')
  const freshnessOf = toFreshness(sources, course)
  const clock = createClock(COMPANY.calendar)
  const { current, stages } = buildJourney(gather(facts, NOW), COMPANY, NOW)

  const took = Array.from({ length: RUNS }, () => {
    const records = toRecords(facts, course)
    const entered = findCurrent(records, course, () => true)
    const entries = entered ? findEntries(records, entered, course) : []
    const began = performance.now()
    const said = { records, readings: toReadings(facts), sources, heartbeats: [], entries }
    const view = { ...said, course, freshnessOf, clock, now: NOW }
    const watched = watchHandoffs(view)
    if (watched.at(-1)?.handoff.located?.place !== 'in-queue') throw new Error('Not located')
    const located = performance.now()
    const told = { ...view, current, stages, watched, disagreements: [], duplicates: [] }
    if (toVerdict(toCase(told)).verdict?.kind !== 'finding') throw new Error('Not judged')
    return { place: located - began, verdict: performance.now() - located }
  })
  const calmer = `over ${FACTS} facts, the calmer quarter of runs`
  return [
    atMost(`locate ${calmer}`, quarter(took.map(({ place }) => place)), 2, 'ms'),
    atMost(`verdict ${calmer}`, quarter(took.map(({ verdict }) => verdict)), 5, 'ms'),
  ]
}

/** A quarter of the runs was this fast: what other programs do to the others is no figure of ours. */
const quarter = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)] ?? Number.NaN

/** An approval that failed on one consumer after the other, each time with all that it did, and waits again. */
function writeFacts(): readonly Fact[] {
  const facts: Fact[] = [
    ...history('shop', [['SUBMITTED', plus(APPROVED, -5 * HOUR)]]),
    ...history('crm', [
      ['SUBMITTED', plus(APPROVED, -4 * HOUR)],
      ['PRICE_CALCULATED', plus(APPROVED, -2 * HOUR)],
      ['MANUFACTURING_APPROVED', APPROVED, { sentAt: plus(APPROVED, SECOND) }],
    ]),
    ...history('mes', [['PRICE_CALCULATED', plus(APPROVED, -3 * HOUR)]]),
  ]
  const samples = Array.from({ length: 360 }, (_, index) =>
    sample(plus(NOW, (index - 359) * 10 * SECOND), { ready: 9, unacked: 1, published: index }),
  )
  const [first, ...rest] = samples
  if (first) facts.push(queue('crm_to_mes', [first, ...rest], { headAt: APPROVED }))
  for (let attempt = 0; facts.length < FACTS; attempt += 1) {
    const at = plus(APPROVED, attempt * 10 * SECOND)
    const took = span('mes', 'crm_to_mes process', at, {
      spanKind: 'consumer',
      failed: true,
      duration: SECOND,
    })
    facts.push(took)
    for (let child = 0; child < 11 && facts.length < FACTS; child += 1)
      facts.push(below(took, `SELECT ${child}`, { at: plus(at, child), id: `${took.id} ${child}` }))
  }
  return facts
}

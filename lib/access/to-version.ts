import crypto from 'node:crypto'
import type { Fact } from '@/lib/journey/fact'
import type { Finding, Verdict } from '@/lib/journey/finding'
import type { Journey } from '@/lib/journey/journey'
import type { FactView, JourneyView } from '@/lib/journey/journey-view'
import type { Located } from '@/lib/journey/located'

const HOUR = 3_600_000

/**
 * A short name for what a journey shows. The same journey told a moment later has the same one: figures that
 * only grow with the clock are left out, and ages of the sources are told elsewhere.
 *
 *     now        1   2   3   4   5
 *     dwell      1   2   3   4   5
 *     level      ok  ok  ok  warn
 *     version    a   a   a   b   b
 */
export function toVersion(journey: Journey | JourneyView): string {
  const {
    now: _,
    stages,
    handoffs,
    expected,
    disagreements,
    blindSpots,
    sources,
    facts,
    verdict,
    findings,
    ...rest
  } = journey
  const standing = {
    ...rest,
    verdict: verdict && toStandingFinding(verdict),
    findings: findings.map(toStandingFinding),
    facts: facts.map(toStanding),
    stages: stages.map(({ dwell: _d, businessDwell: _b, ...stage }) => stage),
    handoffs: handoffs.map(({ wait: _w, located, ...handoff }) => ({
      ...handoff,
      located: located && toStandingPlace(located),
    })),
    // Of an overdue order it is reckoned from now, and shown by the day.
    expected: expected.map(({ status, system, from, restsOn }) => [
      status,
      system,
      restsOn,
      Math.round(from / HOUR),
    ]),
    disagreements: disagreements.map(({ since: _s, ...disagreement }) => disagreement),
    blindSpots: blindSpots.map(({ values: { asOf: _a, ...values }, ...spot }) => ({
      ...spot,
      values,
    })),
    sources: sources.map(({ asOf, askedAt: _q, tookMs: _t, ...source }) => ({
      ...source,
      dated: asOf !== null,
    })),
  }
  return crypto
    .createHash('sha256')
    .update(JSON.stringify(standing))
    .digest('base64url')
    .slice(0, 22)
}

/** What was asked again and shows the same is no news; a queue's running totals belong to everybody. */
function toStanding(fact: Fact | FactView): unknown {
  if (fact.kind === 'queue') {
    const { queue, source, ready, unacked, consumers } = fact
    return [queue, source, ready, unacked, consumers]
  }
  if (fact.kind !== 'file') return fact
  const { source, state, proven, modifiedAt, size, attributes } = fact
  return [source, state, proven, modifiedAt, size, attributes]
}

/** Every reading of the queue is another fact, and how many came after ours is everybody's. */
function toStandingPlace({ evidence: _e, queue, ...located }: Located) {
  if (!queue) return located
  const { name, state, ready, unacked, consumers } = queue
  return { ...located, queue: [name, state, ready, unacked, consumers] }
}

/** The oldest message of a queue, and the age of a source, move on by themselves; so do the readings. */
function toStandingFinding({
  evidence: _e,
  values: { oldest: _o, ...values },
  ...finding
}: Verdict | Finding) {
  return { ...finding, values }
}

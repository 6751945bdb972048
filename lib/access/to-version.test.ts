import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildJourney } from '@/lib/journey/build-journey'
import type { FileFact, QueueFact } from '@/lib/journey/fact'
import { arbitraryGathered, arbitraryNow } from '@/lib/journey/fixtures/arbitrary-gathered'
import { COMPANY } from '@/lib/journey/fixtures/company'
import { EXAMPLE_NOW, exampleGathered } from '@/lib/journey/fixtures/example-journey'
import { DAY, plus, SECOND } from '@/lib/journey/fixtures/moment'
import type { Gathered, Journey } from '@/lib/journey/journey'
import { epochMs } from '@/lib/journey/types'
import { costly } from '@/property-runs'
import { JOURNEY } from './fixtures/journey'
import { project } from './project'
import { toVersion } from './to-version'
import type { Viewer } from './viewer'

const viewer = (role: Viewer['roles'][number]): Viewer => ({
  ...{ issuer: 'idp', subject: role, name: null, scope: {}, sessionId: 's' },
  roles: [role],
})
const build = (gathered: Gathered, later = 0) =>
  buildJourney(gathered, COMPANY, plus(EXAMPLE_NOW, later))
const seenBy = (role: Viewer['roles'][number], journey: Journey) =>
  toVersion(
    project(journey, viewer(role), { hashKey: 'k'.repeat(32), traceUrl: null, complete: true }),
  )

describe('the version of a journey', () => {
  test('is the same a few seconds later, whatever the sources say of their age', () => {
    const asked = exampleGathered.sources.map((source) => ({
      ...source,
      askedAt: plus(source.askedAt, 5 * SECOND),
      asOf: source.asOf && plus(source.asOf, 5 * SECOND),
      tookMs: source.tookMs + 7,
    }))
    const later = build({ ...exampleGathered, sources: asked }, 5 * SECOND)
    expect(toVersion(later)).toBe(toVersion(build(exampleGathered)))
    expect(seenBy('support', later)).toBe(seenBy('support', build(exampleGathered)))
  })

  test('is the same when a queue and the file were asked again and show the same', () => {
    const at = EXAMPLE_NOW
    const queue: QueueFact = {
      ...{ id: 'queue:work', source: 'rabbitmq', system: 'broker', kind: 'queue', at },
      ...{ queue: 'work', use: 'work', ready: 3, unacked: 1, consumers: 2, headAt: null },
      ...{ published: 10, acked: 6, redelivered: 0, history: [], attributes: {} },
    }
    const file: FileFact = {
      ...{ id: 'file', source: 's3', system: 'files', kind: 'file', at, attributes: {} },
      ...{ state: 'absent', proven: true, askedAt: at, modifiedAt: null, size: null },
    }
    const withThem = (ready: number, later: number) => {
      const asked = plus(at, later)
      const again = [
        { ...queue, ready, at: asked, published: 10 + later },
        { ...file, at: asked, askedAt: asked },
      ]
      return toVersion(
        build({ ...exampleGathered, facts: [...exampleGathered.facts, ...again] }, later),
      )
    }
    expect(withThem(3, SECOND)).toBe(withThem(3, 0))
    expect(withThem(4, SECOND)).not.toBe(withThem(3, 0))
  })

  test('is another one when a fact comes, a source falls silent, or a limit is passed', () => {
    const before = toVersion(build(exampleGathered))
    const [, ...facts] = exampleGathered.facts
    const [first, ...others] = exampleGathered.sources
    if (!first) throw new Error('The example has no source')
    const silent = { ...first, state: 'missing', reason: 'timeout', asOf: null } as const
    expect(toVersion(build({ ...exampleGathered, facts }))).not.toBe(before)
    expect(toVersion(build({ ...exampleGathered, sources: [silent, ...others] }))).not.toBe(before)
    expect(toVersion(build(exampleGathered, 60 * DAY))).not.toBe(before)
  })

  test('of a manager does not tell of a span they may not see', () => {
    const spans = exampleGathered.facts.filter(({ kind }) => kind === 'span')
    expect(spans.length).toBeGreaterThan(1)
    const after = build(exampleGathered)
    // A span that proves nothing: only who sees spans sees that it is missing.
    const spare = after.facts.find(
      (fact) =>
        fact.kind === 'span' &&
        !fact.statusTo &&
        seenBy('manager', without(fact.id)) === seenBy('manager', after),
    )
    expect(spare).toBeDefined()
    expect(seenBy('developer', without(spare?.id ?? ''))).not.toBe(seenBy('developer', after))
  })

  test('is no other for another reading of a queue that shows the same, nor for what came after ours', () => {
    const read = (at: number, ready: number) =>
      toVersion({
        ...JOURNEY,
        handoffs: JOURNEY.handoffs.map((handoff) => ({
          ...handoff,
          located: handoff.located && {
            ...handoff.located,
            evidence: [`queue:${at}`],
            queue: handoff.located.queue && {
              ...handoff.located.queue,
              readAt: epochMs(at),
              ready,
              after: { least: at, most: at },
            },
          },
        })),
      })
    expect(read(2, 4)).toBe(read(1, 4))
    expect(read(1, 5)).not.toBe(read(1, 4))
  })

  test('stands still for a second in which no level, no verdict and no blind spot changed', () => {
    fc.assert(
      fc.property(arbitraryGathered, arbitraryNow, (gathered, now) => {
        const [before, after] = [now, plus(now, SECOND)].map((at) =>
          buildJourney(gathered, COMPANY, at),
        )
        if (!before || !after) return
        const judged = ({
          stages,
          handoffs,
          current,
          promise,
          disagreements,
          blindSpots,
          expected,
          verdict,
          findings,
        }: Journey) =>
          JSON.stringify([
            [verdict, ...findings].map((one) => one && { ...one, evidence: [] }),
            [current, promise, disagreements.length, blindSpots.map(({ code }) => code)],
            stages.map(({ level, limit, limitToday }) => [level, limit, limitToday]),
            handoffs.map(({ level, state, because, limit, located }) => [
              [level, state, because, limit],
              [located?.row, located?.certainty, located?.blindSpots],
            ]),
            expected.map(({ from, restsOn }) => [restsOn, Math.round(from / 3_600_000)]),
          ])
        if (judged(before) === judged(after)) expect(toVersion(after)).toBe(toVersion(before))
      }),
      costly(), // two journeys are built and hashed each time
    )
  })
})

const without = (id: string): Journey =>
  build({ ...exampleGathered, facts: exampleGathered.facts.filter((fact) => fact.id !== id) })

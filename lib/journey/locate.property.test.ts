import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { costly } from '@/property-runs'
import { buildJourney } from './build-journey'
import type { Fact } from './fact'
import { arbitraryPassage, type Passage } from './fixtures/arbitrary-passage'
import { COMPANY } from './fixtures/company'
import { gather, report } from './fixtures/said'

const SOURCES = ['orders:shop', 'orders:mes', 'jaeger', 'rabbitmq'] as const

const silences = fc.subarray([...SOURCES])

/** Where the approval's message is said to be while these sources are silent. */
function look({ facts, now }: Passage, silent: readonly string[]) {
  const heard = facts.filter(({ source }) => !silent.includes(source))
  const reports = silent.map((source) =>
    report(source, now, { state: 'missing', reason: 'timeout', asOf: null }),
  )
  const { handoffs } = buildJourney(gather(heard, now, reports), COMPANY, now)
  return handoffs.find(({ status, to }) => status === 'MANUFACTURING_APPROVED' && to === 'mes')
    ?.located
}

describe('where a message is said to be', () => {
  test('is where it is, whenever that is called confirmed, whoever is silent', () => {
    fc.assert(
      fc.property(arbitraryPassage, silences, (passage, silent) => {
        const located = look(passage, silent)
        fc.pre(located?.certainty === 'confirmed')
        expect([...passage.truths]).toContain(located?.place)
      }),
      costly(),
    )
  })

  test('is never confirmed to be elsewhere because a source fell silent', () => {
    fc.assert(
      fc.property(arbitraryPassage, silences, (passage, silent) => {
        const [full, less] = [look(passage, []), look(passage, silent)]
        if (full?.certainty !== 'confirmed' || less?.certainty !== 'confirmed') return
        expect(less.place).toBe(full.place)
      }),
      costly(),
    )
  })

  test('is the same whatever the order of the facts, and however often each was said', () => {
    const shuffled = arbitraryPassage.chain((passage) =>
      fc
        .shuffledSubarray([...passage.facts, ...passage.facts], {
          minLength: passage.facts.length * 2,
        })
        .map((facts: readonly Fact[]) => ({ passage, facts })),
    )
    fc.assert(
      fc.property(shuffled, ({ passage, facts }) => {
        expect(look({ ...passage, facts }, [])).toEqual(look(passage, []))
      }),
      costly(),
    )
  })

  test('rests on facts that were said, and names what is missing wherever it is not confirmed', () => {
    fc.assert(
      fc.property(arbitraryPassage, silences, (passage, silent) => {
        const located = look(passage, silent)
        const known = new Set(passage.facts.map(({ id }) => id))
        const named = [
          ...(located?.evidence ?? []),
          ...(located?.attempts.flatMap(({ evidence }) => evidence) ?? []),
        ]
        expect(named.filter((id) => !known.has(id))).toEqual([])
        if (located?.certainty === 'confirmed') expect(located.blindSpots).toEqual([])
        if (located?.place === 'unknown') expect(located.blindSpots).not.toEqual([])
      }),
      costly(),
    )
  })
})

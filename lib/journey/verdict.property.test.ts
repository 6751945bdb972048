import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { costly } from '@/property-runs'
import { buildJourney } from './build-journey'
import type { Finding } from './finding'
import { arbitraryGathered, arbitraryNow } from './fixtures/arbitrary-gathered'
import { arbitraryPassage, type Passage } from './fixtures/arbitrary-passage'
import { COMPANY } from './fixtures/company'
import { gather, report } from './fixtures/said'
import type { Gathered } from './journey'
import { worstLevel } from './judge-limit'
import type { Place } from './located'
import type { EpochMs } from './types'

const silences = fc.subarray(['orders:shop', 'orders:mes', 'jaeger', 'rabbitmq'])

/** Everything that is found of an order, the headline first. */
function find(gathered: Gathered, now: EpochMs): readonly Finding[] {
  const { verdict, findings } = buildJourney(gathered, COMPANY, now)
  return verdict?.kind === 'finding' ? [verdict, ...findings] : findings
}

function look({ facts, now }: Passage, silent: readonly string[]): readonly Finding[] {
  const heard = facts.filter(({ source }) => !silent.includes(source))
  const reports = silent.map((source) =>
    report(source, now, { state: 'missing', reason: 'timeout', asOf: null }),
  )
  return find(gather(heard, now, reports), now)
}

/** Where the message must have been for a finding to be true. */
const TRUE_OF: Readonly<Record<string, readonly Place[]>> = {
  'FP-04': ['in-queue'],
  'FP-05': ['set-aside'],
  'FP-08': ['not-sent', 'in-queue', 'being-handled', 'set-aside', 'handled-not-saved'],
}

describe('a verdict on an approval, whoever is silent', () => {
  test('is true where it is called confirmed', () => {
    fc.assert(
      fc.property(arbitraryPassage, silences, (passage, silent) => {
        for (const { id, certainty } of look(passage, silent)) {
          const places = TRUE_OF[id]
          if (certainty !== 'confirmed' || !places) continue
          expect(places.some((place) => passage.truths.has(place))).toBe(true)
        }
      }),
      costly(),
    )
  })

  test('never finds a message missing that has arrived', () => {
    fc.assert(
      fc.property(arbitraryPassage, silences, (passage, silent) => {
        fc.pre(passage.truths.size === 1 && passage.truths.has('saved'))
        const missing = look(passage, silent).filter(
          ({ id, certainty }) => id in TRUE_OF && certainty === 'confirmed',
        )
        expect(missing).toEqual([])
      }),
      costly(),
    )
  })

  test('is not surer with a source less', () => {
    fc.assert(
      fc.property(arbitraryPassage, silences, (passage, silent) => {
        const full = look(passage, [])
        for (const { id, case: name, certainty } of look(passage, silent)) {
          if (certainty !== 'confirmed' || !(id in TRUE_OF)) continue
          const same = full.find((one) => one.id === id && one.case === name)
          expect(same?.certainty).toBe('confirmed')
        }
      }),
      costly(),
    )
  })
})

describe('any verdict', () => {
  test('rests on facts that were said, is no better than its findings, and names each once', () => {
    fc.assert(
      fc.property(arbitraryGathered, arbitraryNow, (gathered, now) => {
        const { verdict, findings, facts, current } = buildJourney(gathered, COMPANY, now)
        const known = new Set(facts.map(({ id }) => id))
        const named = [verdict, ...findings].flatMap((one) => one?.evidence ?? [])
        expect(named.filter((id) => !known.has(id))).toEqual([])
        if (!verdict) return
        expect(verdict.level).toBe(
          worstLevel(verdict.level, current?.level ?? 'ok', ...findings.map(({ level }) => level)),
        )
        const names = find(gathered, now).map(({ id, case: name }) => `${id} ${name}`)
        expect(new Set(names).size).toBe(names.length)
        if (current?.terminal) expect(names.filter((name) => !name.startsWith('FP-11'))).toEqual([])
      }),
      costly(),
    )
  })
})

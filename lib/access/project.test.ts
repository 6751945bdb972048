import crypto from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Journey } from '@/lib/journey/journey'
import type { FieldClass } from '@/lib/journey/types'
import { PRESETS } from '@/lib/pipeline/presets'
import { mask } from '@/lib/sources/mask'
import { costly } from '@/property-runs'
import { canary, JOURNEY, SHOWN } from './fixtures/journey'
import { viewer } from './fixtures/permitted'
import { createPolicy } from './policy'
import { project, projectValue } from './project'
import { ROLES, type Role } from './viewer'

const hashKey = 'k'.repeat(32)
const traceUrl = 'https://jaeger.test/trace/{traceId}'
const scopeOf = (role: Role) => (role === 'partner' ? { partner: 'p-1' } : {})

const view = (role: Role, preset: (typeof PRESETS)[number] = 's3', journey: Journey = JOURNEY) =>
  project(journey, viewer([role], scopeOf(role)), {
    hashKey,
    traceUrl,
    complete: true,
    policy: createPolicy({ preset }),
  })

const attributesOf = (role: Role, id: string) =>
  view(role).facts.find((fact) => fact.id === id)?.attributes

const hashed = (value: string) =>
  crypto.createHmac('sha256', hashKey).update(value).digest('hex').slice(0, 8)

const PLACES = ['row', 'change', 'dead', 'span', 'event'] as const
const CLASSES: readonly FieldClass[] = ['A', 'B', 'HC', 'HS', 'M', 'R']

/** The classes whose values reach the bytes of the answer, and where. */
const leaves = (role: Role, preset: (typeof PRESETS)[number] = 's3') => {
  const bytes = JSON.stringify(view(role, preset))
  return CLASSES.flatMap((fieldClass) => {
    const places = PLACES.filter((place) => bytes.includes(canary(fieldClass, place)))
    return places.length > 0 ? [`${fieldClass}: ${places.join(' ')}`] : []
  })
}

const EVERYWHERE = 'row change dead span event'

describe('a value leaves only where its class may', () => {
  test.each([
    [
      'support',
      's3',
      [`A: ${EVERYWHERE}`, `HC: ${EVERYWHERE}`, `HS: ${EVERYWHERE}`, `M: ${EVERYWHERE}`],
    ],
    ['manager', 's3', ['HS: row change', 'M: row change']],
    ['devops', 's3', [`A: ${EVERYWHERE}`, `B: ${EVERYWHERE}`]],
    ['developer', 's3', [`A: ${EVERYWHERE}`, `B: ${EVERYWHERE}`]],
    ['qa', 's3', [`A: ${EVERYWHERE}`, `B: ${EVERYWHERE}`]],
    ['partner', 's3', []],
    ['manager', 's0', []],
    ['support', 's2', []],
  ] as const)('%s under %s', (role, preset, expected) => {
    expect(leaves(role, preset)).toEqual(expected)
  })

  test('support under s4 sees class B too; what is for rules leaves for nobody', () => {
    expect(leaves('support', 's4')).toContain(`B: ${EVERYWHERE}`)
    for (const role of ROLES)
      for (const preset of PRESETS) expect(leaves(role, preset).join()).not.toContain('R:')
  })

  test('a value with a shorter form leaves in that form alone', () => {
    expect(attributesOf('devops', 'span-1')?.['b.long']).toBe(SHOWN)
    expect(JSON.stringify(view('devops'))).not.toContain(canary('B', 'span-long'))
  })

  test('ids of people are hashed with our key for whoever may only match them', () => {
    expect(attributesOf('devops', 'row-1')).toMatchObject({
      'customer.id': hashed(canary('HC', 'row')),
      'seller.id': hashed(canary('HS', 'row')),
    })
    expect(attributesOf('manager', 'row-1')).toEqual({
      'customer.id': hashed(canary('HC', 'row')),
      'seller.id': canary('HS', 'row'),
      price: canary('M', 'row'),
    })
    expect(attributesOf('support', 'row-1')?.['customer.id']).toBe(canary('HC', 'row'))
  })
})

describe('a manager', () => {
  const seen = view('manager')

  test('sees stages and times, and no span, trace, message nor id of one', () => {
    expect(seen.stages[0]).toMatchObject({ status: 'SUBMITTED', dwell: 5 })
    expect(seen.facts.map(({ id }) => id)).toEqual(['row-1', 'change-1', 'queue-1'])
    expect(seen.traces).toEqual([])
    expect(seen.spansWithheld).toBe(true)
    expect(seen.traceUrl).toBeNull()
    expect(JSON.stringify(seen)).not.toMatch(/span-1|dead-1|queue-canary|f{32}|d{32}/)
  })

  test('sees the sources by name, state and age, and the blind spots', () => {
    const [{ notes, notKept, ...source } = {}] = JOURNEY.sources
    expect(seen.sources).toEqual([{ ...source, reason: null }])
    expect(seen.blindSpots).toEqual(JOURNEY.blindSpots)
  })
})

describe('support, devops, developers and QA', () => {
  test.each(['support', 'devops', 'developer', 'qa'] as const)('%s sees the spans', (role) => {
    const seen = view(role)
    const shown = (ids: readonly string[]) =>
      ids.filter((id) => role !== 'support' || id !== 'counter-1')
    expect(seen.facts.map(({ id }) => id)).toEqual(shown(JOURNEY.facts.map(({ id }) => id)))
    expect(seen.traces).toEqual(JOURNEY.traces)
    expect(seen.sources).toEqual(JOURNEY.sources)
    expect(seen.spansWithheld).toBe(false)
    expect(seen.stages).toEqual(
      JOURNEY.stages.map((stage) => ({ ...stage, evidence: shown(stage.evidence) })),
    )
  })

  //   of a queue a support agent knows how full it is, of a file whether it is there
  test.each([
    ['devops', { ready: 140, consumers: 0 }, { state: 'there', size: 123_456 }],
    ['support', { ready: null, consumers: null, history: [] }, { state: 'there', size: null }],
  ] as const)('%s sees this of a queue and of the file', (role, queue, file) => {
    const seen = view(role)
    expect(seen.facts.find(({ kind }) => kind === 'queue')).toMatchObject(queue)
    expect(seen.facts.find(({ kind }) => kind === 'file')).toMatchObject(file)
  })

  test('only who holds trace.view without a limit is sent to the trace store', () => {
    expect(view('devops').traceUrl).toBe(traceUrl)
    expect(view('support').traceUrl).toBeNull()
    expect(view('support', 's4').traceUrl).toBe(traceUrl)
  })

  test('only who may know of unlisted attributes is told how many there are', () => {
    const hidden = (role: Role) =>
      view(role).facts.flatMap((fact) => (fact.kind === 'span' ? [fact.hidden] : []))
    expect(hidden('qa')).toEqual([3])
    expect(hidden('support')).toEqual([0])
  })
})

test('a partner sees stages and times, and nothing they rest on', () => {
  const seen = view('partner')
  expect(seen.stages[0]).toMatchObject({ status: 'SUBMITTED', evidence: [] })
  const { facts, traces, handoffs, lanes, disagreements, blindSpots, sources } = seen
  for (const list of [facts, traces, handoffs, lanes, disagreements, blindSpots, sources])
    expect(list).toEqual([])
  expect([seen.verdict, seen.findings]).toEqual([null, []])
  expect(seen.mayRead).toEqual({ devops: false, customerText: false })
})

test('nothing is withheld where there is nothing', () => {
  const seen = view('manager', 's3', { ...JOURNEY, facts: [] })
  expect(seen.spansWithheld).toBe(false)
})

describe('whatever comes', () => {
  const keysOf = (value: unknown): readonly string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)])
      : []
  const declared = new Set(keysOf(JOURNEY))
  const added = ['spansWithheld', 'complete', 'traceUrl', 'mayRead', 'devops', 'customerText']
  for (const key of added) declared.add(key)
  for (const key of ['value', 'class', 'shown']) declared.delete(key)

  test('an answer has only keys that are declared, and hides what a source adds', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ROLES),
        fc.constantFrom(...PRESETS),
        fc.dictionary(fc.string({ minLength: 8 }), fc.jsonValue()),
        (role, preset, extra) => {
          const facts = JOURNEY.facts.map((fact) => ({ ...extra, ...fact }))
          const seen = view(role, preset, { ...extra, ...JOURNEY, facts })
          const undeclared = keysOf(seen).filter((key) => !declared.has(key))
          expect(undeclared).toEqual([])
          expect(seen).toEqual(view(role, preset))
        },
      ),
      costly(), // every key of two answers is looked at each time
    )
  })

  test('projecting leaves the journey as it was', () => {
    const before = structuredClone(JOURNEY)
    for (const role of ROLES) view(role)
    expect(JOURNEY).toEqual(before)
  })
})

test('any other answer leaves as it is, and one with a masked value in it does not compile', () => {
  const answer = { kind: 'candidates', orderIds: ['A-1'], seenAt: 5, none: null } as const
  expect(projectValue(answer)).toBe(answer)
  // @ts-expect-error A masked value must pass `project`.
  projectValue({ list: [{ price: mask('10', 'M') }] })
})

describe('the place of a message', () => {
  const located = (role: Role) => view(role).handoffs[0]?.located

  test('names its queue to all who see evidence, and counts for those who may see counts', () => {
    expect(located('devops')?.queue).toMatchObject({ name: 'orders', state: 'busy', ready: 4 })
    expect(located('support')?.queue).toMatchObject({
      name: 'orders',
      state: 'busy',
      ready: null,
      unacked: null,
      consumers: null,
      headAt: null,
      after: null,
    })
    expect(located('partner')).toBeUndefined()
  })

  test('rests on facts that its viewer sees, and on no attempt without one', () => {
    for (const role of ROLES) {
      const { facts, handoffs } = view(role)
      const seen = facts.map(({ id }) => id)
      for (const { located: place } of handoffs) {
        const attempts = place?.attempts ?? []
        expect(seen).toEqual(expect.arrayContaining([...(place?.evidence ?? [])]))
        for (const { evidence } of attempts) {
          expect(evidence).not.toEqual([])
          expect(seen).toEqual(expect.arrayContaining([...evidence]))
        }
      }
    }
  })
})

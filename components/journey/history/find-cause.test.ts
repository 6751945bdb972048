import { describe, expect, it } from 'vitest'
import type { ChangeFactView } from '@/lib/journey/journey-view'
import { exampleView } from '../fixtures/example-view'
import { findCause, findEvents } from './find-cause'

const change = exampleView.facts.find(({ kind }) => kind === 'change') as ChangeFactView
const span = exampleView.facts.find(({ kind }) => kind === 'span')
if (span?.kind !== 'span') throw new Error('the example has no span')
const said = { ...span, id: 'said', statusTo: change.status }
const [stage] = exampleView.stages
const bare = { ...exampleView, handoffs: [], facts: [change, said] }

describe('who caused an event', () => {
  it('is the person who is recorded', () => {
    const by = { ...change, attributes: { actor_id: 'seller-7' } }
    expect(findCause(by, bare)).toEqual({ kind: 'person', id: 'seller-7' })
  })

  it('is the system that passed it on', () => {
    const [handoff] = exampleView.handoffs
    if (!handoff) throw new Error('the example has no hand-off')
    const saved = { ...handoff, to: change.system, state: 'saved' as const, evidence: [change.id] }
    expect(findCause(change, { ...bare, handoffs: [saved] })).toEqual({
      kind: 'handed',
      from: handoff.from,
    })
    expect(findCause(change, { ...bare, handoffs: [{ ...saved, state: 'open' }] })).toBeNull()
  })

  it('is the job whose span names the status', () => {
    if (!stage) throw new Error('the example has no stage')
    const stages = [{ ...stage, evidence: [change.id, said.id] }]
    expect(findCause(change, { ...bare, stages })).toMatchObject({ kind: 'job', name: span.name })
  })

  it('is not recorded where nobody says', () => {
    expect(findCause(change, { ...bare, stages: [] })).toBeNull()
  })
})

describe('the history', () => {
  it('has what traces alone know of a status, and no other span', () => {
    if (!stage) throw new Error('the example has no stage')
    const known = { ...stage, approximate: 'from-spans' as const, evidence: [said.id] }
    expect(findEvents({ ...bare, stages: [known] }).map(({ id }) => id)).toEqual([
      change.id,
      said.id,
    ])
    expect(findEvents({ ...bare, stages: [] }).map(({ id }) => id)).toEqual([change.id])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { epochMs } from '@/lib/journey/types'
import { exampleView } from '../fixtures/example-view'
import { findTurns, sumTurns } from './find-turns'

const total = (view: typeof exampleView) =>
  sumTurns(findTurns(view)).reduce((sum, { ms }) => sum + ms, 0)

describe('findTurns', () => {
  it('adds up to the age of the order', () => {
    expect(total(exampleView)).toBeCloseTo(exampleView.now - (exampleView.stages[0]?.entered ?? 0))
  })

  it('tells whose turn it was, in order, and joins the same', () => {
    expect(findTurns(exampleView).map(({ kind }) => kind)).toEqual([
      'customer',
      'system',
      'seller',
      'operator',
    ])
  })

  it('ends with the order', () => {
    const [first, last] = [exampleView.stages[0], exampleView.stages.at(-1)]
    const current = exampleView.current && { ...exampleView.current, terminal: true }
    expect(total({ ...exampleView, current })).toBeCloseTo(
      (last?.entered ?? 0) - (first?.entered ?? 0),
    )
  })

  it('has no gap and no overlap, whatever the stages say', () => {
    const stays = fc.array(
      fc.record({
        entered: fc.nat(1_000),
        length: fc.option(fc.nat(500), { nil: null }),
        waitsFor: fc.constantFrom('customer' as const, 'system' as const, null),
      }),
      { minLength: 1, maxLength: 9 },
    )
    fc.assert(
      fc.property(stays, (drawn) => {
        const [template] = exampleView.stages
        if (!template) throw new Error('The example has no stage')
        const stages = drawn
          .toSorted((a, b) => a.entered - b.entered)
          .map(({ entered, length, waitsFor }) => ({
            ...template,
            waitsFor,
            entered: epochMs(entered),
            left: length === null ? null : epochMs(entered + length),
          }))
        const turns = findTurns({ ...exampleView, current: null, stages, now: epochMs(2_000) })
        turns.slice(1).forEach(({ from, kind }, index) => {
          expect(from).toBe(turns[index]?.until)
          expect(kind).not.toBe(turns[index]?.kind)
        })
      }),
    )
  })
})

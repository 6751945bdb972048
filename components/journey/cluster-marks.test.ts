import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusterMarks, type Drawn } from './cluster-marks'

const mark = (id: string, x: number, width = 0, failed = false): Drawn => ({
  id,
  x,
  width,
  failed,
  shared: false,
})
const idsOf = (items: readonly Drawn[]) => items.map(({ id }) => id)
const packing = { near: 0.01, rows: 3 }

const many = fc
  .array(
    fc.record({
      x: fc.double({ min: 0, max: 1, noNaN: true }),
      width: fc.double({ min: 0, max: 0.3, noNaN: true }),
      failed: fc.boolean(),
      shared: fc.boolean(),
    }),
    { maxLength: 400 },
  )
  .map((drawn) => drawn.map((one, index) => ({ ...one, id: `f${index}` })))

describe('clusterMarks', () => {
  it('draws what is far apart on its own', () => {
    expect(clusterMarks([mark('a', 0.1), mark('b', 0.5)], packing)).toHaveLength(2)
  })

  it('puts a child beneath its parent', () => {
    const [parent, child] = clusterMarks([mark('p', 0.1, 0.5), mark('c', 0.2, 0.2)], packing)
    expect([parent?.row, child?.row]).toEqual([0, 1])
  })

  it('makes one mark of specks that cover each other', () => {
    const marks = clusterMarks([mark('a', 0.1), mark('b', 0.101), mark('c', 0.102)], packing)
    expect(marks.map(({ items }) => idsOf(items))).toEqual([['a', 'b', 'c']])
  })

  it('lets a failure rise to its cluster', () => {
    const [cluster] = clusterMarks([mark('a', 0.1), mark('b', 0.101, 0, true)], packing)
    expect(cluster?.failed).toBe(true)
  })

  it('loses nothing and draws nothing twice', () => {
    fc.assert(
      fc.property(many, (items) => {
        const drawn = clusterMarks(items, packing).flatMap((one) => idsOf(one.items))
        expect(drawn.toSorted()).toEqual(idsOf(items).toSorted())
      }),
    )
  })

  it('never draws two marks of a row over each other, and stays bounded', () => {
    fc.assert(
      fc.property(many, (items) => {
        const marks = clusterMarks(items, packing)
        expect(marks.length).toBeLessThanOrEqual(3 * 101)
        for (const row of [0, 1, 2]) {
          const inRow = marks.filter((one) => one.row === row)
          inRow.slice(1).forEach((one, index) => {
            const before = inRow[index]
            expect(one.x).toBeGreaterThanOrEqual((before?.x ?? 0) + (before?.width ?? 0))
          })
        }
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Mark, type Placed, clusterMarks as pack } from './cluster-marks'

type Thing = { readonly id: string; readonly failed: boolean; readonly shared: boolean }

const mark = (id: string, x: number, width = 0, failed = false): Placed<Thing> => ({
  item: { id, failed, shared: false },
  x,
  width,
})
const idsOf = (things: readonly Thing[]) => things.map(({ id }) => id)
const packing = { near: 0.01, rows: 3 }
const clusterMarks = (...args: Parameters<typeof pack<Thing>>): readonly Mark<Thing>[] =>
  pack<Thing>(...args) ?? []

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
  .map((placed) =>
    placed
      .map(({ x, width, ...thing }, index) => ({ x, width, item: { ...thing, id: `f${index}` } }))
      .toSorted((a, b) => a.x - b.x),
  )

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

  it('gives up where it would be too many', () => {
    const apart = [mark('a', 0.1), mark('b', 0.5)]
    expect(pack(apart, { ...packing, most: 1 })).toBeNull()
    expect(pack(apart, { ...packing, most: 2 })).toHaveLength(2)
  })

  it('lets a failure rise to its cluster', () => {
    const [cluster] = clusterMarks([mark('a', 0.1), mark('b', 0.101, 0, true)], packing)
    expect(cluster?.failed).toBe(true)
  })

  it('loses nothing and draws nothing twice', () => {
    fc.assert(
      fc.property(many, (items) => {
        const drawn = clusterMarks(items, packing).flatMap((one) => idsOf(one.items))
        expect(drawn.toSorted()).toEqual(items.map(({ item }) => item.id).toSorted())
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

import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../fixtures/moment'
import { compareWays, isStay } from './compare-ways'
import { stay } from './fixtures/past'
import type { Stay, Way } from './way'

const way = (...stays: readonly Stay[]): Way => ({ stays, ended: true })
const going = (...stays: readonly Stay[]): Way => ({ stays, ended: false })
const plain = (status: string) => stay(status, 10 * MINUTE)

/** `B:skipped/+` one row: its status, here, there, and `!` where the ways part. */
const tell = (here: Way, there: Way) =>
  compareWays(here, there).map(({ status, entry, here, there, parts }) => {
    const side = (one: Stay | string) => (typeof one === 'string' ? one : '+')
    const again = entry > 1 ? `~${entry}` : ''
    return `${status}${again} ${side(here)} ${side(there)}${parts ? ` ! ${parts}` : ''}`
  })

describe('the ways of two orders', () => {
  it('part at a stay that only one of them has, and not at what is still to come', () => {
    const here = going(plain('A'), plain('B'), stay('D', MINUTE, { open: true }))
    const there = way(...['A', 'B', 'C', 'D', 'E'].map(plain))
    expect(tell(here, there)).toEqual([
      'A + +',
      'B + +',
      'C skipped + ! way',
      'D + +',
      'E not-yet +',
    ])
  })

  it('part where one has ended and the other goes on', () => {
    expect(tell(way(plain('A'), plain('X')), way(...['A', 'B', 'C'].map(plain)))).toEqual([
      'A + +',
      'X + skipped ! way',
      'B over + ! way',
      'C over + ! way',
    ])
  })

  it('do not part where a stay may only not have been seen', () => {
    const here = going(stay('C', HOUR, { exact: false }))
    expect(tell(here, way(...['A', 'B', 'C', 'D'].map(plain)))).toEqual([
      'A not-seen +',
      'B not-seen +',
      'C + +',
      'D not-yet +',
    ])
    expect(tell(going(), way(plain('A')))).toEqual(['A not-seen +'])
  })

  it('keep the entries of one status apart, and what moved is moved once', () => {
    const [release, straight] = [
      ['A', 'B', 'A', 'B', 'C'],
      ['A', 'B', 'C'],
    ].map((statuses) => way(...statuses.map(plain)))
    if (!release || !straight) throw new Error('No ways')
    expect(tell(release, straight)).toEqual([
      'A + +',
      'B + +',
      'A~2 + skipped ! way',
      'B~2 + skipped ! way',
      'C + +',
    ])
    expect(
      tell(way(...['A', 'Z', 'B', 'C'].map(plain)), way(...['A', 'B', 'C', 'Z'].map(plain))),
    ).toEqual(['A + +', 'Z + skipped ! way', 'B + +', 'C + +', 'Z over + ! way'])
  })
})

describe('two stays in one status', () => {
  const parts = (here: Stay, there: Stay) => compareWays(going(here), way(there))[0]?.parts
  const plan = { clock: 'wall', ms: HOUR } as const

  it('part by more than half of the plan, and by no less', () => {
    expect(parts(stay('A', 40 * MINUTE), stay('A', 10 * MINUTE))).toBeNull()
    expect(parts(stay('A', 41 * MINUTE), stay('A', 10 * MINUTE))).toBe('dwell')
    expect(parts(stay('A', 10 * MINUTE), stay('A', 41 * MINUTE))).toBe('dwell')
  })

  it('part on the clock of the plan', () => {
    const dwell = (business: number) => ({ dwell: { wall: 3 * DAY, business }, plan })
    const inBusiness = { clock: 'business', ms: 8 * HOUR } as const
    const slow = stay('A', 0, { ...dwell(9 * HOUR), clock: 'business', plan: inBusiness })
    const quick = stay('A', 0, { ...dwell(2 * HOUR), clock: 'business', plan: inBusiness })
    expect(parts(slow, quick)).toBe('dwell')
    expect(parts({ ...slow, plan }, { ...quick, plan })).toBeNull()
    expect(compareWays(way(slow), way(quick))[0]).toMatchObject({ difference: 7 * HOUR })
  })

  it('do not part without a plan, inexactly, or while the shorter one goes on', () => {
    const [long, short] = [stay('A', 5 * HOUR), stay('A', MINUTE)]
    expect(parts(long, short)).toBe('dwell')
    expect(parts({ ...long, plan: null }, { ...short, plan: null })).toBeNull()
    expect(parts({ ...long, plan: null }, short)).toBe('dwell')
    expect(parts({ ...long, exact: false }, short)).toBeNull()
    expect(parts({ ...short, open: true }, long)).toBeNull()
    expect(parts({ ...long, open: true }, short)).toBe('dwell')
  })

  it('have no difference where one of them is not counted', () => {
    const end = stay('A', 0, { dwell: { wall: null, business: null } })
    expect(compareWays(way(end), way(stay('A', HOUR)))).toMatchObject([
      { difference: null, parts: null },
    ])
  })
})

const stays = fc
  .array(
    fc.record({
      status: fc.constantFrom(...'ABCDE'),
      dwell: fc.nat(5 * HOUR),
      exact: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((all) => all.map(({ status, dwell, exact }) => stay(status, dwell, { exact })))
const ways = fc.record({ stays, ended: fc.boolean() })

test('every stay stands in its column once and in its order, and both in one row are of one status', () => {
  fc.assert(
    fc.property(ways, ways, (here, there) => {
      const rows = compareWays(here, there)
      expect(rows.map((row) => row.here).filter(isStay)).toEqual(here.stays)
      expect(rows.map((row) => row.there).filter(isStay)).toEqual(there.stays)
      for (const { here: a, there: b } of rows)
        if (isStay(a) && isStay(b)) expect(a.status).toBe(b.status)
    }),
  )
})

test('a way never parts from itself, and two part the same seen from either side', () => {
  fc.assert(
    fc.property(ways, ways, (here, there) => {
      expect(compareWays(here, here).filter(({ parts }) => parts)).toEqual([])
      const byDwell = (rows: ReturnType<typeof compareWays>) =>
        rows.flatMap(({ status, entry, parts }) => (parts === 'dwell' ? `${status}${entry}` : []))
      const once = ({ stays: all, ended }: Way) => ({
        ended,
        stays: all.filter(({ status }, at) => all.findIndex((one) => one.status === status) === at),
      })
      const [a, b] = [once(here), { ...once(there), stays: sortLike(once(here), once(there)) }]
      expect(byDwell(compareWays(a, b)).toSorted()).toEqual(byDwell(compareWays(b, a)).toSorted())
    }),
  )
})

/** The same stays, those of both in the order of the first. */
function sortLike(first: Way, { stays: all }: Way): readonly Stay[] {
  const rank = ({ status }: Stay) => first.stays.findIndex((one) => one.status === status)
  return all.toSorted((a, b) => rank(a) - rank(b))
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLook, writeClock, writeLanes, writeUnfolded, writeWindow } from './look-in-address'

const reading = (search: string) => {
  const params = new URLSearchParams(search)
  return readLook((name) => params.get(name))
}
const everything = { window: null, unfolded: new Set(), lanes: new Set(), clock: 'recorded' }

describe('the address of a look', () => {
  it('says nothing where nothing was chosen', () => {
    expect(reading('')).toEqual(everything)
    expect({
      ...writeWindow(null),
      ...writeUnfolded(new Set()),
      ...writeLanes(new Set()),
      ...writeClock('recorded'),
    }).toEqual({ from: null, to: null, unfold: null, lanes: null, clock: null })
  })

  it('shows the same again', () => {
    const instants = fc.double({ min: 1.6e12, max: 1.9e12, noNaN: true })
    const looks = fc.record({
      from: instants,
      length: fc.double({ min: 2, max: 1e10, noNaN: true }),
      unfolded: fc.oneof(
        fc.constant('all' as const),
        fc.uniqueArray(fc.nat()).map((gaps) => new Set(gaps)),
      ),
      lanes: fc.subarray(['web', 'plant-2', 'sales']).map((lanes) => new Set(lanes)),
      clock: fc.constantFrom('recorded' as const, 'adjusted' as const),
    })
    fc.assert(
      fc.property(looks, ({ from, length, unfolded, lanes, clock }) => {
        const written = {
          ...writeWindow({ from, until: from + length }),
          ...writeUnfolded(unfolded),
          ...writeLanes(lanes),
          ...writeClock(clock),
        }
        const read = readLook((name) => written[name] ?? null)
        expect(read).toMatchObject({ unfolded, lanes, clock })
        expect(Math.abs((read.window?.from ?? 0) - from)).toBeLessThan(0.001)
        expect(Math.abs((read.window?.until ?? 0) - from - length)).toBeLessThan(0.001)
      }),
    )
  })

  it('reads moments that a person wrote', () => {
    const { window } = reading('from=2026-11-02T06:00:00Z&to=2026-11-02T07:00:00Z')
    expect(window).toEqual({ from: Date.UTC(2026, 10, 2, 6), until: Date.UTC(2026, 10, 2, 7) })
  })

  it.each(['from=7', 'from=9&to=3', 'from=x&to=y', 'unfold=,a,1e999', 'clock=broken', 'lanes='])(
    'leaves out what makes no sense: %s',
    (search) => {
      expect(reading(search)).toMatchObject({ window: null, clock: 'recorded' })
      expect([...reading(search).unfolded]).not.toContain(Number.POSITIVE_INFINITY)
    },
  )
})

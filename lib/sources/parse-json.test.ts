import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { costly } from '@/property-runs'
import { parseJson } from './parse-json'
import { scanJson } from './scan-json'

/** Scans and parses a text in chunks and pieces of the given lengths. */
async function parse(text: string, chunk: number, piece: number) {
  const bytes = new TextEncoder().encode(text)
  const scan = scanJson(piece)
  for (let at = 0; at < bytes.length; at += chunk) scan.follow(bytes.subarray(at, at + chunk))
  return { parsed: await parseJson(bytes, scan.lists, 0), lists: scan.lists }
}

const span = fc.record({
  id: fc.nat(),
  tags: fc.array(fc.jsonValue(), { maxLength: 2 }),
  // A list inside a list, and texts that look like one.
  spans: fc.array(fc.constantFrom('"spans":[', '\\"', ']', ',', 'я'), { maxLength: 2 }),
})
const answer = fc.record({
  '"spans":[1,': fc.constantFrom('"spans":[', '[', '\\'),
  data: fc.array(fc.record({ spans: fc.oneof(fc.array(span, { maxLength: 6 }), fc.jsonValue()) }), {
    maxLength: 3,
  }),
  spans: fc.option(fc.array(fc.nat(), { maxLength: 9 })),
})

describe('a text parsed in pieces', () => {
  test('says what it says as a whole, wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        answer,
        fc.integer({ min: 1, max: 40 }),
        fc.nat(30),
        async (value, chunk, piece) => {
          const text = JSON.stringify(value)
          expect((await parse(text, chunk, piece)).parsed).toEqual({ json: JSON.parse(text) })
        },
      ),
      costly(), // a text is read in dozens of pieces each time
    )
  })

  test('is really cut, also where its key lies on the edge of a chunk', async () => {
    const text = '{"data":[{"spans":[{"a":1},{"a":2},{"a":3}]}]}'
    for (let chunk = 1; chunk < text.length; chunk += 1) {
      const { lists } = await parse(text, chunk, 1)
      expect(lists).toEqual([{ from: 19, until: 42, cuts: [26, 34] }])
    }
  })

  test.each([
    '{"spans":[1,]}',
    '{"spans":[,1]}',
    '{"spans":[1,,2]}',
    '{"spans":[1',
    '{"spans":[1]',
    '{"spans":[1}}',
    '',
  ])('is refused where the whole is: %s', async (text) => {
    expect((await parse(text, 5, 0)).parsed).toBeNull()
  })

  test('leaves others their turn', async () => {
    const spans = Array.from({ length: 40_000 }, (_, id) => ({ id, name: 'a span of some length' }))
    const bytes = new TextEncoder().encode(JSON.stringify({ data: [{ spans }] }))
    const scan = scanJson()
    scan.follow(bytes)
    let turns = 0
    const others = setInterval(() => {
      turns += 1
    })
    await parseJson(bytes, scan.lists)
    clearInterval(others)
    expect(turns).toBeGreaterThan(0)
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readBody } from './read-body'

/** A response whose body comes in pieces of the given length. */
function inPieces(text: string, length: number): Response {
  const bytes = new TextEncoder().encode(text)
  return new Response(
    new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += length)
          controller.enqueue(bytes.slice(at, at + length))
        controller.close()
      },
    }),
  )
}

describe('readBody', () => {
  test('gives the text back, in whatever pieces it comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.integer({ min: 4, max: 60 }), async (json, length) => {
        const body = await readBody(inPieces(json, length), 1_000_000)
        expect('whole' in body && new TextDecoder().decode(body.whole)).toBe(json)
      }),
    )
  })
})

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
      fc.asyncProperty(fc.json(), fc.integer({ min: 1, max: 40 }), async (json, length) => {
        expect(await readBody(inPieces(json, length), 1_000_000)).toMatchObject({ text: json })
      }),
    )
  })

  test('counts brackets outside texts only, in whatever pieces they come', async () => {
    const quoted = fc.array(fc.constantFrom('\\\\', '\\"', '[', '{', 'a'), { maxLength: 90 })
    await fc.assert(
      fc.asyncProperty(quoted, fc.integer({ min: 1, max: 9 }), async (parts, length) => {
        const text = `"${parts.join('')}"`
        expect(await readBody(inPieces(`[${text}]`, length), 1_000)).toHaveProperty('text')
        const deep = `${'['.repeat(40)}${text.repeat(2)}${'{'.repeat(40)}`
        expect(await readBody(inPieces(deep, length), 1_000)).toMatchObject({ refused: 'too-deep' })
      }),
    )
  })
})

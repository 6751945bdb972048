import { type FoundList, scanJson } from './scan-json'

/** `too-large`: more than `maxBytes` · `too-deep`, `too-many`: nested or opened beyond reason, whatever its size. */
export type Body =
  | { readonly whole: Uint8Array; readonly lists: readonly FoundList[] }
  | { readonly refused: 'too-large' | 'too-deep' | 'too-many'; readonly bytes: number }

/** Reads a body as it comes and hangs up at the cap, so an endless one costs no more than a long one. Bytes are counted after decompression. */
export async function readBody(response: Response, maxBytes: number): Promise<Body> {
  if (!response.body) return { whole: new Uint8Array(), lists: [] }

  const reader = response.body.getReader()
  const scan = scanJson()
  const parts: Uint8Array[] = []
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    bytes += value.byteLength
    const refused = bytes > maxBytes ? 'too-large' : scan.follow(value)
    if (refused) {
      // Nothing waits for the peer to agree that we hung up.
      reader.cancel().catch(() => {})
      return { refused, bytes }
    }
    parts.push(value)
  }
  return { whole: Buffer.concat(parts), lists: scan.lists }
}

/** Deeper than any answer we know by a factor of three; a bomb is thousands. */
const MAX_DEPTH = 64

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

/** `too-large`: more than `maxBytes` · `too-deep`: nested beyond reason, whatever its size. */
export type Body =
  | { readonly text: string; readonly bytes: number }
  | { readonly refused: 'too-large' | 'too-deep'; readonly bytes: number }

/** Reads a body as it comes and hangs up at the cap, so an endless one costs no more than a long one. Bytes are counted after decompression. */
export async function readBody(response: Response, maxBytes: number): Promise<Body> {
  if (!response.body) return { text: '', bytes: 0 }

  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  const nesting = createNesting()
  const parts: string[] = []
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    bytes += value.byteLength
    const refused = bytes > maxBytes ? 'too-large' : nesting(value) > MAX_DEPTH ? 'too-deep' : null
    if (refused) {
      // Nothing waits for the peer to agree that we hung up.
      reader.cancel().catch(() => {})
      return { refused, bytes }
    }
    parts.push(decoder.decode(value, { stream: true }))
  }
  parts.push(decoder.decode())
  return { text: parts.join(''), bytes }
}

/** Follows JSON brackets from chunk to chunk; returns the greatest depth so far. */
function createNesting() {
  let depth = 0
  let deepest = 0
  let inText = false
  let escaped = false

  /** The place after the end of the text that is open at `at`. */
  function skipText(chunk: Uint8Array, at: number): number {
    if (escaped) {
      escaped = false
      return at + 1
    }
    // Most of JSON is text: finding its end natively is what makes this cheap.
    const quote = chunk.indexOf(QUOTE, at)
    const end = quote === -1 ? chunk.length : quote
    let slash = end
    while (slash > at && chunk[slash - 1] === BACKSLASH) slash -= 1
    const odd = (end - slash) % 2 === 1
    if (quote === -1) escaped = odd
    else if (!odd) inText = false
    return end + 1
  }

  return (chunk: Uint8Array): number => {
    let at = 0
    while (at < chunk.length) {
      if (inText) {
        at = skipText(chunk, at)
        continue
      }
      const byte = chunk[at]
      if (byte === QUOTE) inText = true
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        depth += 1
        if (depth > deepest) deepest = depth
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1
      at += 1
    }
    return deepest
  }
}

/** Deeper than any answer we know by a factor of three; a bomb is thousands. */
const MAX_DEPTH = 64
/** Objects and lists: five times as many as the largest answer has, and what a process can hold of empty ones. */
const MAX_OPENED = 2_000_000
/** How much of a list is parsed at once: a few milliseconds. */
const PIECE = 128 * 1024

/** The list that makes answers long. */
const KEY = new TextEncoder().encode('"spans":')

const QUOTE = 0x22
const COMMA = 0x2c
const BACKSLASH = 0x5c
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

/** Where a list of spans stands in a text: what is between its brackets, and commas at which it may be cut. */
export type FoundList = { readonly from: number; until: number; readonly cuts: number[] }

export type JsonScan = {
  /** Follows the next chunk; says why to stop, or null. */
  follow(chunk: Uint8Array): 'too-deep' | 'too-many' | null
  /** In the order of the text; none is inside another. */
  readonly lists: readonly FoundList[]
}

/** Follows JSON from chunk to chunk without parsing it: how deep it goes, and where its longest lists can be cut. */
export function scanJson(piece = PIECE): JsonScan {
  const lists: FoundList[] = []
  let [depth, deepest, opened, offset, listDepth, lastCut] = [0, 0, 0, 0, 0, 0]
  let [inText, escaped] = [false, false]
  let list: FoundList | null = null
  let before = new Uint8Array(KEY.length)

  function isAfterKey(chunk: Uint8Array, at: number): boolean {
    return KEY.every((byte, index) => {
      const place = at - KEY.length + index
      return byte === (place < 0 ? before[before.length + place] : chunk[place])
    })
  }

  /** Where the text that is open at `from` ends: at its quote, or with the chunk. */
  function endOfText(chunk: Uint8Array, from: number): number {
    const { length } = chunk
    let at = escaped ? from + 1 : from
    for (; at < length; at += 1) {
      const byte = chunk[at]
      if (byte === QUOTE) break
      if (byte === BACKSLASH) at += 1
    }
    inText = at >= length
    escaped = at > length
    return at
  }

  function open(chunk: Uint8Array, at: number, byte: number): void {
    depth += 1
    opened += 1
    if (depth > deepest) deepest = depth
    if (list || byte !== OPEN_BRACKET || !isAfterKey(chunk, at)) return
    list = { from: offset + at + 1, until: -1, cuts: [] }
    lists.push(list)
    listDepth = depth
    lastCut = list.from
  }

  function close(at: number): void {
    if (list && depth === listDepth) {
      list.until = offset + at
      list = null
    }
    depth -= 1
  }

  function cut(at: number): void {
    if (!list || depth !== listDepth || offset + at - lastCut < piece) return
    list.cuts.push(offset + at)
    lastCut = offset + at
  }

  return {
    lists,
    follow(chunk) {
      // Plain, with nothing but locals: an answer has twenty million bytes, and most are in texts.
      const { length } = chunk
      for (let at = inText ? endOfText(chunk, 0) + 1 : 0; at < length; at += 1) {
        const byte = chunk[at]
        if (byte === QUOTE) at = endOfText(chunk, at + 1)
        else if (byte === COMMA) cut(at)
        else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) open(chunk, at, byte)
        else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) close(at)
      }
      offset += chunk.length
      before = last(before, chunk)
      if (deepest > MAX_DEPTH) return 'too-deep'
      return opened > MAX_OPENED ? 'too-many' : null
    },
  }
}

/** The last bytes of both. */
function last(before: Uint8Array, chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array([...before, ...chunk.subarray(-KEY.length)])
  return joined.slice(-KEY.length)
}

import { createBreath } from './breath'
import type { FoundList } from './scan-json'

/** Below this one parse takes no longer than a piece does. */
const IN_PIECES = 256 * 1024

/** A value, which may be null itself; or null where a text says none. */
type Parsed = { readonly json: unknown } | null

/**
 * The value of a JSON text. A long one is parsed in pieces, and others have their turn in between: its lists of
 * spans are cut out, and put back one after the other.
 *
 *     {"data":[{"spans":[ ····· , ····· , ····· ],"processes":{ … }}]}
 *     └────── frame ────┘ piece   piece   piece  └────── frame ──────┘
 */
export async function parseJson(
  whole: Uint8Array,
  lists: readonly FoundList[],
  inPieces = IN_PIECES,
): Promise<Parsed> {
  // A list that never ends is no JSON, which the parser says best.
  if (whole.length < inPieces || lists.some(({ until }) => until < 0)) return parse(decode(whole))

  const frame = parse(toFrame(whole, lists))
  const breathe = createBreath()
  const found: (readonly unknown[])[] = []
  for (const list of frame ? lists : []) {
    const elements: unknown[] = []
    for (const [from, until] of piecesOf(list)) {
      await breathe()
      const piece = parse(`[${decode(whole.subarray(from, until))}]`)?.json
      // Between two commas there is something.
      if (!Array.isArray(piece) || (piece.length === 0 && list.cuts.length > 0)) return null
      for (const element of piece) elements.push(element)
    }
    found.push(elements)
  }
  putBack(frame?.json, found)
  return frame
}

function parse(text: string): Parsed {
  try {
    return { json: JSON.parse(text) }
  } catch {
    // Not JSON is an answer too, and the caller's to judge.
    return null
  }
}

/** The text with the number of each list in its place. */
function toFrame(whole: Uint8Array, lists: readonly FoundList[]): string {
  const starts = [0, ...lists.map(({ until }) => until)]
  const ends = [...lists.map(({ from }) => from), whole.length]
  return starts
    .map((start, index) => decode(whole.subarray(start, ends[index])))
    .reduce((text, part, index) => `${text}${index - 1}${part}`)
}

const decoder = new TextDecoder()
const decode = (bytes: Uint8Array): string => decoder.decode(bytes)

const piecesOf = ({ from, until, cuts }: FoundList): readonly (readonly [number, number])[] =>
  [from, ...cuts.map((at) => at + 1)].map((start, index) => [start, cuts[index] ?? until])

/** Every list under `spans` holds the number of the one that stood there. */
function putBack(value: unknown, found: readonly (readonly unknown[])[]): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    const list = key === 'spans' && Array.isArray(inner) ? found[inner[0]] : undefined
    if (list) Object.assign(value, { spans: list })
    else putBack(inner, found)
  }
}

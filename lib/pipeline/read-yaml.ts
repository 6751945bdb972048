import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml'
import { type Path, PipelineError, type PlacedProblem } from './pipeline-error'

const LARGEST = 500_000

export type ReadYaml = {
  readonly data: unknown
  /** The line of a key, or of the nearest one above it that the file has. From 1. */
  readonly lineOf: (path: Path) => number
}

/** The values of a YAML file, with their lines. Throws `PipelineError` for what YAML itself refuses. */
export function readYaml(text: string, fileName: string): ReadYaml {
  const read = text.length > LARGEST ? tooLong(text) : attempt(text)
  if ('data' in read) return read

  const { line, found, allowed, cause } = read
  throw new PipelineError(fileName, [{ code: 'yaml', line, path: [], found, allowed }], cause)
}

type Refused = Pick<PlacedProblem, 'line' | 'found' | 'allowed'> & { readonly cause?: unknown }

const tooLong = ({ length }: string): Refused => ({
  line: 1,
  found: `${length} characters`,
  allowed: `at most ${LARGEST}`,
})

const notYaml = (line: number, cause: unknown): Refused => ({
  line,
  found: cause instanceof Error ? firstLine(cause.message) : 'nothing readable',
  allowed: 'well-formed YAML, one document',
  cause,
})

function attempt(text: string): ReadYaml | Refused {
  const lines = new LineCounter()
  try {
    const document = parseDocument(text, { lineCounter: lines })
    const [first] = [...document.errors, ...document.warnings]
    if (first) return notYaml(lines.linePos(first.pos[0]).line, first)
    return (
      findOddKey(document, lines) ?? {
        data: document.toJS(),
        lineOf: (path) => lineOf(document, lines, path),
      }
    )
  } catch (cause) {
    // The library's own limits, on aliases and on depth, are plain errors without a place.
    return notYaml(1, cause)
  }
}

/** A list or a map as a key cannot become a key of ours, and would print a warning. */
function findOddKey(document: Document, lines: LineCounter): Refused | null {
  let at: number | null = null
  visit(document, {
    Pair(_, { key }) {
      if (isScalar(key) || !isNode(key)) return
      at ??= offsetOf(key) ?? 0
      return visit.BREAK
    },
  })
  if (at === null) return null
  return { line: lines.linePos(at).line, found: 'a key that is not a word', allowed: 'a word' }
}

function lineOf(document: Document, lines: LineCounter, path: Path): number {
  let at = offsetOf(document.contents) ?? 0
  let node: unknown = document.contents
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document)
    const next = stepInto(node, step)
    if (!next) break
    at = next.at ?? at
    node = next.node
  }
  return lines.linePos(at).line
}

function stepInto(node: unknown, step: string | number) {
  if (isSeq(node)) {
    const item = node.items[Number(step)]
    return item === undefined ? null : { node: item, at: offsetOf(item) }
  }
  if (!isMap(node)) return null
  const pair = node.items.find(
    ({ key }) => String(isScalar(key) ? key.value : key) === String(step),
  )
  return pair ? { node: pair.value, at: offsetOf(pair.key) } : null
}

const offsetOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined)

const firstLine = (message: string) => (message.split('\n')[0] ?? '').replace(/ at line .*$/, '')

/** `order`: two values the wrong way round. `no-handoff`: a step that no hand-off describes. */
export type ProblemCode =
  | 'unreadable'
  | 'yaml'
  | 'missing-key'
  | 'unknown-key'
  | 'wrong-type'
  | 'wrong-value'
  | 'unknown-name'
  | 'duplicate'
  | 'order'
  | 'no-handoff'

/** Where in the file: keys, and places in lists from 0. */
export type Path = readonly (string | number)[]

export type Problem = {
  readonly code: ProblemCode
  readonly path: Path
  readonly found: string
  readonly allowed: string
}

export type PlacedProblem = Problem & { readonly line: number }

/** What stops the start: every problem of one pipeline file, one line each. */
export class PipelineError extends Error {
  override readonly name = 'PipelineError'
  readonly problems: readonly PlacedProblem[]

  constructor(fileName: string, problems: readonly PlacedProblem[], cause?: unknown) {
    super(problems.map((problem) => toLine(fileName, problem)).join('\n'), { cause })
    this.problems = problems
  }
}

const toLine = (fileName: string, { line, path, found, allowed }: PlacedProblem) =>
  `${fileName}:${line}: ${toPathText(path)}: found ${found}; allowed: ${allowed}`

function toPathText(path: Path): string {
  if (path.length === 0) return '(file)'
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`
      return index === 0 ? step : `.${step}`
    })
    .join('')
}

const SHOWN = 60

/** A value as a problem shows it, on one line and cut to a readable length. */
export function toFound(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'an empty value'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object') return 'a map'
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}

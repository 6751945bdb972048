/** What the demo understands of PromQL: all that the product asks, and no more. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | {
      readonly kind: 'selector'
      readonly matchers: readonly Matcher[]
      /** Milliseconds; null: an instant. */
      readonly rangeMs: number | null
    }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly kind: 'aggregate'
      readonly name: 'sum' | 'max' | 'topk'
      readonly by: readonly string[]
      readonly args: readonly Expression[]
    }
  | { readonly kind: 'or'; readonly left: Expression; readonly right: Expression }

export type Matcher = { readonly label: string; readonly matches: (value: string) => boolean }

const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*")|(\d+(?:\.\d+)?(?:ms|s|m|h)?)|([a-zA-Z_:][a-zA-Z0-9_:]*)|(=~|!~|!=|[=(){}[\],]))/y
const AGGREGATES = ['sum', 'max', 'topk'] as const
const FUNCTIONS = ['rate', 'increase', 'timestamp', 'label_replace']
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }

/** Throws a `SyntaxError` where the text is none of it. */
export function parsePromql(text: string): Expression {
  const tokens = tokenise(text)
  let at = 0
  const peek = () => tokens[at] ?? ''
  const take = (wanted?: string): string => {
    const token = peek()
    if (wanted !== undefined && token !== wanted) fail(token)
    at += 1
    return token
  }

  function expression(): Expression {
    let left = primary()
    while (peek() === 'or') {
      take()
      left = { kind: 'or', left, right: primary() }
    }
    return left
  }

  function primary(): Expression {
    const token = take()
    if (token.startsWith('"')) return { kind: 'text', value: JSON.parse(token) }
    if (/^\d+(\.\d+)?$/.test(token)) return { kind: 'number', value: Number(token) }
    const aggregate = AGGREGATES.find((one) => one === token)
    if (aggregate) {
      const by = peek() === 'by' ? labels() : []
      return { kind: 'aggregate', name: aggregate, by, args: args() }
    }
    if (FUNCTIONS.includes(token)) return { kind: 'call', name: token, args: args() }
    if (!/^[a-zA-Z_:]/.test(token) || peek() === '(') fail(token)
    return selector(token)
  }

  function labels(): readonly string[] {
    take('by')
    return list('(', ')', () => take())
  }

  const args = () => list('(', ')', expression)

  function list<T>(from: string, until: string, one: () => T): T[] {
    const found: T[] = []
    take(from)
    while (peek() !== until) {
      found.push(one())
      if (peek() !== until) take(',')
    }
    take(until)
    return found
  }

  function selector(metric: string): Expression {
    const named: Matcher = { label: '__name__', matches: (value) => value === metric }
    const matchers = peek() === '{' ? list('{', '}', matcher) : []
    let rangeMs: number | null = null
    if (peek() === '[') {
      take()
      rangeMs = toMs(take())
      take(']')
    }
    return { kind: 'selector', matchers: [named, ...matchers], rangeMs }
  }

  function matcher(): Matcher {
    const label = take()
    const operator = take()
    const wanted: string = JSON.parse(take())
    const regex = operator.endsWith('~') ? new RegExp(`^(?:${wanted})$`) : null
    const fits = (value: string) => (regex ? regex.test(value) : value === wanted)
    return { label, matches: operator.startsWith('!') ? (value) => !fits(value) : fits }
  }

  const parsed = expression()
  if (at < tokens.length) fail(peek())
  return parsed
}

function tokenise(text: string): readonly string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  const end = text.trimEnd().length
  for (let at = 0; at < end; at = TOKEN.lastIndex) {
    const found = TOKEN.exec(text)
    if (!found) throw new SyntaxError(`1:${at + 1}: parse error: unexpected character`)
    tokens.push(found[0].trim())
  }
  if (tokens.length === 0) throw new SyntaxError('1:1: parse error: no expression found in input')
  return tokens
}

function toMs(token: string): number {
  const [, count, unit = ''] = /^(\d+)(ms|s|m|h)$/.exec(token) ?? []
  return Number(count ?? fail(token)) * (UNITS[unit] ?? 0)
}

function fail(token: string): never {
  throw new SyntaxError(`1:1: parse error: unexpected "${token}"`)
}

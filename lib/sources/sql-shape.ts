const HIDDEN = '[query hidden]'
const MAX_LENGTH = 2_048

/** Tried in this order at each place; a place where none fits hides the whole query. */
const TOKENS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['space', /\s+/y],
  ['comment', /--[^\n]*(?:\n|$)|#[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\//y],
  ['literal', /\$([A-Za-z_]?[A-Za-z0-9_]*)\$[\s\S]*?\$\1\$/y],
  ['literal', /[NnBbXx]?'(?:[^'\\]|'')*'/y],
  ['literal', /0[xX][0-9A-Fa-f]+|[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+/y],
  ['quoted', /"(?:[^"\\]|"")*"|`[^`\\]*`|\[[A-Za-z_][A-Za-z0-9_ ]*\]/y],
  ['parameter', /\$[0-9]+|\?|[@:][A-Za-z_][A-Za-z0-9_]*|%s/y],
  ['word', /[A-Za-z_][A-Za-z0-9_$]{0,127}/y],
  ['sign', /::|<=>|->>|->|#>>|#>|<=|>=|<>|!=|\|\||&&|[-+*/%=<>!~^&|.,;()[\]{}]/y],
]

/** After these a quoted name is a name; anywhere else a database may mean a text by it. */
const NAME_FOLLOWS = /(?:\.|\b(?:from|join|into|update|table|as|only))$/i
const SIMPLE_NAME = /^["`[][A-Za-z_][A-Za-z0-9_]{0,127}["`\]]$/

/** A statement without its values: literals become `?`, comments go, and what does not read as SQL is `[query hidden]`. */
export function sqlShape(sql: string): string {
  if (sql.length > 8_192) return HIDDEN
  let at = 0
  let shape = ''
  while (at < sql.length) {
    const token = readToken(sql, at)
    if (!token) return HIDDEN
    at += token.text.length
    shape += written(token, shape)
  }
  const short = shape
    .replace(/\s+/g, ' ')
    .replace(/\(\s*\?(?:\s*,\s*\?)+\s*\)/g, '(?)')
    .replace(/(\(\?\))(?:\s*,\s*\(\?\))+/g, '$1')
    .trim()
  return short.length > 0 && short.length <= MAX_LENGTH ? short : HIDDEN
}

type Token = { readonly kind: string; readonly text: string }

function readToken(sql: string, at: number): Token | null {
  for (const [kind, pattern] of TOKENS) {
    pattern.lastIndex = at
    const text = pattern.exec(sql)?.[0]
    if (text) return { kind, text }
  }
  return null
}

function written({ kind, text }: Token, before: string): string {
  if (kind === 'space' || kind === 'comment') return ' '
  if (kind === 'literal' || kind === 'parameter') return '?'
  if (kind !== 'quoted') return text
  return NAME_FOLLOWS.test(before.trimEnd()) && SIMPLE_NAME.test(text) ? text : '?'
}

const WORD = /^[A-Za-z][A-Za-z._-]*$/
/** `v1`, `s3`, `b2b`: a digit in a word that short names a version or a thing, not a person. */
const SHORT_WORD = /^[a-z][a-z0-9]{1,3}$/
const PLACEHOLDER =
  /^(?:\{\*{0,2}([A-Za-z_][A-Za-z0-9_]{0,39})[^{}]*\}|:([A-Za-z_][A-Za-z0-9_]{0,39})|\[(?:\.\.\.)?([A-Za-z_][A-Za-z0-9_]{0,39})\])$/
const SEGMENT = /^[^\s/?#]{1,512}$/
const MAX_LENGTH = 200

/** A path of words and `{name}`; whatever else a segment holds becomes `{id}`, and the query is dropped. null: not a path. */
export function pathTemplate(raw: string): string | null {
  const path = raw.split(/[?#;]/, 1)[0] ?? ''
  if (!path.startsWith('/')) return null
  const segments = path.slice(1).split('/').map(toSegment)
  if (segments.includes(null)) return null

  const template = `/${segments.join('/')}`
  return template.length <= MAX_LENGTH ? template : null
}

function toSegment(segment: string): string | null {
  if (segment === '' || segment === '*' || segment === '**') return segment
  if (!SEGMENT.test(segment)) return null
  const placeholder = PLACEHOLDER.exec(segment)
  if (placeholder) return `{${placeholder[1] ?? placeholder[2] ?? placeholder[3]}}`
  const word = segment.length <= 40 && (WORD.test(segment) || SHORT_WORD.test(segment))
  return word ? segment : '{id}'
}

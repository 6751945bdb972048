import { parseGoDuration } from './go-duration'

/** A parameter that cannot be read, in the words of the real server. */
export type Refusal = { readonly refused: string }

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value

/** Microseconds, null where it was not given. */
export function readDuration(text: string | null): number | null | Refusal {
  if (text === null) return null
  return parseGoDuration(text) ?? { refused: `time: invalid duration "${text}"` }
}

/** Microseconds of an RFC 3339 time; digits after the microsecond are cut. */
export function readTime(text: string | null): number | null | Refusal {
  if (text === null) return null
  const [, whole = '', fraction = '', zone = ''] =
    /^(.+T[0-9:]+)(\.[0-9]+)?(Z|[+-][0-9:]+)$/.exec(text) ?? []
  const ms = Date.parse(`${whole}${zone}`)
  if (Number.isNaN(ms))
    return {
      refused: `parsing time "${text}" as "2006-01-02T15:04:05.999999999Z07:00": cannot parse "${text}" as "2006"`,
    }
  return ms * 1_000 + Number(fraction.slice(1, 7).padEnd(6, '0'))
}

export function readInteger(text: string | null): number | null | Refusal {
  if (text === null) return null
  return /^-?[0-9]{1,10}$/.test(text)
    ? Number(text)
    : { refused: `strconv.Atoi: parsing "${text}": invalid syntax` }
}

const TRUTHS: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(['1', 't', 'T', 'TRUE', 'true', 'True'].map((text) => [text, true])),
  ...Object.fromEntries(['0', 'f', 'F', 'FALSE', 'false', 'False'].map((text) => [text, false])),
}

/** As Go reads a truth; false where it was not given. */
export const readBoolean = (text: string | null): boolean | Refusal =>
  !text
    ? false
    : (TRUTHS[text] ?? { refused: `strconv.ParseBool: parsing "${text}": invalid syntax` })

/** A JSON object of texts; anything else is refused as Go's reader of JSON refuses it. */
export function readTexts(text: string | null): Readonly<Record<string, string>> | Refusal {
  if (text === null) return {}
  const json = parse(text)
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return { refused: toSyntaxError(text) }
  const wrong = Object.values(json).find((value) => typeof value !== 'string')
  return wrong === undefined
    ? (json as Record<string, string>)
    : { refused: `json: cannot unmarshal ${toGoKind(wrong)} into Go value of type string` }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // The caller says what is wrong.
  }
}

const toGoKind = (value: unknown) => (typeof value === 'boolean' ? 'bool' : typeof value)

/** Exact for texts that begin like `null`; for all others near enough. */
function toSyntaxError(text: string): string {
  const wanted = [...'null']
  const at = wanted.findIndex((letter, index) => text[index] !== letter)
  return at > 0
    ? `invalid character '${text[at]}' in literal null (expecting '${wanted[at]}')`
    : `invalid character '${text[0]}' looking for beginning of value`
}

/** 32 digits of a trace id, padded; or why it is none. */
export function readTraceId(text: string, refusal: (text: string) => string): string | Refusal {
  return /^[0-9a-f]{1,32}$/i.test(text)
    ? text.toLowerCase().padStart(32, '0')
    : { refused: refusal(text) }
}

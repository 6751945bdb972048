import type { Pipeline } from '@/lib/journey/pipeline'

const LONGEST = 10_000

/** Whitespace, and the invisible marks that copying out of a mail or a chat leaves at the edges. */
const STRAY = /[\s\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/

/**
 * The canonical order id in what somebody typed; null where it is none. Full-width digits are not digits:
 * nobody's database holds them.
 */
export function toOrderId(text: string, { orderId }: Pick<Pipeline, 'orderId'>): string | null {
  const trimmed = trim(text)
  if (trimmed === null) return null
  const id = toCanonical(trimmed, orderId.canonical)
  // The whole of it: `^a|b$` is anchored, and yet finds `a` in `ab`.
  return orderId.pattern.exec(id)?.[0] === id ? id : null
}

/** 16 or 32 hexadecimal digits, in either case. */
export const isTraceId = (text: string): boolean => /^[0-9a-fA-F]{16}([0-9a-fA-F]{16})?$/.test(text)

/** 32 lower-case digits: some dialects print 16 where the upper half is zero. Null where it is no trace id. */
export function toTraceId(text: string): string | null {
  const trimmed = trim(text)
  return trimmed !== null && isTraceId(trimmed) ? trimmed.toLowerCase().padStart(32, '0') : null
}

const PARTNER_NUMBER = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}$/

/** What may be a partner's own number of an order: it has a digit, and nothing that no such column may hold. */
export function toPartnerNumber(text: string): string | null {
  const trimmed = trim(text)
  return trimmed !== null && PARTNER_NUMBER.test(trimmed) && /[0-9]/.test(trimmed) ? trimmed : null
}

/** A loop, since a regular expression for the end of a text takes quadratic time on inner blanks. */
function trim(text: string): string | null {
  if (text.length > LONGEST) return null
  let from = 0
  let to = text.length
  while (from < to && STRAY.test(text.charAt(from))) from += 1
  while (to > from && STRAY.test(text.charAt(to - 1))) to -= 1
  return from === to ? null : text.slice(from, to)
}

function toCanonical(text: string, canonical: Pipeline['orderId']['canonical']): string {
  if (canonical === 'as-is') return text
  const recase = canonical === 'upper' ? toUpper : toLower
  return Array.from(text, recase).join('')
}

// Only letters that come back: `ſ` must not become `S`, nor `ß` two letters.
const toUpper = (letter: string) => recased(letter, letter.toUpperCase(), (up) => up.toLowerCase())
const toLower = (letter: string) =>
  recased(letter, letter.toLowerCase(), (low) => low.toUpperCase())
const recased = (letter: string, other: string, back: (other: string) => string) =>
  back(other) === letter ? other : letter

import { formatDuration } from './duration'
import type { Locale } from './locale'

const UNIT: Record<Locale, string> = { en: 'ms', ru: 'мс' }

/** Beyond them nobody reckons in milliseconds. */
const SAID_IN_MS = 10_000

/** `+120 ms`, `−0.35 ms`, and from ten seconds on `+1 min 30 s`: by how much a clock was moved, with its sign. */
export function formatClockShift(ms: number, locale: Locale): string {
  const size = Math.abs(ms)
  const sign = ms === 0 ? '' : ms < 0 ? '−' : '+'
  if (size >= SAID_IN_MS) return sign + formatDuration(size, locale)
  const digits = size < 10 ? 2 : size < 100 ? 1 : 0
  const text = String(Number(size.toFixed(digits)))
  return `${sign}${locale === 'ru' ? text.replace('.', ',') : text}\u00a0${UNIT[locale]}`
}
